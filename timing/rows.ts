import {
  type Connection,
  type Directory,
  type MechanismName,
  memoryDirectory,
  type SaslServer,
  type ServerReply,
  saslClient,
  saslServer,
} from 'saslkit'
import type { MakeScheme } from 'saslkit/credentials'
import { directoryOf, disabled, known, RIGHT, unknown } from '../bench/stored-accounts.ts'
import type { Kind, Row } from './row.ts'

const connection: Connection = { secure: true, host: 'mail.example' }
const decoySecret = new Uint8Array(32)
const encoder = new TextEncoder()

const nameOf = (kind: Kind, at: number): string =>
  kind === 'unknown' ? unknown(at) : kind === 'disabled' ? disabled(at) : known(at)

const serverOver = (directory: Directory, mechanism: MechanismName): SaslServer =>
  saslServer({ directory, decoySecret, policy: { mechanisms: [mechanism] } })

async function timed(
  work: () => PromiseLike<ServerReply> | ServerReply,
): Promise<readonly [number, ServerReply]> {
  const start = performance.now()
  const coming = work()
  const reply = 'then' in coming ? await coming : coming
  return [(performance.now() - start) * 1e3, reply]
}

function requireEnd(reply: ServerReply, kind: Kind): void {
  const as = reply.kind === 'failure' ? reply.reason : reply.kind
  if (as !== (kind === 'right' ? 'success' : 'invalid-credentials')) throw new Error(`${kind} ends as ${as}`)
}

function plainRow(name: string, directory: Directory): Row {
  const server = serverOver(directory, 'PLAIN')
  return {
    mechanism: 'PLAIN',
    group: 'PLAIN',
    name,
    parts: [''],
    async attempt(kind, at) {
      const password = kind === 'right' ? RIGHT : 'wrong'
      const message = encoder.encode(`\0${nameOf(kind, at)}\0${password}`)
      const exchange = server.begin('PLAIN', connection)
      const [time, reply] = await timed(() => exchange.step(message))
      requireEnd(reply, kind)
      return [time]
    },
  }
}

const DIGEST = 'd41d8cd98f00b204e9800998ecf8427e'

function cramMd5Row(name: string, directory: Directory): Row {
  const server = serverOver(directory, 'CRAM-MD5')
  return {
    mechanism: 'CRAM-MD5',
    group: 'CRAM-MD5',
    name,
    parts: [''],
    async attempt(kind, at) {
      const authcid = nameOf(kind, at)
      const exchange = server.begin('CRAM-MD5', connection)
      const first = await exchange.step(undefined)
      if (first.kind !== 'challenge') throw new Error('no challenge')
      const client = saslClient({ authcid, password: RIGHT }, { mechanisms: ['CRAM-MD5'] })
      const right = client.select(['CRAM-MD5'], connection)
      await right.start()
      const answer = await right.challenge(first.challenge)
      const response = kind === 'right' ? answer : encoder.encode(`${authcid} ${DIGEST}`)
      const [time, reply] = await timed(() => exchange.step(response))
      requireEnd(reply, kind)
      return [time]
    },
  }
}

function scramRow(
  hash: 'SHA-1' | 'SHA-256' | 'SHA-512',
  octets: number,
  what: string,
  directory: Directory,
): Row {
  const mechanism = `SCRAM-${hash}` as const
  const server = serverOver(directory, mechanism)
  const policy = { mechanisms: [mechanism], keyCache: new Map() }
  const clients = new Map<string, ReturnType<typeof saslClient>>()
  const clientOf = (authcid: string) => {
    const client = clients.get(authcid) ?? saslClient({ authcid, password: RIGHT }, policy)
    clients.set(authcid, client)
    return client
  }
  return {
    mechanism,
    group: 'SCRAM',
    name: `${hash}, ${what}`,
    parts: ['the name', 'the proof'],
    async attempt(kind, at) {
      const exchange = server.begin(mechanism, connection)
      const client = clientOf(known(at)).select([mechanism], connection)
      const message = (await client.start())!
      // As long as the client's own, which is for known names.
      const sent = kind === 'right' ? message : encoder.encode(`n,,n=${nameOf(kind, at)},r=${nonce(at)}`)
      const [first, challenge] = await timed(() => exchange.step(sent))
      if (challenge.kind !== 'challenge') throw new Error('no challenge')
      const [, nonces] = /^r=([^,]+),/.exec(new TextDecoder().decode(challenge.challenge)) ?? []
      const response =
        kind === 'right'
          ? await client.challenge(challenge.challenge)
          : encoder.encode(`c=biws,r=${nonces},p=${proof(octets, at)}`)
      const [second, reply] = await timed(() => exchange.step(response))
      requireEnd(reply, kind)
      if (reply.kind === 'success') await client.success(reply.additionalData)
      return [first, second]
    },
  }
}

const nonce = (at: number): string => String(at).padStart(24, 'n')
const proof = (octets: number, at: number): string => Buffer.alloc(octets, at).toString('base64')

/** One of each class of what is stored: what is kept of others differs by names and lengths alone. */
const CLASSES: readonly (readonly [string, readonly MakeScheme[]])[] = [
  ['cleartext', ['cleartext']],
  ['digest: {SHA256}', ['sha256']],
  ['salted digest: {SSHA512}', ['ssha512']],
  ['md5-crypt', ['md5-crypt']],
  ['sha512-crypt', ['sha512-crypt']],
  ['bcrypt', ['bcrypt']],
  ['PBKDF2-SHA-256', ['pbkdf2-sha256']],
  ['scrypt', ['scrypt']],
  ['Argon2id', ['argon2id']],
  ['yescrypt', ['yescrypt']],
  ['SCRAM-SHA-256 keys', ['SCRAM-SHA-256']],
  ['CRAM-MD5 state', ['cram-md5']],
  ['DIGEST-MD5 HA1', ['digest-md5']],
  ['of two kinds: {SSHA512}, Argon2id', ['ssha512', 'argon2id']],
]

export async function rows(): Promise<readonly Row[]> {
  const names = Array.from({ length: 16 }, (_, at) => at)
  const accounts = names.flatMap((at) => [
    { authcid: known(at), password: RIGHT },
    { authcid: disabled(at), password: RIGHT, refused: 'account-disabled' as const },
  ])
  const memory = await memoryDirectory(accounts, {
    hashes: ['SHA-1', 'SHA-256', 'SHA-512'],
    iterations: 4096,
  })
  const cleartext = await directoryOf(['cleartext'])
  const plain: Row[] = [plainRow('memoryDirectory, cleartext', memory)]
  for (const [name, schemes] of CLASSES) plain.push(plainRow(name, await directoryOf(schemes)))
  return [
    scramRow('SHA-256', 32, 'memoryDirectory', memory),
    scramRow('SHA-1', 20, 'memoryDirectory', memory),
    scramRow('SHA-512', 64, 'memoryDirectory', memory),
    scramRow('SHA-256', 32, 'stored keys', await directoryOf(['SCRAM-SHA-256'])),
    scramRow('SHA-256', 32, 'two kinds stored', await directoryOf(['SCRAM-SHA-256', 'cleartext'])),
    scramRow('SHA-256', 32, 'stored cleartext', cleartext),
    ...plain,
    cramMd5Row('memoryDirectory', memory),
    cramMd5Row('stored cleartext', cleartext),
    cramMd5Row('stored state', await directoryOf(['cram-md5'])),
  ]
}
