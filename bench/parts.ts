/**
 * The measurements that decided the shape of crypto/ and octets.ts: alternatives for one part, in turns, each as a ratio
 * to the first. `node bench/parts.ts [name]`.
 */
import * as node from 'node:crypto'
import { hmac } from '@noble/hashes/hmac.js'
import { md5 } from '@noble/hashes/legacy.js'
import { hmacMd5, md5 as ourMd5 } from '../packages/saslkit/dist/src/crypto/md5.js'
import { sha256 } from '../packages/saslkit/dist/src/crypto/sha256.js'
import { median } from './median.ts'

type Part = Readonly<Record<string, () => unknown>>

const octets = (length: number) => new Uint8Array(length).map((_, i) => 33 + ((i * 7) % 90))
const ascii = (length: number) => String.fromCharCode(...octets(length))

// ── HMAC-SHA-256 of an authentication message ─────────────────────────────────────────────────────────────────────

const key = octets(32)
const message = octets(140)
const scratch = new Uint8Array(64 + 140)
const outer = new Uint8Array(64 + 32)

/** The two blocks that RFC 2104 hashes before message and digest. */
function padInto(key: Uint8Array, inner: Uint8Array, outer: Uint8Array): void {
  for (let i = 0; i < 64; i++) {
    const octet = i < key.length ? key[i]! : 0
    inner[i] = octet ^ 0x36
    outer[i] = octet ^ 0x5c
  }
}

function pads(): void {
  padInto(key, scratch, outer)
  scratch.set(message, 64)
}

function twoHashesPairs(): Uint8Array {
  pads()
  const inner = node.hash('sha256', scratch, 'utf16le' as 'binary')
  pairs(inner, outer, 64)
  return pairs(node.hash('sha256', outer, 'utf16le' as 'binary'), new Uint8Array(32), 0)
}

function pairs(text: string, target: Uint8Array, at: number): Uint8Array {
  for (let i = 0; i < text.length; i++) {
    const pair = text.charCodeAt(i)
    target[at + 2 * i] = pair
    target[at + 2 * i + 1] = pair >> 8
  }
  return target
}

const scratchPad = new Int32Array(scratch.buffer, 0, 16)
const outerPad = new Int32Array(outer.buffer, 0, 16)

function padsByFour(): void {
  scratch.fill(0, 0, 64)
  scratch.set(key)
  for (let i = 0; i < 16; i++) {
    const four = scratchPad[i]!
    scratchPad[i] = four ^ 0x36363636
    outerPad[i] = four ^ 0x5c5c5c5c
  }
}

function twoHashesBinary(): Uint8Array {
  pads()
  const inner = node.hash('sha256', scratch, 'binary')
  for (let i = 0; i < 32; i++) outer[64 + i] = inner.charCodeAt(i)
  const digest = node.hash('sha256', outer, 'binary')
  const result = new Uint8Array(32)
  for (let i = 0; i < 32; i++) result[i] = digest.charCodeAt(i)
  return result
}

function twoHashesBuffer(): Uint8Array {
  pads()
  outer.set(node.hash('sha256', scratch, 'buffer'), 64)
  return node.hash('sha256', outer, 'buffer')
}

function twoHashObjects(): Uint8Array {
  pads()
  outer.set(node.createHash('sha256').update(scratch).digest(), 64)
  return node.createHash('sha256').update(outer).digest()
}

const md5Key = octets(16)
const md5Challenge = octets(40)
const md5Scratch = new Uint8Array(64 + 40)
const md5Outer = new Uint8Array(64 + 16)

function twoMd5s(): Uint8Array {
  padInto(md5Key, md5Scratch, md5Outer)
  md5Scratch.set(md5Challenge, 64)
  pairs(node.hash('md5', md5Scratch, 'utf16le' as 'binary'), md5Outer, 64)
  return pairs(node.hash('md5', md5Outer, 'utf16le' as 'binary'), new Uint8Array(16), 0)
}

// ── UTF-8 and base64 ──────────────────────────────────────────────────────────────────────────────────────────────

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function asciiLoop(text: string): Uint8Array {
  const result = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return encoder.encode(text)
    result[i] = code
  }
  return result
}

const room = new Uint8Array(1024)
const encodeInto = (text: string) => room.slice(0, encoder.encodeInto(text, room).written)

