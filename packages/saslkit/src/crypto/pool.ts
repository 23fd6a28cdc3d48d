import type { Octets } from '../octets.js'
import { afterSnapshot } from './after-snapshot.js'

const POOL = 4096
const pool = new Uint8Array(POOL)
let used = POOL

/**
 * Octets fit for nonces and salts. Drawn from a pool: one large getRandomValues is far cheaper than many small ones.
 * What has been handed out is wiped from the pool.
 */
export function random(length: number): Octets {
  if (length > POOL) return crypto.getRandomValues(new Uint8Array(length))
  if (used + length > POOL) {
    crypto.getRandomValues(pool)
    used = 0
    afterSnapshot(() => {
      used = POOL
    })
  }
  const octets = pool.slice(used, used + length)
  pool.fill(0, used, used + length)
  used += length
  return octets
}
