/**
 * The four messages of SCRAM (RFC 5802 section 7), from octets and to text. Parsers throw a SaslError and nothing
 * else; each keeps the exact text it was given, for the signatures are over that text.
 */
import { malformed, SaslError } from '../../errors.js'
import { base64, fromBase64Within, type Octets, text } from '../../octets.js'
import { type Gs2Header, parseGs2Header, unescapeName } from '../gs2.js'

export interface ClientFirst {
  readonly header: Gs2Header
  readonly authcid: string
  readonly nonce: string
  readonly bare: string
}

export interface ServerFirst {
  readonly nonce: string
  readonly salt: Octets
  /** The salt as it came, which is its only form. */
  readonly encodedSalt: string
  readonly iterations: number
  /** XEP-0474 section 6.1: the hash of what the server offered, as it came. */
  readonly offeredHash: string | undefined
  readonly text: string
}

export interface ClientFinal {
  readonly channelBinding: Octets
  readonly nonce: string
  readonly proof: Octets
  readonly withoutProof: string
}

/** printable = %x21-2B / %x2D-7E. How many is checked apart, for a counted pattern costs twice as much. */
const NONCE = '[\\x21-\\x2b\\x2d-\\x7e]+'
const BASE64 = '[A-Za-z0-9+/]+={0,2}'
/** extensions = attr-val *("," attr-val); value-char excludes NUL and ",". */
const EXTENSIONS = '((?:,[A-Za-z]=[^,\\0]+)*)'

const CLIENT_FIRST_BARE = new RegExp(`^n=([^,\\0]+),r=(${NONCE})${EXTENSIONS}$`)
const SERVER_FIRST = new RegExp(`^r=(${NONCE}),s=(${BASE64}),i=([1-9]\\d{0,9})${EXTENSIONS}$`)
const CLIENT_FINAL = new RegExp(`^(c=(${BASE64}),r=(${NONCE})${EXTENSIONS}),p=(${BASE64})$`)
const SERVER_FINAL = new RegExp(`^(?:v=(${BASE64})|e=([^,\\0]+))${EXTENSIONS}$`)

const MAX_EXTENSIONS = 16
const LONGEST_NONCE = 1024
const LONGEST_SALT = 1024

const ONLY_NONCE = new RegExp(`^${NONCE}$`)

export const isNonce = (nonce: string): boolean => nonce.length <= LONGEST_NONCE && ONLY_NONCE.test(nonce)

export function parseClientFirst(message: Octets): ClientFirst {
  const whole = text(message)
  const header = parseGs2Header(whole)
  const bare = whole.slice(header.text.length)
  if (bare.startsWith('m=')) throw new UnsupportedExtension()
  const [, name, nonce, extensions] = CLIENT_FIRST_BARE.exec(bare) ?? []
  if (name === undefined || nonce === undefined || nonce.length > LONGEST_NONCE)
    throw malformed('not a client-first-message')
  readExtensions(extensions)
  return { header, authcid: unescapeName(name), nonce, bare }
}

export function parseServerFirst(message: Octets): ServerFirst {
  const whole = text(message)
  const [, nonce, salt, iterations, extensions] = SERVER_FIRST.exec(whole) ?? []
  if (nonce === undefined || salt === undefined || nonce.length > LONGEST_NONCE)
    throw malformed('not a server-first-message')
  const octets = unbase64(message, 'r=,s='.length + nonce.length, salt)
  if (octets.length > LONGEST_SALT) throw malformed(`a salt of over ${LONGEST_SALT} octets`)
  return {
    nonce,
    salt: octets,
    encodedSalt: salt,
    iterations: Number(iterations),
    offeredHash: readExtensions(extensions)?.get('h'),
    text: whole,
  }
}

export function parseClientFinal(message: Octets): ClientFinal {
  const [, withoutProof, binding, nonce, extensions, proof] = CLIENT_FINAL.exec(text(message)) ?? []
  if (withoutProof === undefined || binding === undefined || nonce === undefined || proof === undefined)
    throw malformed('not a client-final-message')
  readExtensions(extensions)
  return {
    channelBinding: unbase64(message, 'c='.length, binding),
    nonce,
    proof: unbase64(message, message.length - proof.length, proof),
    withoutProof,
  }
}

/** The server's signature, or the error that it names. */
export function parseServerFinal(
  message: Octets,
): { readonly signature: Octets } | { readonly error: string } {
  const match = SERVER_FINAL.exec(text(message))
  if (!match) throw malformed('not a server-final-message')
  const [, signature, error, extensions] = match
  readExtensions(extensions)
  return signature === undefined
    ? { error: error! }
    : { signature: unbase64(message, 'v='.length, signature) }
}

/** Decodes what stands at that place in the message. All before it, or after it, is ASCII: one octet a character. */
function unbase64(message: Octets, start: number, encoded: string): Octets {
  const octets = fromBase64Within(message, start, start + encoded.length)
  if (!octets) throw malformed('not base64')
  return octets
}

/** Attributes that have a place of their own may not stand among the extensions, and none may stand there twice. */
const RESERVED = 'nrmacpsive'

function readExtensions(extensions: string | undefined): ReadonlyMap<string, string> | undefined {
  if (!extensions) return undefined
  const found = new Map<string, string>()
  for (const extension of extensions.slice(1).split(',', MAX_EXTENSIONS + 1)) {
    const attribute = extension[0]!
    // RFC 5802 section 5.1: "m" is a mandatory extension, and nobody has defined one.
    if (attribute === 'm') throw new UnsupportedExtension()
    if (RESERVED.includes(attribute) || found.has(attribute))
      throw malformed(`SCRAM attribute "${attribute}" out of place`)
    found.set(attribute, extension.slice(2))
  }
  if (found.size > MAX_EXTENSIONS) throw malformed('too many SCRAM extensions')
  return found
}

/** A mandatory extension (RFC 5802 section 5.1, "m="), none of which exists. */
export class UnsupportedExtension extends SaslError {
  constructor() {
    super('malformed', 'a mandatory SCRAM extension')
  }
}

export const serverFirst = (
  nonce: string,
  salt: Uint8Array,
  iterations: number,
  offeredHash: string | undefined,
): string =>
  `r=${nonce},s=${base64(salt)},i=${iterations}${offeredHash === undefined ? '' : `,h=${offeredHash}`}`
