/** What the tests of enumeration share. */
import assert from 'node:assert/strict'
import type { Connection } from '../../src/connection.js'
import { makeStoredCredential } from '../../src/credentials/make-stored-credential.js'
import { parseStoredCredential } from '../../src/credentials/parse.js'
import type { StoredCredential } from '../../src/credentials/stored-credential.js'
import type { ScramHash } from '../../src/directory.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { type Octets, text, unbase64, utf8 } from '../../src/octets.js'
import type { ClientMechanism, ServerMechanism } from '../../src/step.js'
import type { DirectoryOptions, Kept, StoreDirectory, StoredAccount } from '../../src/stores/index.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import { converse } from '../../src/testing/mechanism/converse.js'

export const decoySecret: Octets = new Uint8Array(32).fill(1)
export const connection: Connection = { secure: true }

export const scramText = async (hash: ScramHash, iterations: number, salt?: Octets): Promise<string> =>
  (await makeStoredCredential('pencil', { scheme: `SCRAM-${hash}`, iterations, salt })).text
export const sha256: string = await scramText('SHA-256', 4096)
export const costly: string = await scramText('SHA-256', 10_000)
export const clear: StoredCredential = parseStoredCredential('pencil', { hint: 'cleartext' })

export const named = (name: string, ...credentials: readonly (Kept | readonly Kept[])[]): StoredAccount => ({
  name,
  credentials,
})
export const over = async (
  accounts: readonly StoredAccount[],
  options: Partial<DirectoryOptions> = {},
): Promise<StoreDirectory> => directory(await memoryStore(accounts), { decoySecret, ...options })

export interface Asked {
  readonly salt: string
  readonly length: number
  readonly iterations: number
  readonly rest: string
}

export async function ask(from: StoreDirectory, name: string, hash: ScramHash = 'SHA-256'): Promise<Asked> {
  const reply = await new ServerExchange(scramServer(hash, from, {})).step(utf8(`n,,n=${name},r=abc`))
  assert.ok(reply.kind === 'challenge')
  const [, salt, iterations, rest] = /^r=abc[A-Za-z0-9+/]{24},s=([^,]+),i=(\d+)(.*)$/.exec(
    text(reply.challenge),
  )!
  return { salt: salt!, length: unbase64(salt!).length, iterations: Number(iterations), rest: rest! }
}

export const NAMES: readonly string[] = Array.from({ length: 200 }, (_, at) => `unknown${at}`)

export async function end(client: ClientMechanism, server: ServerMechanism): Promise<unknown> {
  const { server: reply } = await converse({
    client: new ClientExchange(client, { connection }),
    server: new ServerExchange(server, { connection }),
  })
  return ending(reply!)
}

const ending = (reply: ServerReply): unknown =>
  reply.kind === 'failure'
    ? [reply.reason, reply.additionalData && text(reply.additionalData), String(reply.cause)]
    : reply.kind
