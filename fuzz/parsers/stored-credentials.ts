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
  const { iterations, rounds } = stored.parameters
  for (const [count, most] of [
    [iterations, CREDENTIAL_LIMITS.pbkdf2Iterations],
    [rounds, CREDENTIAL_LIMITS.cryptRounds],
  ] as const)
    demand(count === undefined || (Number(count) >= 1 && Number(count) <= most), `a cost of ${count}`)
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

/** Every stored format. A new one joins by its known answers (test/vectors/stored-credentials.json). */
export const STORED_ROWS: readonly Row[] = FORMATS.flatMap((format) => {
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
})
