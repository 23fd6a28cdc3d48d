/** Halves whose nonce is always the same would pass, were it not for these cases. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ClientMechanism,
  memoryDirectory,
  type ScramLookup,
  scramClient,
  scramServer,
} from '../../src/index.js'
import { testMechanism } from '../../src/testing/index.js'

const good = { authcid: 'user', password: 'pencil' }
const options = { keyCache: new Map() }
const { scramCredentials } = await memoryDirectory([good], { iterations: 4096 })
const decoySecret = new Uint8Array(16)

/** The names of those of the cases that fail. */
async function failing(client: ClientMechanism, nonce?: () => string): Promise<readonly string[]> {
  const cases: [string, () => Promise<void>][] = []
  testMechanism<ScramLookup>({
    test: (name, body) => /said before/.test(name) && cases.push([name, body]),
    client,
    server: (asked) => scramServer('SHA-256', asked, { decoySecret, ...(nonce && { nonce }) }),
    directory: { scramCredentials },
    identity: { authcid: 'user' },
    altered: 'refused',
    replayed: 'refused',
  })
  const failed: string[] = []
  for (const [name, body] of cases) await body().catch(() => failed.push(name))
  return failed
}

test('halves that draw nonces pass', async () => {
  assert.deepEqual(await failing(scramClient('SHA-256', good, options)), [])
})

test('a client that always says the same nonce is found, and so is such a server', async () => {
  const same = () => 'always the same'.replaceAll(' ', '-')
  const carriages = ['with', 'without'].map((how) => `${how} initial response and additional data`)
  const named = (what: string) => carriages.map((carriage) => `SCRAM-SHA-256 ${carriage}: ${what}`)
  assert.deepEqual(
    await failing(scramClient('SHA-256', good, { ...options, nonce: same })),
    named('a client does not believe what a server said before'),
  )
  assert.deepEqual(
    await failing(scramClient('SHA-256', good, options), same),
    named('what a client said before lets nobody in'),
  )
})
