import type { MailLogin } from './mail-login.ts'
import { type Ended, run } from './process.ts'

/** Logs in over SMTP and sends a message. */
export const swaks = ({
  transport,
  port,
  ca,
  mechanism,
  authcid,
  password = '',
}: MailLogin): Promise<Ended> =>
  run('swaks', [
    ...['--server', '127.0.0.1', '--port', String(port), '--timeout', '50', '--helo', 'localhost'],
    ...['--from', 'tim@example.com', '--to', 'joe@example.com', '--body', 'A line.'],
    ...['--auth', mechanism, '--auth-user', authcid, '--auth-password', password],
    ...{ cleartext: [], STARTTLS: ['-tls'], TLS: ['--tls-on-connect'] }[transport],
    ...(transport === 'cleartext' ? [] : ['--tls-verify', '--tls-ca-path', ca]),
  ])

/** Exit status 28: none of the authentication that was asked for succeeded. */
export const SWAKS_REFUSED = 28