function charactersLoop(data: Uint8Array): string {
  let text = ''
  for (let i = 0; i < data.length; i++) text += String.fromCharCode(data[i]!)
  return text
}

const charactersApply = (data: Uint8Array) => String.fromCharCode.apply(null, data as unknown as number[])

function charactersSpread(data: Uint8Array): string {
  const codes: number[] = Array(data.length)
  for (let i = 0; i < data.length; i++) codes[i] = data[i]!
  return String.fromCharCode(...codes)
}

const view = (data: Uint8Array) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)

function fromCharacters(text: string): Uint8Array {
  const result = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) result[i] = text.charCodeAt(i)
  return result
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PAIRS = Array.from({ length: 4096 }, (_, bits) => ALPHABET[bits >> 6]! + ALPHABET[bits & 63]!)

function pairTable(data: Uint8Array): string {
  let text = ''
  let i = 0
  for (; i + 2 < data.length; i += 3) {
    const bits = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!
    text += PAIRS[bits >> 12]! + PAIRS[bits & 4095]!
  }
  if (i + 1 === data.length) text += `${PAIRS[data[i]! << 4]!}==`
  else if (i < data.length) {
    const bits = (data[i]! << 10) | (data[i + 1]! << 2)
    text += `${PAIRS[bits >> 6]!}${ALPHABET[bits & 63]!}=`
  }
  return text
}

const shelf = new Uint8Array(new ArrayBuffer(64))
const shelfOfTen = shelf.subarray(0, 10)
const shelfOf44 = shelf.subarray(0, 44)
const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0))

function codesOnShelf(data: Uint8Array): string {
  let at = 0
  for (let i = 0; i < data.length; i += 3) {
    const bits = (data[i]! << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0)
    shelf[at++] = LETTERS[bits >> 18]!
    shelf[at++] = LETTERS[(bits >> 12) & 63]!
    shelf[at++] = i + 1 < data.length ? LETTERS[(bits >> 6) & 63]! : 0x3d
    shelf[at++] = i + 2 < data.length ? LETTERS[bits & 63]! : 0x3d
  }
  return decoder.decode(shelfOf44)
}

const CODES = new Uint8Array(128).fill(255)
for (let i = 0; i < 64; i++) CODES[ALPHABET.charCodeAt(i)] = i

function codeTable(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const result = new Uint8Array((text.length / 4) * 3 - padding)
  let bits = 0
  let at = 0
  for (let i = 0; i < text.length - padding; i++) {
    bits = (bits << 6) | CODES[text.charCodeAt(i)]!
    if ((i & 3) === 1) result[at++] = bits >> 4
    else if ((i & 3) === 2) result[at++] = bits >> 2
    else if ((i & 3) === 3) result[at++] = bits
  }
  return result
}

// ── Comparison and randomness ─────────────────────────────────────────────────────────────────────────────────────

function xorLoop(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}

const pool = new Uint8Array(4096)
let used = pool.length

