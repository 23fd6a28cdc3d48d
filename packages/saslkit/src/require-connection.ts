import type { ChannelBinding, Connection } from './connection.js'
import { isOctets } from './require-octets.js'

/**
 * @throws TypeError for what is no connection, and for channel bindings whose data is no octets: text has a length too, and what
 *   is bound would be so many zeros, the same on every connection.
 */
export function requireConnection(connection: Connection): void {
  if (typeof connection !== 'object' || connection === null || typeof connection.secure !== 'boolean')
    throw new TypeError(
      'connection must be { secure: true or false }, or what connectionOf(socket, …) of saslkit/node gives',
    )
  const { channelBindings } = connection
  if (channelBindings !== undefined && !isList(channelBindings))
    throw new TypeError(
      "channelBindings must be a list: [{ type: 'tls-exporter', data }], whose data is a Uint8Array",
    )
}

const isList = (bindings: readonly ChannelBinding[]): boolean =>
  Array.isArray(bindings) &&
  bindings.every((binding) => typeof binding?.type === 'string' && isOctets(binding.data))
