import { inspect } from 'node:util'
import type { ScramHash } from 'saslkit'
import {
  CREDENTIAL_LIMITS,
  type CredentialFormat,
  parseStoredCredential,
  type StoredCredential,
  StoredCredentialError,
} from 'saslkit/credentials'
import { demand } from '../finding.ts'
import type { Row } from '../row.ts'
import { STORED_VECTORS } from '../vectors.ts'
import { demandCosts } from './stored-costs.ts'
import { textRow } from './text-row.ts'

const HASHES: readonly ScramHash[] = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512']
const SIZES: Readonly<Record<ScramHash, number>> = {
  'SHA-1': 20,
  'SHA-224': 28,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
  'SHA3-512': 64,
}
const PROBLEMS: readonly string[] = ['unknown', 'malformed', 'limit', 'unsupported']

/** What of a text is likely to be salt, key or password. */
const secretsIn = (text: string): readonly string[] =>
  text.split(/[^A-Za-z0-9+/.]/).filter((word) => word.length >= 12)

export function isStoredCredentialError(error: unknown, text: string): boolean {
  if (!(error instanceof StoredCredentialError) || !PROBLEMS.includes(error.problem)) return false
  return !secretsIn(text).some((secret) => error.message.includes(secret))
}

async function check(stored: StoredCredential, text: string): Promise<void> {
  demand(stored.text === text, 'another text than was read')
  for (const shown of [JSON.stringify(stored), ...(text.length % 16 ? [] : [inspect(stored)])])
    demand(!secretsIn(text).some((secret) => shown.includes(secret)), () => `shows its content: ${shown}`)
  demandCosts(stored.parameters)
  for (const hash of HASHES) {
    const keys = await stored.scramCredentials(hash)
    demand(
      !stored.serves.includes(`SCRAM-${hash}`) || keys !== undefined || stored.secret !== undefined,
      `it serves SCRAM-${hash}, and has no keys`,
    )
    if (!keys) continue
    const { salt, storedKey, serverKey } = keys
    demand(salt.length >= 1 && salt.length <= CREDENTIAL_LIMITS.saltLength, `a salt of ${salt.length}`)
    demand(storedKey.length === SIZES[hash] && serverKey.length === SIZES[hash], 'keys of another length')
    demand(Number.isSafeInteger(keys.iterations) && keys.iterations >= 1, `${keys.iterations} iterations`)
  }
  const { secret, ha1 } = stored
  if (secret) {
    const octets = 'secret' in secret ? secret.secret : secret.hmacMd5State
    demand(octets.length > 0, 'an empty secret')
    if ('hmacMd5State' in secret) demand(secret.hmacMd5State.length === 32, 'a state of another length')
  }
  demand(ha1 === undefined || ha1.length === 16, 'an HA1 of another length')
}

const FORMATS = [...new Set(STORED_VECTORS.map(({ format }) => format))] as readonly CredentialFormat[]

/** At which one limit is kept and another is not: nobody gets there from known answers, one digit at a time. */
const COSTLY: readonly string[] = [
  ...['/xvrD', '/nD', '7..nC', '7..xvrD', 'H..xvrD', '/....zzzz', 'DT/1', './/xvrD'].map(
    (costs) => `$y$j${costs}$salt$${'x'.repeat(43)}`,
  ),
  ...['/zzzz./....', '/..../zzzz.', '2.2.../....', '2/.....2...', 'I6....2....'].map(
    (costs) => `$7$${costs}salt$${'x'.repeat(43)}`,
  ),
  ...['ln=1,r=1,p=16777215', 'ln=1,r=4194304,p=1', 'ln=1,r=256,p=1', 'ln=20,r=8,p=4'].map(
    (costs) => `$scrypt$${costs}$c2FsdHNhbHQ$${'x'.repeat(43)}`,
  ),
  ...['m=8,t=524288,p=1', 'm=1048576,t=4,p=255'].map(
    (costs) => `$argon2id$v=19$${costs}$c2FsdHNhbHQ$${'x'.repeat(43)}`,
  ),
  `$2b$16$${'x'.repeat(53)}`,
  `$5$rounds=5000000$salt$${'x'.repeat(43)}`,
  `$pbkdf2-sha256$10000000$c2FsdA$${'x'.repeat(43)}`,
]

const costs: Row = textRow({
  name: 'stored costs',
  share: 2,
  seeds: COSTLY,
  pieces: [...new Set(COSTLY.flatMap((text) => text.split(/(?<=[$,=])|(?=[$,])/)))].filter(
    ({ length }) => length < 40,
  ),
  read: (text) => parseStoredCredential(text),
  refuses: isStoredCredentialError,
  check,
})

/** What is read only where it is said what it is. */
const BARE = {
  cleartext: ['tanstaaftanstaaf', 'p\u00e4ssw\u00f6rd', '{PLAIN}tanstaaftanstaaf', '$1$tanstaaftanstaaf'],
  'cram-md5': ['9186d855e11eba527a7a52ca82b313e180d62234f0acc9051b527243d41e2740', 'AB'.repeat(32)],
  'digest-md5': ['d41d8cd98f00b204e9800998ecf8427e', 'AB'.repeat(16)],
} as const satisfies Partial<Record<CredentialFormat, readonly string[]>>

/** Every stored format. A new one joins by its known answers (test/vectors/stored-credentials.json). */
export const STORED_ROWS: readonly Row[] = [
  costs,
  ...(Object.keys(BARE) as (keyof typeof BARE)[]).map((hint) =>
    textRow({
      name: `stored ${hint}`,
      share: 0.2,
      seeds: BARE[hint],
      read: (text) => parseStoredCredential(text, { hint }),
      refuses: isStoredCredentialError,
      check,
    }),
  ),
  ...FORMATS.flatMap((format) => {
    const seeds = STORED_VECTORS.filter((vector) => vector.format === format).map(({ text }) => text)
    const pieces = [...new Set(seeds.flatMap((seed) => seed.split(/(?<=[{}$:,;="])/)))].filter(
      ({ length }) => length < 40,
    )
    return [format, undefined].map((hint) =>
      textRow({
        name: `stored ${format}${hint ? '' : ', not said so'}`,
        share: 0.7,
        seeds,
        pieces,
        read: (text) => parseStoredCredential(text, { hint }),
        refuses: isStoredCredentialError,
        check,
      }),
    )
  }),
]
