/** swaks logs in to our server. */
import { requirePeer } from './peers/require-peer.ts'
import { SWAKS_REFUSED, swaks } from './peers/swaks.ts'
import { type MailClient, provePassword, proveRefusal } from './prove-mail-client.ts'

const client: MailClient = { peer: requirePeer('swaks', 'openssl'), run: swaks, refused: SWAKS_REFUSED }
const protocol = 'SMTP'

for (const transport of ['STARTTLS', 'TLS'] as const)
  for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5'])
    provePassword(client, { protocol, transport, mechanism })

provePassword(client, { protocol, transport: 'cleartext', mechanism: 'CRAM-MD5' })
for (const mechanism of ['PLAIN', 'LOGIN'])
  proveRefusal(client, { protocol, transport: 'cleartext', mechanism })
