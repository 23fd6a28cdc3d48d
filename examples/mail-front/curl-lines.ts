import { AUTHCID, PASSWORD } from './accounts.ts'
import type { Front } from './front.ts'

/** What a reader can type to see a program that nobody here wrote log in. */
export function curlLines({ IMAP, POP3, SMTP }: Front['ports'], token: string): string {
  const user = `curl -k --user ${AUTHCID}:${PASSWORD}`
  return [
    `${user} --login-options AUTH=PLAIN imaps://127.0.0.1:${IMAP.TLS}`,
    `${user} --login-options AUTH=CRAM-MD5 --ssl-reqd imap://127.0.0.1:${IMAP.STARTTLS}`,
    `${user} --login-options AUTH=SCRAM-SHA-256 imaps://127.0.0.1:${IMAP.TLS}    # where curl --version names gsasl`,
    `${user} --login-options AUTH=LOGIN --ssl-reqd pop3://127.0.0.1:${POP3.STARTTLS}`,
    `curl -k --user ${AUTHCID}: --oauth2-bearer ${token} imaps://127.0.0.1:${IMAP.TLS}`,
    `echo Hello | ${user} --ssl-reqd --mail-from tim@localhost --mail-rcpt tim@localhost -T - smtp://127.0.0.1:${SMTP.STARTTLS}`,
    `curl -k --user ${AUTHCID}:wrong imaps://127.0.0.1:${IMAP.TLS}    # denied`,
  ].join('\n')
}
