/** SMix of yescrypt with its default flags (YESCRYPT_RW), after the specification in its reference implementation. */
import { hashFunction } from '#crypto'
import type { Octets } from '../../octets.js'
import { breathe } from './breathe.js'
import { type Pwxform, pwxform, TABLES } from './pwxform.js'
import { salsa20 } from './salsa20.js'

/** Blocks of 64 octets mixed between two breaths: some 5 ms. */
const SLICE = 4096
/** To fill the tables of a lane takes as long as so many. */
const TABLES_BLOCKS = 96

export interface YescryptCost {
  /** A power of 2. */
  readonly N: number
  readonly r: number
  readonly p: number
  /** More passes over the memory; 0 is the default. */
  readonly t: number
}

/** In yescrypt's order: word i is the (5 i mod 16)th of its block. */
function load(octets: Octets): Int32Array {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  return Int32Array.from({ length: octets.length / 4 }, (_, i) =>
    view.getInt32((i & ~15) * 4 + ((5 * i) % 16) * 4, true),
  )
}

function store(words: Int32Array, octets: Octets): void {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  words.forEach((word, i) => {
    view.setInt32((i & ~15) * 4 + ((5 * i) % 16) * 4, word, true)
  })
}

const largestPower = (number: number): number => 2 ** Math.floor(Math.log2(number))

const xorInto = (target: Int32Array, memory: Int32Array, at: number): void => {
  for (let k = 0; k < target.length; k++) target[k]! ^= memory[at + k]!
}

/** The tables of one lane: 96 blocks of scrypt's own filling, over the lane's first 128 octets, which it changes. */
function fillTables(lane: Octets): Int32Array {
  const tables = new Int32Array(TABLES)
  const state = load(lane.subarray(0, 128))
  const [first, second] = [state.subarray(0, 16), state.subarray(16)]
  for (let at = 0; at < TABLES; at += 32) {
    tables.set(state, at)
    xorInto(first, second, 0)
    salsa20(first, 4)
    xorInto(second, first, 0)
    salsa20(second, 4)
  }
  store(state, lane.subarray(0, 128))
  return tables
}

/**
 * Mixes the lanes in place.
 *
 * @param lanes p lanes of 128 r octets.
 * @param key 32 octets, which the first lane's tables change.
 * @throws `signal.reason` when aborted.
 */
export async function yescryptMix(
  lanes: Octets,
  { N, r, p, t }: YescryptCost,
  key: Octets,
  signal: AbortSignal | undefined,
): Promise<void> {
  const sha256 = await hashFunction('SHA-256')
  const width = 32 * r
  const memory = new Int32Array(N * width)
  const { chunk, passes, writing } = loopsOf(N, p, t)
  let mixed = 0
  const mayRest = (blocks: number): Promise<void> | undefined => {
    mixed += blocks
    if (mixed < SLICE) return undefined
    mixed = 0
    return breathe(signal)
  }

  async function fill(state: Int32Array, at: number, count: number, { mix }: Pwxform): Promise<void> {
    for (let i = 0; i < count; i++) {
      memory.set(state, at + i * width)
      if (i > 1) {
        const power = largestPower(i)
        const j = (state[width - 16]! & (power - 1)) + (i - power)
        xorInto(state, memory, at + j * width)
      }
      mix(state, 2 * r)
      const breath = mayRest(2 * r)
      if (breath) await breath
    }
  }

  async function revisit(
    state: Int32Array,
    at: number,
    power: number,
    loops: number,
    write: boolean,
    { mix }: Pwxform,
  ): Promise<void> {
    for (let i = 0; i < loops; i++) {
      const block = at + (state[width - 16]! & (power - 1)) * width
      xorInto(state, memory, block)
      if (write) memory.set(state, block)
      mix(state, 2 * r)
      const breath = mayRest(2 * r)
      if (breath) await breath
    }
  }

  const forms: Pwxform[] = []
  for (let i = 0; i < p; i++) {
    const lane = lanes.subarray(128 * r * i, 128 * r * (i + 1))
    const form = pwxform(fillTables(lane))
    forms.push(form)
    mixed += TABLES_BLOCKS // The block that follows may rest.
    if (i === 0) key.set(sha256.hmac(lane.subarray(128 * r - 64), key))
    const count = i < p - 1 ? chunk : N - chunk * i
    const state = load(lane)
    await fill(state, chunk * i * width, count, form)
    await revisit(state, chunk * i * width, largestPower(count), writing, true, form)
    store(state, lane)
  }
  for (let i = 0; i < p; i++) {
    const lane = lanes.subarray(128 * r * i, 128 * r * (i + 1))
    const state = load(lane)
    await revisit(state, 0, N, passes - writing, false, forms[i]!)
    store(state, lane)
  }
}

/** How many blocks a lane fills, and how often blocks are visited again: in all, and while writing. */
function loopsOf(N: number, p: number, t: number): { chunk: number; passes: number; writing: number } {
  const chunk = Math.floor(N / p)
  const all = t > 1 ? chunk * (t - 1) : Math.ceil((chunk * (t + 1)) / 3)
  const even = (count: number) => count + (count % 2)
  return { chunk: chunk - (chunk % 2), passes: even(all), writing: even(Math.floor(all / p)) }
}
