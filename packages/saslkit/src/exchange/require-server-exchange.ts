import { requireConnection } from '../require-connection.js'
import { requireSignal } from '../require-signal.js'
import { requireAuthorize } from './require-authorize.js'
import type { ServerExchangeOptions } from './server.js'

/** @throws TypeError, RangeError: at once, for what goes wrong in a step is told to nobody but the log. */
export function requireServerExchange(options: ServerExchangeOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('pass options as an object: { connection, authorize }')
  const { connection, signal, authorize, additionalData } = options
  if (connection !== undefined) requireConnection(connection)
  requireSignal(signal)
  requireAuthorize(authorize)
  if (additionalData !== undefined && additionalData !== 'with-success' && additionalData !== 'as-challenge')
    throw new RangeError('additionalData must be with-success or as-challenge')
}
