import type { CertificatePaths } from './certificates.ts'

/** What a mail client needs in order to log in to a server on loopback. */
export interface MailLogin {
  readonly protocol: 'IMAP' | 'POP3' | 'SMTP'
  readonly transport: 'cleartext' | 'STARTTLS' | 'TLS'
  readonly port: number
  /** The authority that the server's certificate is checked against. */
  readonly ca: string
  readonly mechanism: string
  readonly authcid: string
  /** Whom to act as. */
  readonly authzid?: string | undefined
  readonly password?: string | undefined
  readonly token?: string | undefined
  readonly certificate?: CertificatePaths['client'] | undefined
}
