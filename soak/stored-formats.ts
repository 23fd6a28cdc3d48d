/** What is soaked of stored credentials: of each format one that is cheap to verify. */
import {
  allowBroken,
  type CredentialFormat,
  type MakeStoredCredentialOptions,
  makeStoredCredential,
  parseStoredCredential,
  verifyPassword,
} from 'saslkit/credentials'
import { iterations, PASSWORD } from './accounts.ts'

export interface SoakedFormat {
  readonly format: CredentialFormat
  /** Takes a hundred times as long as a digest. */
  readonly slow: boolean
  /** Reads the text anew and verifies a password, for the nth time: the right one, or one of very many wrong ones. */
  verify(at: number): Promise<void>
}

type Making = Omit<MakeStoredCredentialOptions, 'format' | 'username' | 'realm'>

const owner = { username: 'user', realm: 'mail.example' }

async function soakedFormat(
  format: CredentialFormat,
  made: Making | { readonly text: string },
): Promise<SoakedFormat> {
  const text =
    'text' in made
      ? made.text
      : (await makeStoredCredential(PASSWORD, { ...made, ...owner, format, [allowBroken]: true })).text
  return {
    format,
    slow: !('scheme' in made && DIGESTS.has(made.scheme)),
    async verify(at) {
      const right = at % 2 === 0
      const credential = parseStoredCredential(text, { hint: format })
      if ((await verifyPassword(credential, right ? PASSWORD : `${PASSWORD}${at}`, owner)) !== right)
        throw new Error(`stored ${format}: a ${right ? 'right' : 'wrong'} password is taken for the other`)
    },
  }
}

const DIGESTS: ReadonlySet<unknown> = new Set(['cleartext', 'cram-md5', 'digest-md5', 'sha', 'ssha512'])

const scram: Making = { scheme: 'SCRAM-SHA-256', iterations }
const pbkdf2: Making = { scheme: 'pbkdf2-sha256', iterations: 1000 }

/** The compiler sees to it that no format is missing. */
const FORMATS: Readonly<Record<CredentialFormat, Making | { readonly text: string }>> = {
  cleartext: { scheme: 'cleartext' },
  'cram-md5': { scheme: 'cram-md5' },
  'digest-md5': { scheme: 'digest-md5' },
  dovecot: { scheme: 'ssha512' },
  ldap: { scheme: 'ssha512' },
  htpasswd: { scheme: 'sha' },
  crypt: { scheme: 'md5-crypt' },
  passlib: pbkdf2,
  phc: pbkdf2,
  django: pbkdf2,
  // Read, and not made here: by passlib 1.7.4 (packages/saslkit/test/vectors/stored-credentials.json).
  wordpress: { text: '$P$5lrv4DwRmo2N2qehMjJhWfwdbagnsq1' },
  gsasl: scram,
  rfc5803: scram,
  postgresql: scram,
  kafka: scram,
  // Its least.
  mongodb: { ...scram, iterations: 5000 },
  ejabberd: scram,
  prosody: scram,
}

export const SOAKED_FORMATS: readonly SoakedFormat[] = await Promise.all(
  Object.entries(FORMATS).map(([format, made]) => soakedFormat(format as CredentialFormat, made)),
)
