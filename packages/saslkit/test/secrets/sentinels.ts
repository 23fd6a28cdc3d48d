/**
 * What counts as a secret here: passwords, right and wrong; tokens; what SCRAM derives from a password that stands for it
 * (salted password, ClientKey, StoredKey, ServerKey; RFC 5802 section 3); and what a server keeps of it. Not secret is what
 * SCRAM lets anybody see who listens: nonces, salts, proofs and signatures.
 */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { type Octets, utf8 } from '../../src/octets.js'

/** In each password and token, so that a part of one is found as well. */
export const SENTINEL = 'Sentinel-4f1d'
export const PASSWORD: string = `${SENTINEL}/password`
export const WRONG: string = `${SENTINEL}/wrong`
export const TOKEN: string = `${SENTINEL}.token`
export const EVIL: string = `${SENTINEL}.evil`

/** Where keys have to be known, accounts have these. */
export const SALT: Octets = utf8('a salt of octets')
export const ITERATIONS = 4096

export const SCRAM_DIGESTS = {
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA3-512': 'sha3-512',
} as const

/** Written by the letter of RFC 5802 section 3, with nothing of ours. */
function keysOf(digest: string, password: string): Buffer[] {
  const size = createHash(digest).digest().length
  const salted = pbkdf2Sync(password, SALT, ITERATIONS, size, digest)
  const key = (of: string) => createHmac(digest, salted).update(of).digest()
  const clientKey = key('Client Key')
  return [salted, clientKey, createHash(digest).update(clientKey).digest(), key('Server Key')]
}

export const KEYS: readonly Buffer[] = Object.values(SCRAM_DIGESTS).flatMap((digest) =>
  [PASSWORD, WRONG].flatMap((password) => keysOf(digest, password)),
)

const urlSafe = (encoded: string): string => encoded.replaceAll('+', '-').replaceAll('/', '_')

/** Of some octets, all that they look like as a part of something longer. In base64 that depends on where they stand. */
export function formsOf(octets: Buffer): readonly string[] {
  const hex = octets.toString('hex')
  const encoded = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before, 'x'), octets]).toString('base64')
    return text.slice(before ? 4 : 0, -4)
  })
  return [
    hex,
    hex.toUpperCase(),
    [...octets].join(','),
    [...octets].map((octet) => octet.toString(16)).join(''),
    [...octets].map((octet) => `\\x${octet.toString(16).padStart(2, '0')}`).join(''),
    [...octets].map((octet) => `%${octet.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
    ...encoded,
    ...encoded.map(urlSafe),
  ]
}

const texts: readonly string[] = [SENTINEL, SENTINEL.toLowerCase(), SENTINEL.toUpperCase()]

/** Without white space in any of them: what is searched has none either. */
export const FORMS: readonly string[] = [
  ...new Set([
    ...texts,
    ...texts.map(encodeURIComponent),
    [...SENTINEL].reverse().join(''),
    ...texts.flatMap((text) => formsOf(Buffer.from(text))),
    // UTF-16, which passwords are in for MD4.
    ...texts.map((text) => Buffer.from(text, 'utf16le').toString('hex')),
    ...KEYS.flatMap((key) => formsOf(key.subarray(0, 12))),
  ]),
]
