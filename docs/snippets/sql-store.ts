// Accounts of an older program, in the reader's database; and, after the block, what has become of them by logging in.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { saslClient, saslServer } from 'saslkit'
import { makeStoredCredential, parseStoredCredential } from 'saslkit/credentials'
import type { StoreDirectory } from 'saslkit/stores'

export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(16)
const password = 'tanstaaftanstaaf'
export const anOldBcryptHash: string = (await makeStoredCredential(password, { scheme: 'bcrypt', cost: 10 }))
  .text

const FILE = 'accounts.db'
rmSync(FILE, { force: true })
const before = new DatabaseSync(FILE)
before.exec('CREATE TABLE accounts (name TEXT PRIMARY KEY, credentials TEXT NOT NULL, refused TEXT) STRICT')
// With spaces, as another program may write it.
for (const [name, refused] of [
  ['tim', null],
  ['tom', 'account-disabled'],
] as const)
  before.prepare('INSERT INTO accounts VALUES (?, ?, ?)').run(name, `[ "${anOldBcryptHash}" ]`, refused)
before.close()

interface Block {
  readonly accounts: StoreDirectory
  readonly database: DatabaseSync
}

async function outcomeOf(accounts: StoreDirectory, mechanism: 'PLAIN' | 'SCRAM-SHA-256', authcid: string) {
  const connection = { secure: true }
  const policy = { mechanisms: ['PLAIN', 'SCRAM-SHA-256'] } as const
  const server = saslServer({ directory: accounts, decoySecret, policy }).begin(mechanism, connection)
  const client = saslClient({ authcid, password }).select([mechanism], connection)
  let reply = await server.step(await client.start())
  while (reply.kind === 'challenge') reply = await server.step(await client.challenge(reply.challenge))
  return reply.kind === 'failure' ? reply.reason : reply.kind
}

async function look({ accounts, database }: Block): Promise<void> {
  const kept = (name: string): unknown =>
    JSON.parse(
      String(database.prepare('SELECT credentials FROM accounts WHERE name = ?').get(name)?.credentials),
    )

  assert.equal(await outcomeOf(accounts, 'SCRAM-SHA-256', 'tim'), 'invalid-credentials')
  assert.equal(await outcomeOf(accounts, 'PLAIN', 'tom'), 'account-disabled')
  assert.equal(await outcomeOf(accounts, 'PLAIN', 'tim'), 'success')
  await accounts.idle()
  const [ofOnePassword, ...others] = kept('tim') as string[][]
  assert.deepEqual(others, [])
  assert.deepEqual(
    ofOnePassword?.map((text) => parseStoredCredential(text).scheme),
    ['SCRAM-SHA-256', 'SCRAM-SHA-512', 'SCRAM-SHA-1', 'argon2id'],
  )
  assert.equal(await outcomeOf(accounts, 'SCRAM-SHA-256', 'tim'), 'success')
}

// Where the block stands alone, and not before another.
const program = pathToFileURL(process.argv[1]!).href
import(program).then(async (block: Block | Record<string, never>) => {
  if (block.accounts) await look(block as Block)
})
