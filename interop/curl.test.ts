/** curl logs in to our server. Debian's knows no SCRAM. */
import { CURL_LOGIN_DENIED, curl } from './peers/curl.ts'
import { requirePeer } from './peers/require-peer.ts'
import {
  type MailClient,
  proveAuthzid,
  proveCertificate,
  provePassword,
  proveRefusal,
  proveToken,
} from './prove-mail-client.ts'

const client: MailClient = { peer: requirePeer('curl', 'openssl'), run: curl, refused: CURL_LOGIN_DENIED }

for (const protocol of ['IMAP', 'POP3', 'SMTP'] as const) {
  for (const transport of ['STARTTLS', 'TLS'] as const) {
    for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5'])
      provePassword(client, { protocol, transport, mechanism })
    proveAuthzid(client, { protocol, transport, mechanism: 'PLAIN' })
    // Where both are offered, curl takes OAUTHBEARER, whatever it was told; and with XOAUTH2 it does not answer the error.
    proveToken(client, { protocol, transport, mechanism: 'OAUTHBEARER' })
    proveToken(client, { protocol, transport, mechanism: 'XOAUTH2', offered: ['XOAUTH2'] }, { hangsUp: true })
    proveCertificate(client, { protocol, transport, mechanism: 'EXTERNAL' })
  }
  provePassword(client, { protocol, transport: 'cleartext', mechanism: 'CRAM-MD5' })
  for (const mechanism of ['PLAIN', 'LOGIN'])
    proveRefusal(client, { protocol, transport: 'cleartext', mechanism })
}
