import type { MailLogin } from './mail-login.ts'
import { type Ended, run } from './process.ts'

/**
 * GNU SASL's own IMAP and SMTP client. It knows STARTTLS, not implicit TLS, never sends an initial response with IMAP,
 * and takes the mechanism that it was told to whether it was offered or not. Exit status 0: authenticated.
 */
export const gsaslMail = ({
  protocol,
  transport,
  port,
  ca,
  mechanism,
  authcid,
  password = '',
}: MailLogin): Promise<Ended> =>
  run('gsasl', [
    ...[
      protocol === 'IMAP' ? '--imap' : '--smtp',
      '--connect',
      `localhost:${port}`,
      '--hostname',
      'localhost',
    ],
    ...(transport === 'STARTTLS' ? ['--starttls', '--x509-ca-file', ca] : ['--no-starttls']),
    ...(mechanism.endsWith('-PLUS') ? [] : ['--no-cb']),
    ...['--mechanism', mechanism, '--authentication-id', authcid, '--password', password],
    ...['--verbose', '-d'],
  ])
