import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  base64,
  type Directory,
  fromBase64,
  hmacMd5State,
  type MemoryAccount,
  makeScramCredentials,
  memoryDirectory,
  type ScramCredentials,
  type ScramHash,
  utf8,
} from 'saslkit'

export const AUTHCID = 'tim'
export const PASSWORD = 'tanstaaftanstaaf'

const HASHES: readonly ScramHash[] = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512']

export interface Accounts {
  readonly directory: Directory
  readonly decoySecret: Uint8Array<ArrayBuffer>
  /** A bearer token of tim's; the file has its hash. */
  readonly token: string
  /** Where the accounts are kept. Mode 0600, and no cleartext in it. */
  readonly file: string
  /** Where that is: a folder of this run's own. */
  readonly folder: string
  remove(): Promise<void>
}

interface Stored {
  readonly decoySecret: string
  readonly accounts: readonly {
    readonly authcid: string
    readonly scram: Readonly<
      Record<string, { salt: string; iterations: number; storedKey: string; serverKey: string }>
    >
    readonly hmacMd5State: string
    readonly tokenSha256: string
  }[]
}

/** Enrols tim: makes what a server keeps, writes it to a file, and forgets the password. */
export async function enrol(): Promise<Accounts> {
  const folder = await mkdtemp(join(tmpdir(), 'saslkit-mail-front-'))
  const file = join(folder, 'accounts.json')
  const token = randomBytes(24).toString('base64url')
  const scram = await Promise.all(
    HASHES.map(async (hash) => [hash, written(await makeScramCredentials(hash, PASSWORD))] as const),
  )
  const stored: Stored = {
    decoySecret: randomBytes(32).toString('base64'),
    accounts: [
      {
        authcid: AUTHCID,
        scram: Object.fromEntries(scram),
        hmacMd5State: base64(hmacMd5State(utf8(PASSWORD))),
        tokenSha256: sha256(token).toString('base64'),
      },
    ],
  }
  await writeFile(file, `${JSON.stringify(stored, undefined, 2)}\n`, { mode: 0o600 })
  const { directory, decoySecret } = await readAccounts(file)
  return {
    directory,
    decoySecret,
    token,
    file,
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Reads the file as a server that was started afresh would. */
async function readAccounts(file: string): Promise<Pick<Accounts, 'directory' | 'decoySecret'>> {
  const stored = JSON.parse(await readFile(file, 'utf8')) as Stored
  const accounts = stored.accounts.map(
    ({ authcid, scram, hmacMd5State }): MemoryAccount => ({
      authcid,
      scram: Object.fromEntries(Object.entries(scram).map(([hash, keys]) => [hash, read(keys)])),
      hmacMd5State: octets(hmacMd5State),
    }),
  )
  const tokens = stored.accounts.map(({ authcid, tokenSha256 }) => ({ authcid, hash: octets(tokenSha256) }))
  const directory: Directory = {
    ...(await memoryDirectory(accounts)),
    verifyToken(token) {
      const presented = sha256(token)
      const owner = tokens.find(({ hash }) => timingSafeEqual(hash, presented))
      return owner ? { authcid: owner.authcid } : { status: 'invalid_token', scope: 'mail' }
    },
  }
  return { directory, decoySecret: octets(stored.decoySecret) }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

const written = ({ salt, iterations, storedKey, serverKey }: ScramCredentials) => ({
  salt: base64(salt),
  iterations,
  storedKey: base64(storedKey),
  serverKey: base64(serverKey),
})

const read = (keys: ReturnType<typeof written>): ScramCredentials => ({
  salt: octets(keys.salt),
  iterations: keys.iterations,
  storedKey: octets(keys.storedKey),
  serverKey: octets(keys.serverKey),
})

function octets(encoded: string): Uint8Array<ArrayBuffer> {
  const decoded = fromBase64(encoded)
  if (!decoded) throw new Error('accounts.json: not base64')
  return decoded
}
