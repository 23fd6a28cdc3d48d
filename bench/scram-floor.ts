/**
 * What a whole exchange of SCRAM-SHA-256 with kept keys costs in JavaScript at least: both halves written out by hand, for
 * one account, with next to no check, no state and no negotiation (docs/decisions/0017-where-scram-spends.md). It is no
 * implementation of SCRAM. `node bench/scram-floor.ts`.
 */
import { hash, pbkdf2Sync, randomFillSync } from 'node:crypto'
import { type ScramClientKeys, saslClient } from 'saslkit'
import { hmacSha256, sha256 } from '../packages/saslkit/dist/src/crypto/sha256.js'
import { AUTHCID, PASSWORD, server } from './exchanges/accounts.ts'
import { login } from './exchanges/login.ts'

const PAIRS = 'utf16le' as 'binary'
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const SALT = 'W22ZaJ0SNY7soEsUEjb6gQ=='
const hmacSalted = hmacSha256(pbkdf2Sync('pencil', Buffer.from(SALT, 'base64'), 4096, 32, 'sha256'))
const clientKey = hmacSalted(encoder.encode('Client Key'))
const serverKey = hmacSalted(encoder.encode('Server Key'))
const storedKey = sha256(clientKey)

const inner = new Uint8Array(64 + 512)
const outer = new Uint8Array(64 + 32)
const innerPad = new Int32Array(inner.buffer, 0, 16)
const outerPad = new Int32Array(outer.buffer, 0, 16)
const message = inner.subarray(64)
const digested = new Uint8Array(64).subarray(0, 32)
const mixed = new Uint8Array(32)

/** HMAC of the text that `message` holds, in pairs of octets. */
function hmac(key: Uint8Array, length: number): string {
  const words = new Int32Array(key.buffer, 0, 8)
  for (let i = 0; i < 16; i++) {
    innerPad[i] = (words[i] ?? 0) ^ 0x36363636
    outerPad[i] = (words[i] ?? 0) ^ 0x5c5c5c5c
  }
  write(hash('sha256', inner.subarray(0, 64 + length), PAIRS), outer, 64)
  return hash('sha256', outer, PAIRS)
}

