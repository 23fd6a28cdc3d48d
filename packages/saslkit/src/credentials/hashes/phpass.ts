/** The portable hashes of phpass, `$P$`, WordPress's before version 6.8: MD5 over and over. */
import { hashFunction } from '#crypto'
import { concat, type Octets, utf8 } from '../../octets.js'
import { crypt64 } from '../encodings/crypt64.js'
import { breathe } from './breathe.js'

/** About 3 ms of work. */
const SLICE = 4096

/** @param salt 8 characters, as they are. What comes out is the last field, 22 characters. */
export async function phpass(
  password: Octets,
  salt: string,
  rounds: number,
  signal?: AbortSignal,
): Promise<string> {
  const { digest } = await hashFunction('MD5')
  let state = digest(concat(utf8(salt), password))
  for (let round = 1; round <= rounds; round++) {
    state = digest(concat(state, password))
    if (round % SLICE === 0) await breathe(signal)
  }
  return crypt64(state)
}
