/** Published vectors and known attacks of the library's tests, as seeds. */
import { readFileSync } from 'node:fs'
import type { Octets } from 'saslkit'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const read = (file: string): Json =>
  JSON.parse(
    readFileSync(new URL(`../packages/saslkit/test/vectors/${file}`, import.meta.url), 'utf8'),
  ) as Json

/** Every text that stands under such a key, at any depth. */
function* textsUnder(json: Json, key: RegExp, under = ''): Generator<string> {
  if (typeof json === 'string') {
    if (key.test(under)) yield json
  } else if (Array.isArray(json)) for (const one of json) yield* textsUnder(one as Json, key, under)
  else if (typeof json === 'object' && json !== null)
    for (const [name, value] of Object.entries(json)) yield* textsUnder(value, key, name)
}

const utf8 = (text: string): Octets => new TextEncoder().encode(text)
const fromHex = (digits: string): Octets => new Uint8Array(Buffer.from(digits, 'hex'))

const octetsIn = (file: string): readonly Octets[] => {
  const json = read(file)
  return [
    ...[...textsUnder(json, /^(client|server)_(first|final)$|^(challenge|response)$/)].map(utf8),
    ...[...textsUnder(json, /_hex$/)].map(fromHex),
  ]
}

export const SCRAM_VECTORS: readonly Octets[] = [
  'public/scram.json',
  'scram-computed.json',
  'attacks/scram-client.json',
  'attacks/scram-server.json',
].flatMap(octetsIn)

export const OAUTH_VECTORS: readonly Octets[] = octetsIn('public/oauth.json')

/** PLAIN, LOGIN, EXTERNAL, ANONYMOUS, CRAM-MD5. */
export const SIMPLE_VECTORS: readonly Octets[] = [
  'public/plain.json',
  'public/cram-md5.json',
  'attacks/simple-server.json',
].flatMap(octetsIn)

export const BASE64_VECTORS: readonly string[] = [
  ...textsUnder(read('attacks/base64.json'), /^(accept|reject)$/),
]

/** Names and passwords. */
export const STRING_VECTORS: readonly string[] = [
  ...textsUnder(read('public/saslprep.json'), /^input$/),
  ...textsUnder(read('public/precis.json'), /^input$/),
]

export interface StoredVector {
  readonly password: string
  readonly scheme: string
  readonly format: string
  readonly username?: string
  readonly text: string
}

export const STORED_VECTORS: readonly StoredVector[] = (
  read('stored-credentials.json') as unknown as { readonly credentials: readonly StoredVector[] }
).credentials
