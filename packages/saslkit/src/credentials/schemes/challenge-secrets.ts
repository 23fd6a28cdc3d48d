/** What challenge mechanisms keep: CRAM-MD5's HMAC state, DIGEST-MD5's HA1, and OTP's last password. */
import { hashFunction, sameOctets } from '#crypto'
import { hmacMd5State } from '../../crypto/hmac-md5-state.js'
import { concat, hex, type Octets, utf8 } from '../../octets.js'
import type { Credential, CredentialFormat, Owner } from '../credential.js'
import { unhex } from '../encodings/unhex.js'
import { ofLength } from './bounds.js'
import { preparationOf, refusals, type Scheme } from './scheme.js'

/** @param state 32 octets, outer then inner. A client that has it can log in. */
export function parseHmacMd5State(state: Octets | undefined, format: CredentialFormat): Credential {
  const kept = ofLength(state, 32, 'HMAC-MD5 state', refusals('CRAM-MD5'))
  return {
    scheme: 'cram-md5',
    format,
    strength: 'broken',
    serves: ['CRAM-MD5', 'password'],
    preparation: preparationOf(format),
    parameters: {},
    secret: { hmacMd5State: kept },
    verify: (password) => sameOctets(hmacMd5State(password), kept),
  }
}

/** RFC 2831 section 2.1.2.1: H(username:realm:password). A client that has it can log in. */
export function parseHa1(ha1: Octets | undefined, format: CredentialFormat): Credential {
  const kept = ofLength(ha1, 16, 'HA1', refusals('DIGEST-MD5'))
  return {
    scheme: 'digest-md5',
    format,
    strength: 'broken',
    serves: ['DIGEST-MD5', 'password'],
    preparation: preparationOf(format),
    parameters: {},
    ha1: kept,
    verify: async (password, owner) => sameOctets(await makeHa1(password, owner), kept),
  }
}

/** @throws TypeError without a username. */
export async function makeHa1(password: Octets, { username, realm }: Owner): Promise<Octets> {
  if (username === undefined) throw new TypeError("DIGEST-MD5's HA1 holds the name: pass { username }")
  const at = realm === undefined ? username.lastIndexOf('@') : -1
  const [user, of] = at < 0 ? [username, realm ?? ''] : [username.slice(0, at), username.slice(at + 1)]
  return (await hashFunction('MD5')).digest(concat(utf8(`${user}:${of}:`), password))
}

export const hmacMd5StateHex: Scheme = {
  name: 'CRAM-MD5',
  formats: ['cram-md5'],
  hintOnly: true,
  shape: /^/,
  parse: (text) => parseHmacMd5State(unhex(text), 'cram-md5'),
}

export const ha1Hex: Scheme = {
  name: 'DIGEST-MD5',
  formats: ['digest-md5'],
  hintOnly: true,
  shape: /^/,
  parse: (text) => parseHa1(unhex(text), 'digest-md5'),
}

/** Dovecot's OTP, `sha1 1024 seed 66f0…` (RFC 2289): known, not verified against; the mechanism changes it each time. */
export function parseOtp(text: string): Credential {
  const refused = refusals('OTP')
  const fields = /^(md4|md5|sha1) ([0-9]{1,4}) ([A-Za-z0-9]{1,16}) ([0-9A-Fa-f]{16})$/.exec(text)
  if (!fields) throw refused.malformed('not algorithm sequence seed password')
  const [, algorithm, sequence] = fields
  return {
    scheme: 'otp',
    format: 'dovecot',
    strength: 'weak',
    serves: ['OTP'],
    preparation: 'none',
    parameters: { algorithm: algorithm!, sequence: Number(sequence) },
  }
}

export const hmacMd5StateText = (password: Octets): string => hex(hmacMd5State(password))
