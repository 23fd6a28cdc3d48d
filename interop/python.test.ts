/** Python's smtplib and imaplib log in to our server. */
import { PYTHON_REFUSED, pythonMail } from './peers/python-mail.ts'
import { requirePeer } from './peers/require-peer.ts'
import { type MailClient, provePassword } from './prove-mail-client.ts'

const python = requirePeer('python3', 'openssl')

for (const [protocol, library] of [
  ['SMTP', 'smtplib'],
  ['IMAP', 'imaplib'],
] as const) {
  // biome-ignore format: pairs
  const peer = { ...python, name: `Python's ${library}` }
  const client: MailClient = { peer, run: pythonMail, refused: PYTHON_REFUSED }
  // smtplib sends names and passwords as ASCII, or not at all; so does imaplib with CRAM-MD5.
  for (const transport of ['STARTTLS', 'TLS'] as const)
    for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5'])
      provePassword(
        client,
        { protocol, transport, mechanism },
        {
          unicode: protocol === 'IMAP' && mechanism !== 'CRAM-MD5',
        },
      )
  provePassword(client, { protocol, transport: 'cleartext', mechanism: 'CRAM-MD5' }, { unicode: false })
}
