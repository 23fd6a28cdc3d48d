/** SHA-crypt, `$5$` and `$6$`: "Unix crypt using SHA-256 and SHA-512", Ulrich Drepper, version 0.6. */
import { hashFunction } from '#crypto'
import { concat, type Octets, utf8 } from '../../octets.js'
import { crypt64 } from '../encodings/crypt64.js'
import { breathe } from './breathe.js'

export type ShaCryptHash = 'SHA-256' | 'SHA-512'

/** About 3 ms of work. */
const SLICE = 1024

/** In which order the octets of the digest are written (step 22): three columns that start and turn as given. */
const ORDER: Readonly<Record<ShaCryptHash, readonly number[]>> = {
  'SHA-256': [...columns(10, (a, b, c) => [c, a, b]), 30, 31],
  'SHA-512': [...columns(21, (a, b, c) => [b, c, a]), 63],
}

type Triple = [number, number, number]

function columns(height: number, turn: (...triple: Triple) => Triple): number[] {
  let triple: Triple = [0, height, 2 * height]
  const order: number[] = []
  for (let i = 0; i < height; i++) {
    order.push(...triple.toReversed())
    const [a, b, c] = turn(...triple)
    triple = [a + 1, b + 1, c + 1]
  }
  return order
}

const repeated = (octets: Octets, length: number): Octets => {
  const result = new Uint8Array(length)
  for (let at = 0; at < length; at += octets.length) result.set(octets.subarray(0, length - at), at)
  return result
}

/**
 * @param salt 0 to 16 characters, as they are.
 * @param rounds 1,000 at least. What comes out is the last field, 43 or 86 characters.
 * @throws `signal.reason` when aborted.
 */
export async function shaCrypt(
  name: ShaCryptHash,
  password: Octets,
  salt: string,
  rounds: number,
  signal?: AbortSignal,
): Promise<string> {
  const { digest } = await hashFunction(name)
  const salted = utf8(salt)
  const inner = digest(concat(password, salted, password)) // steps 4 to 8
  const start = [password, salted, repeated(inner, password.length)] // steps 1 to 3, 9, 10
  for (let bits = password.length; bits; bits >>>= 1) start.push(bits & 1 ? inner : password) // step 11
  let state = digest(concat(...start))
  const p = repeated(digest(repeated(password, password.length ** 2)), password.length) // steps 13 to 16
  const s = repeated(digest(repeated(salted, salted.length * (16 + state[0]!))), salted.length) // steps 17 to 20

  // Step 21. What a round hashes after or before the state depends on the round's remainders by 2, 3 and 7 alone.
  const fillings = Array.from({ length: 42 }, (_, round) =>
    concat(
      ...(round & 1 ? [p] : []),
      round % 3 ? s : p.subarray(0, 0),
      round % 7 ? p : p.subarray(0, 0),
      ...(round & 1 ? [] : [p]),
    ),
  )
  for (let round = 0; round < rounds; round++) {
    const filling = fillings[round % 42]!
    state = digest(round & 1 ? concat(filling, state) : concat(state, filling))
    if (round % SLICE === SLICE - 1) await breathe(signal)
  }
  return crypt64(Uint8Array.from(ORDER[name], (at) => state[at]!))
}
