/** crypt(3), by the marker at the start, and what Apache adds to it. */
import { derivations, random } from '#crypto'
import type { Octets } from '../../octets.js'
import type { CredentialFormat } from '../credential.js'
import { CRYPT64 } from '../encodings/crypt64.js'
import { BIGCRYPT_OCTETS, bigCrypt, desCrypt } from '../hashes/des-crypt.js'
import { md5Crypt } from '../hashes/md5-crypt.js'
import { phpass } from '../hashes/phpass.js'
import { type ShaCryptHash, shaCrypt } from '../hashes/sha-crypt.js'
import { strengthOfIterations } from '../strength.js'
import { bounded } from './bounds.js'
import { hashedPassword } from './hashed-password.js'
import { refusals, type Scheme } from './scheme.js'

const FORMATS: readonly CredentialFormat[] = ['crypt', 'htpasswd', 'passlib', 'dovecot']

/** Without a marker 5,000, and then none is written. */
const SHA_CRYPT_ROUNDS = 5000

const shaCryptOf = (marker: '5' | '6', hash: ShaCryptHash, digits: 43 | 86): Scheme => {
  const name = marker === '5' ? 'sha256-crypt' : 'sha512-crypt'
  const form = new RegExp(
    `^\\$${marker}\\$(?:rounds=([0-9]+)\\$)?([^$:\\n]{0,16})\\$([./0-9A-Za-z]{${digits}})$`,
  )
  return {
    name,
    formats: FORMATS,
    shape: new RegExp(`^\\$${marker}\\$`),
    parse(text, { limits, hint }) {
      const refused = refusals(name)
      const fields = form.exec(text)
      if (!fields) throw refused.malformed(`not $${marker}$salt$ and ${digits} digits`)
      const [, count, salt, kept] = fields
      const rounds =
        count === undefined ? SHA_CRYPT_ROUNDS : bounded(count, 'rounds', 1000, limits.cryptRounds, refused)
      return hashedPassword({
        scheme: name,
        format: hint ?? 'crypt',
        strength: strengthOfIterations(rounds),
        parameters: { rounds, saltLength: salt!.length },
        crypt: true,
        kept: kept!,
        hash: (password, signal) => shaCrypt(hash, password, salt!, rounds, signal),
      })
    },
  }
}

export const sha256Crypt: Scheme = shaCryptOf('5', 'SHA-256', 43)
export const sha512Crypt: Scheme = shaCryptOf('6', 'SHA-512', 86)

const md5CryptOf = (name: string, marker: '$1$' | '$apr1$', shape: RegExp, form: RegExp): Scheme => ({
  name,
  formats: marker === '$1$' ? FORMATS : ['htpasswd', 'passlib'],
  shape,
  parse(text, { hint }) {
    const fields = form.exec(text)
    if (!fields) throw refusals(name).malformed(`not ${marker}salt$ and 22 digits`)
    const [, salt, kept] = fields
    return hashedPassword({
      scheme: name,
      format: hint ?? (marker === '$1$' ? 'crypt' : 'htpasswd'),
      strength: 'weak',
      parameters: { rounds: 1000, saltLength: salt!.length },
      crypt: true,
      kept: kept!,
      hash: async (password) => md5Crypt(password, salt!, marker),
    })
  },
})

const MD5_FIELDS = '([^$:\\n]{1,8})\\$([./0-9A-Za-z]{22})$'
export const md5CryptScheme: Scheme = md5CryptOf(
  'md5-crypt',
  '$1$',
  /^\$1\$/,
  new RegExp(`^\\$1\\$${MD5_FIELDS}`),
)
export const apr1: Scheme = md5CryptOf('apr1', '$apr1$', /^\$apr1\$/, new RegExp(`^\\$apr1\\$${MD5_FIELDS}`))

/** phpass, which WordPress (`$P$`) and phpBB (`$H$`) used: the digit after the marker is the logarithm of the rounds. */
export const phpassScheme: Scheme = {
  name: 'phpass',
  formats: ['wordpress', 'passlib'],
  shape: /^\$[PH]\$/,
  parse(text, { limits, hint }) {
    const refused = refusals(this.name)
    const fields = /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/.exec(text)
    if (!fields) throw refused.malformed('not $P$ and 31 digits')
    const [, log, salt, kept] = fields
    const rounds = bounded(2 ** CRYPT64.indexOf(log!), 'rounds', 128, limits.cryptRounds, refused)
    return hashedPassword({
      scheme: 'phpass',
      format: hint ?? 'wordpress',
      strength: 'weak',
      parameters: { rounds, saltLength: 8 },
      kept: kept!,
      hash: (password, signal) => phpass(password, salt!, rounds, signal),
    })
  },
}

const DES_OCTETS = 8

/** Thirteen digits. Read, never written. */
export const desCryptScheme: Scheme = {
  name: 'des-crypt',
  formats: FORMATS,
  shape: /^[./0-9A-Za-z]{13}$/,
  parse: (text, { hint }) =>
    hashedPassword({
      scheme: 'des-crypt',
      format: hint ?? 'crypt',
      strength: 'broken',
      parameters: {},
      significantOctets: DES_OCTETS,
      crypt: true,
      kept: text.slice(2),
      hash: (password) => desCrypt(password, text),
    }),
}

/** 13 digits, and 11 for each piece of eight octets that follows the first. Read, never written. */
export const bigCryptScheme: Scheme = {
  name: 'bigcrypt',
  formats: FORMATS,
  hintOnly: true, // it could be anything
  shape: /^[./0-9A-Za-z]{13}(?:[./0-9A-Za-z]{11}){1,15}$/,
  parse: (text, { hint }) =>
    hashedPassword({
      scheme: 'bigcrypt',
      format: hint ?? 'crypt',
      strength: 'broken',
      parameters: {},
      significantOctets: BIGCRYPT_OCTETS,
      crypt: true,
      kept: text.slice(2),
      hash: (password, signal) => bigCrypt(password, text, (text.length - 2) / 11, signal),
    }),
}

const randomDigits = (length: number): string =>
  Array.from(random(length), (octet) => CRYPT64[octet & 63]!).join('')

export async function makeShaCrypt(
  hash: ShaCryptHash,
  password: Octets,
  rounds = 100_000,
  salt: string = randomDigits(16),
  signal?: AbortSignal,
): Promise<string> {
  const marker = hash === 'SHA-256' ? '$5$' : '$6$'
  const named = rounds === SHA_CRYPT_ROUNDS ? '' : `rounds=${rounds}$`
  const digits = await derivations.run(() => shaCrypt(hash, password, salt, rounds, signal), signal)
  return `${marker}${named}${salt}$${digits}`
}

export async function makeMd5Crypt(
  marker: '$1$' | '$apr1$',
  password: Octets,
  salt: string = randomDigits(8),
): Promise<string> {
  return `${marker}${salt}$${await md5Crypt(password, salt, marker)}`
}
