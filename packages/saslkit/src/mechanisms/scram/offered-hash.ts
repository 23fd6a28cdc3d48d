import type { Offered } from '../../connection.js'
import type { HashFunction } from '../../crypto/hash.js'
import { base64, utf8 } from '../../octets.js'

/**
 * The downgrade protection hash of XEP-0474 section 6.1: over what the server offered, each list sorted by its octets
 * and joined by %x1E, the two lists by %x1F where binding types were offered at all.
 */
export function offeredHash(hash: HashFunction, { mechanisms, channelBindings }: Offered): string {
  // Names are ASCII, so JavaScript's own order is that of the octets.
  const lists = channelBindings === undefined ? [mechanisms] : [mechanisms, channelBindings]
  return base64(hash.digest(utf8(lists.map((list) => [...list].sort().join('\x1e')).join('\x1f'))))
}
