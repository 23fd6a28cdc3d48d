import type { Connection } from './connection.js'
import { SaslError } from './errors.js'

/**
 * Set to true, lets mechanisms that send the secret itself (PLAIN, LOGIN, OAUTHBEARER, XOAUTH2) run over a connection
 * on which anybody can listen.
 *
 * @deprecated To make it stand out in review: nothing but a test on one machine should need it.
 */
export const allowPlaintext: unique symbol = Symbol('saslkit.allowPlaintext')

/** Options of what may have to send a secret over a connection on which anybody can listen. */
export interface PlaintextOptions {
  /** Default false. */
  readonly [allowPlaintext]?: boolean
}

/** Asked again each time a secret is about to leave or to be read, not once when the mechanism was chosen. */
export function refusePlaintext(
  mechanism: { readonly name: string; readonly plaintext?: boolean },
  connection: Connection,
  options: PlaintextOptions,
): void {
  if (mechanism.plaintext && connection.secure !== true && options[allowPlaintext] !== true)
    throw new SaslError(
      'encryption-required',
      `${mechanism.name} shows the secret to whoever listens; it needs TLS`,
    )
}
