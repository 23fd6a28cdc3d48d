/**
 * MD5 (RFC 1321) and its HMAC: our own on every runtime, for in JavaScript it takes less than the way from there to
 * node:crypto and back (bench/parts.ts, docs/decisions/0019-our-own-md5.md).
 *
 * It has nothing in common with the rest: bundlers put what is shared into files of their own, and most bundles never load this.
 */
import type { Octets } from '../octets.js'

const BLOCK = 64

/** Section 3.4: the first 32 bits of the sines, and by how much each round turns in its four steps. */
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.abs(Math.sin(i + 1)) * 2 ** 32)
const TURN = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const TURNS = Int32Array.from({ length: 64 }, (_, i) => TURN[((i >> 4) << 2) | (i & 3)]!)

/** Section 3.3. */
const INITIAL = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)

/** Scratch, of one synchronous call. */
const words = new Int32Array(BLOCK / 4)
const state = new Int32Array(4)
const innerState = new Int32Array(4)
const outerState = new Int32Array(4)

export function md5(data: Uint8Array): Octets {
  copy(INITIAL, state)
  absorb(0, data)
  const digest = taken(new Uint8Array(16), 0)
  wipe() // MongoDB's digest of a password is as good as the password
  return digest
}

/** HMAC-MD5 (RFC 2104). Text, which must be well-formed, stands for its UTF-8. */
export function hmacMd5(key: Uint8Array, data: Uint8Array | string): Octets {
  const octets = typeof data === 'string' ? new TextEncoder().encode(data) : data
  setKey(key)
  return mac(octets)
}

/** The states in which the padded key leaves the two hashes: the outer, then the inner. */
export function hmacMd5State(key: Uint8Array): Octets {
  setKey(key)
  const states = new Uint8Array(32)
  copy(outerState, state)
  taken(states, 0)
  copy(innerState, state)
  taken(states, 16)
  wipe()
  return states
}

/** @param states what `hmacMd5State` made of the key, 32 octets. */
export function hmacMd5FromState(states: Uint8Array, data: Uint8Array): Octets {
  for (let i = 0; i < 4; i++) {
    outerState[i] = wordAt(states, 4 * i)
    innerState[i] = wordAt(states, 16 + 4 * i)
  }
  return mac(data)
}

/** The two states from which every message under the key goes on. */
function setKey(key: Uint8Array): void {
  const short = key.length > BLOCK ? md5(key) : key
  place(short, 0)
  for (let i = 0; i < words.length; i++) words[i]! ^= 0x36363636
  copy(INITIAL, state)
  take()
  copy(state, innerState)
  for (let i = 0; i < words.length; i++) words[i]! ^= 0x36363636 ^ 0x5c5c5c5c
  copy(INITIAL, state)
  take()
  copy(state, outerState)
  if (short !== key) short.fill(0) // it stands for the key
}

function mac(data: Uint8Array): Octets {
  copy(innerState, state)
  absorb(BLOCK, data)
  clear(words)
  copy(state, words)
  words[4] = 0x80
  words[14] = 8 * (BLOCK + 16)
  copy(outerState, state)
  take()
  const digest = taken(new Uint8Array(16), 0)
  wipe()
  return digest
}

/** What the states were made of may be a secret, for which they then stand. */
function wipe(): void {
  clear(words)
  clear(state)
  clear(innerState)
  clear(outerState)
}

/** The data and its padding (sections 3.1 and 3.2), when so many octets have been taken before. */
function absorb(before: number, data: Uint8Array): void {
  let at = 0
  for (; at + BLOCK <= data.length; at += BLOCK) {
    place(data, at)
    take()
  }
  place(data, at)
  const rest = data.length - at
  words[rest >> 2]! |= 0x80 << (8 * (rest & 3))
  if (rest >= BLOCK - 8) {
    take()
    clear(words)
  }
  const bits = 8 * (before + data.length)
  words[14] = bits
  words[15] = bits / 2 ** 32
  take()
}

/** As much of the data as is there, from `at` on, and zeros. */
function place(data: Uint8Array, at: number): void {
  // Shifted last: more than 2 GiB fit in no 32 bits.
  const whole = Math.min(data.length - at, BLOCK) >> 2
  for (let i = 0; i < whole; i++) words[i] = wordAt(data, at + 4 * i)
  for (let i = whole; i < words.length; i++) words[i] = 0
  if (whole < words.length)
    for (let i = at + 4 * whole; i < data.length; i++) words[whole]! |= data[i]! << (8 * (i & 3))
}

const wordAt = (data: Uint8Array, at: number): number =>
  data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)

/** The state's octets, the least first. */
function taken(target: Octets, at: number): Octets {
  for (let i = 0; i < 16; i++) target[at + i] = state[i >> 2]! >> (8 * (i & 3))
  return target
}

/** Section 3.4, on the block that stands in `words`. */
function take(): void {
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  for (let i = 0; i < 16; i++) {
    const next = (b + turned((a + ((b & c) | (~b & d)) + words[i]! + SINES[i]!) | 0, i)) | 0
    a = d
    d = c
    c = b
    b = next
  }
  for (let i = 16; i < 32; i++) {
    const next = (b + turned((a + ((b & d) | (c & ~d)) + words[(5 * i + 1) & 15]! + SINES[i]!) | 0, i)) | 0
    a = d
    d = c
    c = b
    b = next
  }
  for (let i = 32; i < 48; i++) {
    const next = (b + turned((a + (b ^ c ^ d) + words[(3 * i + 5) & 15]! + SINES[i]!) | 0, i)) | 0
    a = d
    d = c
    c = b
    b = next
  }
  for (let i = 48; i < 64; i++) {
    const next = (b + turned((a + (c ^ (b | ~d)) + words[(7 * i) & 15]! + SINES[i]!) | 0, i)) | 0
    a = d
    d = c
    c = b
    b = next
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
}

function turned(word: number, i: number): number {
  const turn = TURNS[i]!
  return (word << turn) | (word >>> (32 - turn))
}

/** Loops, for calls of set() and fill() cost as much as a step or two of the hash each. */
function copy(from: Int32Array, to: Int32Array): void {
  for (let i = 0; i < 4; i++) to[i] = from[i]!
}

function clear(numbers: Int32Array): void {
  for (let i = 0; i < numbers.length; i++) numbers[i] = 0
}
