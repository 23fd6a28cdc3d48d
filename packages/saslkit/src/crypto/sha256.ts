/**
 * SHA-256 (FIPS 180-4), for runtimes that have none which answers at once. Our own, for it is all the hashing that most
 * bundles need: @noble/hashes' comes with SHA-512 and more wherever other hashes are loaded too, 5.6 kB gzipped.
 */
import type { Octets } from '../octets.js'

const BLOCK = 64

/** Sections 4.2.2 and 5.3.3: the first 32 bits of the fractions of the cube and square roots of the first primes. */
const ROUNDS = new Int32Array(64)
const INITIAL = new Int32Array(8)
for (let n = 2, found = 0; found < 64; n++) {
  let divisor = 2
  while (n % divisor) divisor++
  if (divisor < n) continue
  INITIAL[found] = (Math.sqrt(n) % 1) * 2 ** 32 // past the eighth, an array of eight takes nothing
  ROUNDS[found++] = (Math.cbrt(n) % 1) * 2 ** 32
}

/** Scratch, of one synchronous call. */
const schedule = new Int32Array(64)
const state = new Int32Array(8)
const tail = new Uint8Array(2 * BLOCK)

export const sha256 = (data: Uint8Array): Octets => continued(INITIAL, 0, data)

/**
 * A pseudorandom function under one key of 64 octets at most, 16 octets long, of half the work of HMAC: the cascade of key
 * and message, of which half is kept back, so that nobody can go on from it (Bellare, Bernstein, Tessaro: Hash-Function
 * Based PRFs: AMAC and Its Multi-User Security, 2016).
 */
export function prf16(key: Uint8Array): (data: Uint8Array) => Octets {
  const block = new Uint8Array(BLOCK)
  block.set(key)
  state.set(INITIAL)
  take(block, 0)
  const keyed = state.slice()
  return (data) => continued(keyed, BLOCK, data, 16)
}

/** HMAC-SHA-256 (RFC 2104) under one key, whose pads are hashed once and for all. */
export function hmacSha256(key: Uint8Array): (data: Uint8Array) => Octets {
  const short = key.length > BLOCK ? sha256(key) : key
  const padded = (pad: number): Int32Array => {
    const block = new Uint8Array(BLOCK).fill(pad)
    for (let i = 0; i < short.length; i++) block[i]! ^= short[i]!
    state.set(INITIAL)
    take(block, 0)
    return state.slice()
  }
  const inner = padded(0x36)
  const outer = padded(0x5c)
  return (data) => continued(outer, BLOCK, continued(inner, BLOCK, data))
}

/** The digest of what made the state, so many octets, and of the data after it. */
function continued(from: Int32Array, before: number, data: Uint8Array, size = 32): Octets {
  state.set(from)
  const rest = data.length % BLOCK
  const whole = data.length - rest
  for (let at = 0; at < whole; at += BLOCK) take(data, at)
  // Section 5.1.1: a one, zeros, and the length in bits.
  for (let i = 0; i < rest; i++) tail[i] = data[whole + i]!
  tail[rest] = 0x80
  const end = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK
  tail.fill(0, rest + 1, end)
  for (let at = end, bits = 8 * (before + data.length); bits >= 1; bits /= 256) tail[--at] = bits
  for (let at = 0; at < end; at += BLOCK) take(tail, at)

  const digest = new Uint8Array(size)
  for (let i = 0; i < size; i++) digest[i] = state[i >> 2]! >> (24 - 8 * (i & 3))
  schedule.fill(0)
  tail.fill(0)
  return digest
}

/** Section 6.2.2, on one block. */
function take(data: Uint8Array, at: number): void {
  for (let t = 0; t < 16; t++, at += 4)
    schedule[t] = (data[at]! << 24) | (data[at + 1]! << 16) | (data[at + 2]! << 8) | data[at + 3]!
  for (let t = 16; t < 64; t++) {
    const early = schedule[t - 15]!
    const late = schedule[t - 2]!
    const s0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3)
    const s1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10)
    schedule[t] = (schedule[t - 16]! + s0 + schedule[t - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let t = 0; t < 64; t++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    const first = (h + s1 + (g ^ (e & (f ^ g))) + ROUNDS[t]! + schedule[t]!) | 0
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    const second = (s0 + ((a & b) ^ (c & (a ^ b)))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

const rotated = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits))
