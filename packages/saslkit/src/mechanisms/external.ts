/** EXTERNAL (RFC 4422 appendix A): the layer below, TLS or a local socket, has authenticated the client already. */

import { EMPTY, text, utf8 } from '../octets.js'
import { own } from '../own.js'
import { type ClientMechanism, clientFirst, failure, finish, type ServerMechanism, success } from '../step.js'
import { optionalName } from './client-credentials.js'
import { authorizationIdentity } from './names.js'

/** What a client asks for whom the layer below has authenticated (RFC 4422 appendix A.1). */
export interface ExternalCredentials {
  /** Whom to act as; without it, whom the server takes from the layer below. */
  readonly authzid?: string | undefined
}

/**
 * The client half of EXTERNAL: the layer below has proved who we are.
 *
 * @throws TypeError for names that no message can carry.
 */
export function externalClient(credentials: ExternalCredentials = {}): ClientMechanism {
  const authzid = optionalName(credentials.authzid)
  return { name: 'EXTERNAL', start: () => finish(authzid ? utf8(authzid) : EMPTY) }
}

/** The identity is the connection's `externalIdentity`. Without one, nobody gets in, whatever they claim. */
export const externalServer = (): ServerMechanism => ({
  name: 'EXTERNAL',
  maxLength: 1024,
  start: (initialResponse, { connection }) =>
    clientFirst(initialResponse, (message) => {
      const authzid = text(message)
      const asked = authzid ? authorizationIdentity(authzid) : undefined
      const externalIdentity = own(connection, 'externalIdentity')
      return externalIdentity
        ? success({ authcid: externalIdentity, authzid: asked })
        : failure('invalid-credentials')
    }),
})
