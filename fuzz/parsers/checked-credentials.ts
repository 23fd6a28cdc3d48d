/** What comes of credentials that were edited: no password fits that did not, and no key changes hands wrongly. */
import type { ScramHash } from 'saslkit'
import {
  type CredentialFormat,
  type CredentialPreparation,
  convert,
  parseStoredCredential,
  type ScramFormat,
  type StoredCredential,
  verifyPassword,
} from 'saslkit/credentials'
import { PreparationError, preparePassword } from 'saslkit/strings'
import { sameOctets } from '../edits/octet-edit.ts'
import { demand } from '../finding.ts'
import type { Row } from '../row.ts'
import { STORED_VECTORS, STRING_VECTORS } from '../vectors.ts'
import { nearPasswords } from './near-passwords.ts'
import { isStoredCredentialError } from './stored-credentials.ts'
import { textRow } from './text-row.ts'

/** Cheap enough to check in a run. PLAIN-TRUNC takes whatever begins right, by design. */
const CHEAP =
  /^(?:sha|sha256|sha384|sha512|ssha|ssha256|ssha384|ssha512|md5|smd5|md4|cleartext|cram-md5|digest-md5)$/
const WRONG = ['no such password', '\0', ' ', 'x'.repeat(1024)]

/** Nor does any of these fit a credential that holds no password itself, however that is edited. */
const NEAR = await (async () => {
  const right = new Set(STORED_VECTORS.map(({ password }) => password))
  // HMAC fills keys with NUL (RFC 2104 section 2): behind a password it is none the other, to CRAM-MD5.
  const near = [...right].flatMap(nearPasswords).filter((one) => !one.endsWith('\0'))
  const prepared = await Promise.all(near.map((one) => formsOf(one, 'unknown', 'query')))
  return near.filter((_, at) => !prepared[at]!.some((form) => right.has(form)))
})()

const cheap = STORED_VECTORS.filter(({ scheme }) => CHEAP.test(scheme))
const HINTS: readonly (CredentialFormat | undefined)[] = [
  undefined,
  'dovecot',
  'ldap',
  'digest-md5',
  'cleartext',
]

const verified = textRow<StoredCredential>({
  name: 'stored, edited, and tried with wrong passwords',
  share: 0.5,
  seeds: cheap.map(({ text }) => text),
  // An edited text has lost whose it was: each is tried, as its length has it.
  read: (text) => parseStoredCredential(text, { hint: HINTS[text.length % HINTS.length] }),
  refuses: isStoredCredentialError,
  async check(stored, text) {
    if (!stored.serves.includes('password')) return
    const username = 'user@example.com'
    const wrong = stored.scheme === 'cleartext' ? WRONG : [...WRONG, ...NEAR]
    for (const password of wrong)
      demand(
        text.includes(password) || !(await verifyPassword(stored, password, { username })),
        () => `${JSON.stringify(password)} fits`,
      )
  },
})

const RULES = ['none', 'unknown', 'saslprep', 'precis', 'postgresql', 'mongodb'] as const

/** All that a rule makes of a password. What it refuses is kept as it is, and fits nothing where it is shown. */
async function formsOf(
  password: string,
  rule: CredentialPreparation,
  form: 'stored' | 'query',
): Promise<readonly string[]> {
  const [known, raw] = rule === 'unknown' ? (['saslprep', [password]] as const) : [rule, []]
  try {
    return [...raw, await preparePassword(password, known, form, { username: '', hash: 'SHA-256' })]
  } catch (error) {
    if (error instanceof PreparationError) return form === 'stored' ? [password] : raw
    throw error
  }
}

const nearlyRight = textRow<StoredCredential>({
  name: 'stored as they are, and tried with nearly right passwords',
  share: 0.2,
  seeds: ['pencil', '①②③④', 'ﬁsh', 'pâss\u00adwörd', ...STRING_VECTORS],
  read: (text) =>
    parseStoredCredential(text, { hint: 'cleartext', preparation: RULES[text.length % RULES.length] }),
  refuses: isStoredCredentialError,
  async check(stored, text) {
    const { preparation } = stored
    const right = await formsOf(text, preparation, 'stored')
    for (const password of [text, ...nearPasswords(text)]) {
      const forms = await formsOf(password, preparation, 'query')
      const fits = await verifyPassword(stored, password, { maxLength: 1e6 })
      demand(
        fits === (password !== '' && forms.some((form) => right.includes(form))),
        () => `${preparation}: ${JSON.stringify(password)} ${fits ? 'fits' : 'does not fit'}`,
      )
    }
  },
})

const FORMATS: readonly ScramFormat[] = [
  ...([
    'dovecot',
    'ejabberd',
    'gsasl',
    'kafka',
    'mongodb',
    'passlib',
    'postgresql',
    'prosody',
    'rfc5803',
  ] as const),
]

const converted = textRow<StoredCredential>({
  name: 'stored, edited, and converted',
  share: 0.3,
  seeds: STORED_VECTORS.filter(({ scheme }) => scheme.startsWith('SCRAM')).map(({ text }) => text),
  read: (text) => parseStoredCredential(text),
  refuses: isStoredCredentialError,
  async check(stored) {
    for (const service of stored.serves) {
      if (!service.startsWith('SCRAM-')) continue
      const hash = service.slice('SCRAM-'.length) as ScramHash
      const keys = await stored.scramCredentials(hash)
      if (!keys) continue
      for (const format of FORMATS) {
        const made = await convert(stored, format, { hash }).catch((error: unknown) => {
          demand(error instanceof RangeError, () => `convert throws ${String(error)}`)
          return undefined
        })
        const other = await made?.scramCredentials(hash)
        if (!made) continue
        demand(
          !!other &&
            other.iterations === keys.iterations &&
            sameOctets(other.salt, keys.salt) &&
            sameOctets(other.storedKey, keys.storedKey) &&
            sameOctets(other.serverKey, keys.serverKey),
          `other keys in ${format}`,
        )
      }
    }
  },
})

export const CHECKED_ROWS: readonly Row[] = [verified, nearlyRight, converted]
