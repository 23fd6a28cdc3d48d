import type { MailLogin } from './mail-login.ts'
import { type Ended, run } from './process.ts'

/** Logs in, and then lists what there is (IMAP, POP3) or sends a message (SMTP). */
export function curl(login: MailLogin): Promise<Ended> {
  const {
    protocol,
    transport,
    port,
    ca,
    mechanism,
    authcid,
    authzid,
    password = '',
    token,
    certificate,
  } = login
  const scheme = { IMAP: 'imap', POP3: 'pop3', SMTP: 'smtp' }[protocol] + (transport === 'TLS' ? 's' : '')
  const secret = token === undefined ? [] : ['--oauth2-bearer', token]
  return run(
    'curl',
    [
      ...['--silent', '--show-error', '--verbose', '--max-time', '50', '--cacert', ca],
      ...(transport === 'STARTTLS' ? ['--ssl-reqd'] : []),
      ...(certificate ? ['--cert', certificate.cert, '--key', certificate.key] : []),
      ...['--user', `${authcid}:${password}`, ...secret],
      ...(authzid === undefined ? [] : ['--sasl-authzid', authzid]),
      ...['--login-options', `AUTH=${mechanism}`],
      ...(protocol === 'SMTP' ? SENDING : []),
      `${scheme}://127.0.0.1:${port}`,
    ],
    protocol === 'SMTP' ? { input: MESSAGE } : {},
  )
}

const SENDING = ['--mail-from', 'tim@example.com', '--mail-rcpt', 'joe@example.com', '--upload-file', '-']
const MESSAGE = 'Subject: interop\r\n\r\nA line.\r\n'

/** Exit status 67 (CURLE_LOGIN_DENIED). */
export const CURL_LOGIN_DENIED = 67
