/**
 * The MD5-based crypt(3) of FreeBSD (`$1$`), and Apache's variation that differs in the marker alone (`$apr1$`). A
 * thousand rounds, for ever.
 */
import { hashFunction } from '#crypto'
import { type Awaitable, andThen } from '../../awaitable.js'
import { concat, type Octets, utf8 } from '../../octets.js'
import { crypt64 } from '../encodings/crypt64.js'

const ROUNDS = 1000

/** In which order the octets of the digest are written. */
const ORDER = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11] as const

/** @param salt 1 to 8 characters, as they are. What comes out is the last field, 22 characters. */
export const md5Crypt = (password: Octets, salt: string, marker: '$1$' | '$apr1$'): Awaitable<string> =>
  andThen(hashFunction('MD5'), ({ digest }) => {
    const salted = utf8(salt)
    const inner = digest(concat(password, salted, password))
    const start = [password, utf8(marker), salted]
    for (let left = password.length; left > 0; left -= 16) start.push(inner.subarray(0, Math.min(16, left)))
    for (let bits = password.length; bits; bits >>>= 1)
      start.push(bits & 1 ? Uint8Array.of(0) : password.subarray(0, 1))
    let state = digest(concat(...start))
    for (let round = 0; round < ROUNDS; round++)
      state = digest(
        concat(
          round & 1 ? password : state,
          ...(round % 3 ? [salted] : []),
          ...(round % 7 ? [password] : []),
          round & 1 ? state : password,
        ),
      )
    return crypt64(Uint8Array.from(ORDER, (at) => state[at]!))
  })
