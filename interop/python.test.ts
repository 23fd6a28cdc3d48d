/** Python's smtplib, imaplib and poplib log in to our server. */
import { PYTHON_REFUSED, pythonMail } from './peers/python-mail.ts'
import { requirePeer } from './peers/require-peer.ts'
import { type MailClient, provePassword, provePasswordCommand } from './prove-mail-client.ts'

const peer = requirePeer('python3', 'openssl')
const library = (name: string): MailClient => ({
  peer: { ...peer, name: `Python's ${name}` },
  run: pythonMail,
  refused: PYTHON_REFUSED,
})
const smtplib = library('smtplib')
const imaplib = library('imaplib')
const poplib = library('poplib')

const asked = 'COMMAND'
const mechanism = 'PLAIN'
for (const transport of ['STARTTLS', 'TLS'] as const) {
  // smtplib sends names and passwords as ASCII, or not at all; so does imaplib with CRAM-MD5.
  for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5']) {
    provePassword(smtplib, { protocol: 'SMTP', transport, mechanism }, { unicode: false })
    provePassword(imaplib, { protocol: 'IMAP', transport, mechanism }, { unicode: mechanism !== 'CRAM-MD5' })
  }
  provePasswordCommand(imaplib, { protocol: 'IMAP', transport, mechanism, asked }, 'LOGIN')
  provePasswordCommand(poplib, { protocol: 'POP3', transport, mechanism, asked }, 'USER and PASS')
}

const transport = 'cleartext'
provePassword(smtplib, { protocol: 'SMTP', transport, mechanism: 'CRAM-MD5' }, { unicode: false })
provePassword(imaplib, { protocol: 'IMAP', transport, mechanism: 'CRAM-MD5' }, { unicode: false })
