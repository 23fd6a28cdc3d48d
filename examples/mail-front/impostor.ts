import { base64, challenge, clientFirst, type ServerMechanism, success, text, utf8 } from 'saslkit'

/**
 * A server that knows no password: it takes whatever proof it is sent, claims success, and signs nothing. Over PLAIN it
 * would have the password now; a SCRAM client does not believe it.
 */
export const impostor: ServerMechanism = {
  name: 'SCRAM-SHA-256',
  start: (initialResponse) =>
    clientFirst(initialResponse, (message) => {
      const nonce = /r=(.*)$/.exec(text(message))?.[1]
      const salt = base64(utf8('any salt will do'))
      return challenge(utf8(`r=${nonce}impostor,s=${salt},i=4096`), () => success({ authcid: 'tim' }))
    }),
}