function pooled(length: number): Uint8Array {
  if (used + length > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += length
  return pool.slice(used - length, used)
}

const aside = new Uint8Array(new ArrayBuffer(32))
const other = octets(32)
const digest = octets(32)
const digest64 = btoa(charactersApply(digest))
const name = ascii(10)
const line = ascii(140)
const nameOctets = octets(10)
const lineOctets = octets(140)

const PARTS: Readonly<Record<string, Part>> = {
  'HMAC-SHA-256 of 140 octets': {
    createHmac: () => node.createHmac('sha256', key).update(message).digest(),
    'two one-shot hashes, binary strings': twoHashesBinary,
    'two one-shot hashes, strings of pairs': twoHashesPairs,
    'two one-shot hashes, buffers': twoHashesBuffer,
    'two hash objects': twoHashObjects,
  },
  'HMAC-MD5 of a challenge of 40 octets': {
    'two one-shot hashes, strings of pairs': twoMd5s,
    'our own': () => hmacMd5(md5Key, md5Challenge),
    '@noble/hashes': () => hmac(md5, md5Key, md5Challenge),
  },
  'MD5 of 40 octets': {
    'one-shot hash, string of pairs': () => node.hash('md5', md5Challenge, 'utf16le' as 'binary'),
    'our own': () => ourMd5(md5Challenge),
  },
  'SHA-256 of 40 octets': {
    'one-shot hash, string of pairs': () => node.hash('sha256', md5Challenge, 'utf16le' as 'binary'),
    'our own': () => sha256(md5Challenge),
  },
  'the two pads of an HMAC': {
    'an octet at a time': pads,
    'four at a time': padsByFour,
  },
  'SHA-256 of 32 octets just made': {
    'as they are': () => node.hash('sha256', digest.slice(), 'binary'),
    'copied first': () => {
      aside.set(digest.slice())
      return node.hash('sha256', aside, 'binary')
    },
  },
  'room for octets': {
    '64, on the heap of V8': () => new Uint8Array(64),
    '65, off it': () => new Uint8Array(65),
  },
  'UTF-8 of 10 characters': {
    'TextEncoder.encode': () => encoder.encode(name),
    'encodeInto and slice': () => encodeInto(name),
    'loop over ASCII': () => asciiLoop(name),
    'Buffer.from': () => Buffer.from(name),
  },
  'UTF-8 of 140 characters': {
    'TextEncoder.encode': () => encoder.encode(line),
    'encodeInto and slice': () => encodeInto(line),
    'loop over ASCII': () => asciiLoop(line),
    'Buffer.from': () => Buffer.from(line),
  },
  'text of 10 octets just made': {
    'TextDecoder.decode': () => decoder.decode(nameOctets.slice()),
    'TextDecoder.decode of a copy': () => {
      shelf.set(nameOctets.slice())
      return decoder.decode(shelfOfTen)
    },
    'toString of a Buffer': () => view(nameOctets.slice()).toString(),
    'loop of fromCharCode': () => charactersLoop(nameOctets.slice()),
    'fromCharCode.apply': () => charactersApply(nameOctets.slice()),
    'fromCharCode of an array': () => charactersSpread(nameOctets.slice()),
  },
  'text of 140 octets': {
    'TextDecoder.decode': () => decoder.decode(lineOctets),
    'toString of a Buffer': () => view(lineOctets).toString(),
    'loop of fromCharCode': () => charactersLoop(lineOctets),
    'fromCharCode.apply': () => charactersApply(lineOctets),
  },
  'base64 of 32 octets': {
    'btoa of fromCharCode.apply': () => btoa(charactersApply(digest)),
    'btoa of a fromCharCode loop': () => btoa(charactersLoop(digest)),
    'table of pairs': () => pairTable(digest),
    'codes on a shelf, decoded': () => codesOnShelf(digest),
    'toString of a Buffer': () => view(digest).toString('base64'),
  },
  'octets of base64, 44 characters': {
    'atob and a loop': () => fromCharacters(atob(digest64)),
    'table of codes': () => codeTable(digest64),
    'Buffer.from': () => Buffer.from(digest64, 'base64'),
  },
  'comparing 32 octets': {
    timingSafeEqual: () => node.timingSafeEqual(digest, other),
    'XOR loop': () => xorLoop(digest, other),
  },
  '18 random octets': {
    getRandomValues: () => crypto.getRandomValues(new Uint8Array(18)),
    'from a pool of 4,096': () => pooled(18),
  },
}

const ROUNDS = 7
const SECONDS = 0.05

/** Calls a second of CPU time. */
function rate(call: () => unknown): number {
  const start = process.cpuUsage()
  for (let calls = 1000; ; calls += 1000) {
    for (let i = 0; i < 1000; i++) call()
    const { user, system } = process.cpuUsage(start)
    const spent = (user + system) / 1e6
    if (spent >= SECONDS) return calls / spent
  }
}

const wanted = process.argv[2] ?? ''
console.log(`node ${process.version}; calls a second of CPU time, and the ratio to the first`)
for (const [part, forms] of Object.entries(PARTS)) {
  if (!part.includes(wanted)) continue
  const calls = Object.values(forms)
  const rates: number[][] = calls.map(() => [])
  for (let round = 0; round <= ROUNDS; round++)
    calls.forEach((call, i) => {
      const measured = rate(call)
      if (round > 0) rates[i]!.push(measured)
    })
  const medians = rates.map(median)
  console.log(`\n${part}`)
  Object.keys(forms).forEach((form, i) => {
    const perSecond = `${(medians[i]! / 1e6).toFixed(2)} M/s`.padStart(12)
    console.log(`  ${form.padEnd(38)}${perSecond}${(medians[i]! / medians[0]!).toFixed(2).padStart(8)}`)
  })
}
