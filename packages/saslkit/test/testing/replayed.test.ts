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

/** Those of the cases that fail, with what they say. */
async function failing(
  client: ClientMechanism,
  nonce?: () => string,
): Promise<readonly (readonly [name: string, message: string])[]> {
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
  const failed: [string, string][] = []
  for (const [name, body] of cases) await body().catch(({ message }: Error) => failed.push([name, message]))
  return failed
}

test('halves that draw nonces pass', async () => {
  assert.deepEqual(await failing(scramClient('SHA-256', good, options)), [])
})

test('a client that always says the same nonce is found, and so is such a server, and told what to do', async () => {
  const same = () => 'always the same'.replaceAll(' ', '-')
  const carriages = ['with', 'without'].map((how) => `${how} initial response and additional data`)
  const saying = (what: string, message: string) =>
    carriages.map((carriage) => [`SCRAM-SHA-256 ${carriage}: ${what}`, message])
  assert.deepEqual(
    await failing(scramClient('SHA-256', good, { ...options, nonce: same })),
    saying(
      'a client does not believe what a server said before',
      "a server that was recorded: the client believed it; have it send a nonce of its own, and check that the server's proof covers that",
    ),
  )
  assert.deepEqual(
    await failing(scramClient('SHA-256', good, options), same),
    saying(
      'what a client said before lets nobody in',
      'an exchange that was recorded, played to a new one, is a login; have the server draw a nonce, and the proof cover it',
    ),
  )
})
