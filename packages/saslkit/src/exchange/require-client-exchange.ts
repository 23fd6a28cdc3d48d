import type { ChannelBinding } from '../connection.js'
import type { ClientExchangeOptions } from './client.js'

/**
 * In few words, for every browser that logs in has to fetch them; saslClient says more.
 *
 * @throws TypeError for options that are none, at once; and for a channel binding whose data is no octets: text has a length too,
 *   and what is bound would be so many zeros, the same on every connection.
 */
export function requireClientExchange(options: ClientExchangeOptions): void {
  const bindings = options && options.connection !== null && (options.connection?.channelBindings ?? [])
  if (
    !Array.isArray(bindings) ||
    !bindings.every((binding: ChannelBinding) => binding?.data?.BYTES_PER_ELEMENT === 1)
  )
    throw new TypeError('pass { connection: { channelBindings: [{ data: octets }] } }')
}