function write(pairs: string, target: Uint8Array, at: number): void {
  for (let i = 0; i < pairs.length; i++) {
    target[at + 2 * i] = pairs.charCodeAt(i)
    target[at + 2 * i + 1] = pairs.charCodeAt(i) >> 8
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const TWO = Array.from({ length: 4096 }, (_, bits) => LETTERS[bits >> 6]! + LETTERS[bits & 63]!)

function base64(octets: Uint8Array, start: number, end: number): string {
  let text = ''
  let at = start
  for (; at + 2 < end; at += 3) {
    const bits = (octets[at]! << 16) | (octets[at + 1]! << 8) | octets[at + 2]!
    text += TWO[bits >> 12]! + TWO[bits & 4095]!
  }
  const bits = (octets[at]! << 10) | (octets[at + 1]! << 2)
  return end - at === 2 ? `${text}${TWO[bits >> 6]!}${LETTERS[bits & 63]!}=` : text
}

const pool = new Uint8Array(4608)
let used = pool.length

function nonce(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 18
  return base64(pool, used - 18, used)
}

const written = (text: string): number => encoder.encodeInto(text, message).written

function signature(): string {
  write(hmac(serverKey, length), mixed, 0)
  return base64(mixed, 0, 32)
}

let length = 0

/** @param pass what becomes of a message between the halves. */
function exchange(pass: (text: string) => string): void {
  const ours = nonce()
  const bare = `n=user,r=${ours}`
  const clientFirst = pass(`n,,${bare}`)

  const named = clientFirst.slice(3)
  const both = named.slice(named.indexOf(',r=') + 3) + nonce()
  const serverFirst = `r=${both},s=${SALT},i=4096`

  const received = pass(serverFirst)
  const nonces = received.slice(2, received.indexOf(','))
  if (!nonces.startsWith(ours)) throw new Error('nonce')
  const final = `c=biws,r=${nonces}`
  length = written(`${bare},${received},${final}`)
  write(hmac(storedKey, length), mixed, 0)
  for (let i = 0; i < 32; i++) mixed[i]! ^= clientKey[i]!
  const proof = base64(mixed, 0, 32)
  const expected = signature()
  const clientFinal = pass(`${final},p=${proof}`)

  const proofAt = clientFinal.indexOf(',p=')
  length = written(`${named},${serverFirst},${clientFinal.slice(0, proofAt)}`)
  write(hmac(storedKey, length), digested, 0)
  const sent = atob(clientFinal.slice(proofAt + 3))
  for (let i = 0; i < 32; i++) digested[i]! ^= sent.charCodeAt(i)
  write(hash('sha256', digested, PAIRS), mixed, 0)
  let difference = 0
  for (let i = 0; i < 32; i++) difference |= mixed[i]! ^ storedKey[i]!
  if (difference !== 0 || pass(`v=${signature()}`) !== `v=${expected}`) throw new Error('proof')
}

/** Octets of the message's own, and text again. */
const asOctets = (text: string): string => decoder.decode(encoder.encode(text))

const LETTER_CODES = encoder.encode(LETTERS)
const VALUES = new Uint8Array(128)
for (let i = 0; i < 64; i++) VALUES[LETTER_CODES[i]!] = i
const FIRST = encoder.encode('n,,n=user,r=')
const SALT_AND_COUNT = encoder.encode(`,s=${SALT},i=4096`)
const BINDING = encoder.encode('c=biws,')
const COMMA = 44

/** Puts the base64 of the octets at a place, and says where it ends. */
function encode(source: Uint8Array, start: number, end: number, target: Uint8Array, place: number): number {
  let at = start
  let to = place
  for (; at + 2 < end; at += 3) {
    const bits = (source[at]! << 16) | (source[at + 1]! << 8) | source[at + 2]!
    target[to++] = LETTER_CODES[bits >> 18]!
    target[to++] = LETTER_CODES[(bits >> 12) & 63]!
    target[to++] = LETTER_CODES[(bits >> 6) & 63]!
    target[to++] = LETTER_CODES[bits & 63]!
  }
  if (at === end) return to
  const bits = (source[at]! << 16) | (source[at + 1]! << 8)
  target[to++] = LETTER_CODES[bits >> 18]!
  target[to++] = LETTER_CODES[(bits >> 12) & 63]!
  target[to++] = LETTER_CODES[(bits >> 6) & 63]!
  target[to++] = 61
  return to
}

function copy(source: Uint8Array, start: number, end: number, target: Uint8Array, place: number): number {
  let to = place
  for (let at = start; at < end; at++) target[to++] = source[at]!
  return to
}

function drawn(target: Uint8Array, place: number): number {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 18
  return encode(pool, used - 18, used, target, place)
}

function authMessage(bare: Uint8Array, serverFirst: Uint8Array, nonceEnd: number): number {
  let to = copy(bare, 3, bare.length, message, 0)
  message[to++] = COMMA
  to = copy(serverFirst, 0, serverFirst.length, message, to)
  message[to++] = COMMA
  to = copy(BINDING, 0, BINDING.length, message, to)
  return copy(serverFirst, 0, nonceEnd, message, to)
}

/** No text at all, and each message in a buffer of its own. */
function exchangeOfOctets(): void {
  const clientFirst = new Uint8Array(FIRST.length + 24)
  copy(FIRST, 0, FIRST.length, clientFirst, 0)
  drawn(clientFirst, FIRST.length)

  const nonceAt = clientFirst.lastIndexOf(61) + 1
  const nonceEnd = 2 + (clientFirst.length - nonceAt) + 24
  const serverFirst = new Uint8Array(nonceEnd + SALT_AND_COUNT.length)
  serverFirst[0] = 114
  serverFirst[1] = 61
  drawn(serverFirst, copy(clientFirst, nonceAt, clientFirst.length, serverFirst, 2))
  copy(SALT_AND_COUNT, 0, SALT_AND_COUNT.length, serverFirst, nonceEnd)

  const end = serverFirst.indexOf(COMMA)
  for (let i = 0; i < 24; i++)
    if (serverFirst[2 + i] !== clientFirst[FIRST.length + i]) throw new Error('nonce')
  length = authMessage(clientFirst, serverFirst, end)
  write(hmac(storedKey, length), mixed, 0)
  for (let i = 0; i < 32; i++) mixed[i]! ^= clientKey[i]!
  const clientFinal = new Uint8Array(BINDING.length + end + 3 + 44)
  let to = copy(BINDING, 0, BINDING.length, clientFinal, 0)
  const proofAt = copy(serverFirst, 0, end, clientFinal, to)
  clientFinal[proofAt] = COMMA
  clientFinal[proofAt + 1] = 112
  clientFinal[proofAt + 2] = 61
  encode(mixed, 0, 32, clientFinal, proofAt + 3)
  const expected = hmac(serverKey, length)

  length = authMessage(clientFirst, serverFirst, nonceEnd)
  write(hmac(storedKey, length), digested, 0)
  to = 0
  for (let i = proofAt + 3; to < 32; i += 4) {
    const bits =
      (VALUES[clientFinal[i]!]! << 18) |
      (VALUES[clientFinal[i + 1]!]! << 12) |
      (VALUES[clientFinal[i + 2]!]! << 6) |
      VALUES[clientFinal[i + 3]!]!
    digested[to++]! ^= bits >> 16
    digested[to++]! ^= (bits >> 8) & 255
    if (to < 32) digested[to++]! ^= bits & 255
  }
  write(hash('sha256', digested, PAIRS), mixed, 0)
  let difference = 0
  for (let i = 0; i < 32; i++) difference |= mixed[i]! ^ storedKey[i]!
  write(hmac(serverKey, length), mixed, 0)
  const serverFinal = new Uint8Array(46)
  encode(mixed, 0, 32, serverFinal, 2)
  write(expected, mixed, 0)
  encode(mixed, 0, 32, message, 2)
  for (let i = 2; i < 46; i++) difference |= message[i]! ^ serverFinal[i]!
  if (difference !== 0) throw new Error('proof')
}

function nineHashes(): void {
  for (let i = 0; i < 4; i++) {
    hash('sha256', inner.subarray(0, 220), PAIRS)
    hash('sha256', outer, PAIRS)
  }
  hash('sha256', digested, PAIRS)
}

const client = saslClient(
  { authcid: AUTHCID, password: PASSWORD },
  { mechanisms: ['SCRAM-SHA-256'], keyCache: new Map<string, ScramClientKeys>() },
)

function saslkit(): void | PromiseLike<void> {
  const connection = { secure: true }
  const half = client.select(server.offer(connection), connection)
  return login(half, server.begin(half.mechanism, connection))
}

const FORMS: Readonly<Record<string, () => void | PromiseLike<void>>> = {
  'nine hashes': nineHashes,
  'on strings': () => exchange((text) => text),
  'messages of octets': () => exchange(asOctets),
  'octets alone': exchangeOfOctets,
  saslkit,
}

const ROUNDS = 150
const TIMES = 2000

await saslkit() // derives the keys
const least: Record<string, number> = {}
for (let round = 0; round < ROUNDS; round++)
  for (const [name, form] of Object.entries(FORMS)) {
    const start = process.hrtime.bigint()
    for (let i = 0; i < TIMES; i++) {
      const coming = form()
      if (coming) await coming
    }
    const took = Number(process.hrtime.bigint() - start) / TIMES / 1e3
    least[name] = Math.min(least[name] ?? took, took)
  }
console.log(`node ${process.version}; µs for an exchange, the least of ${ROUNDS} rounds`)
for (const [name, took] of Object.entries(least))
  console.log(`  ${name.padEnd(20)}${took.toFixed(1).padStart(6)}`)
