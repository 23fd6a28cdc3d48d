import { fileURLToPath } from 'node:url'
import type { MailLogin } from './mail-login.ts'
import { type Ended, run } from './process.ts'

const SCRIPT = fileURLToPath(new URL('python-mail.py', import.meta.url))

/** Python's smtplib, imaplib and poplib. */
export const pythonMail = (login: MailLogin): Promise<Ended> => {
  const { protocol, transport, port, ca, mechanism, authcid, password = '' } = login
  return run('python3', [SCRIPT, protocol, transport, String(port), ca, mechanism, authcid, password])
}

/** Exit status 3, of that script: the server refused us. */
export const PYTHON_REFUSED = 3
