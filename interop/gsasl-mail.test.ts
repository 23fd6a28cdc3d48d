/** GNU SASL's IMAP and SMTP client logs in to our server; over TLS also with channel binding. */
import assert from 'node:assert/strict'
import { TIM } from './accounts.ts'
import { gsaslMail } from './peers/gsasl-mail.ts'
import { requirePeer } from './peers/require-peer.ts'
import { prove } from './prove.ts'
import { assertIn, type MailClient, provePassword, type Way } from './prove-mail-client.ts'

const client: MailClient = { peer: requirePeer('gsasl', 'openssl'), run: gsaslMail, refused: 1 }

for (const protocol of ['IMAP', 'SMTP'] as const) {
  for (const mechanism of ['CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'])
    provePassword(client, { protocol, transport: 'cleartext', mechanism })
  for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'])
    provePassword(client, { protocol, transport: 'STARTTLS', mechanism })
  for (const mechanism of ['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS']) {
    const way: Way = { protocol, transport: 'STARTTLS', mechanism, binding: 'tls-exporter' }
    provePassword(client, way)
    const result = { peer: client.peer, role: 'server', ...way } as const
    prove({ ...result, shows: 'says that it binds by that' }, async () => {
      const { stdout } = await assertIn(client, way, TIM)
      assert.ok(stdout.includes(btoa('p=tls-exporter,')), stdout)
    })
  }
}
