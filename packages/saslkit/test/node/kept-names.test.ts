/** Whom a server keeps in mind after a login does not keep the login's secret in memory. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Identity, type MechanismName, type Octets, saslServer, utf8 } from '../../src/index.js'

const NAME = 'a.name.of.some.length@example.org'

/** Made when the test runs, so that the source is not found in its place. */
const mark = [...'4f1dSentinel'].reverse().join('')
const secretOf = (name: string): string => `${name}.${mark}`

const LOGINS: readonly (readonly [MechanismName, readonly (Octets | undefined)[]])[] = [
  ['PLAIN', [utf8(`\0${NAME}\0${secretOf('PLAIN')}`)]],
  ['LOGIN', [undefined, utf8(NAME), utf8(secretOf('LOGIN'))]],
  ['XOAUTH2', [utf8(`user=${NAME}\x01auth=Bearer ${secretOf('XOAUTH2')}\x01\x01`)]],
  ['OAUTHBEARER', [utf8(`n,a=${NAME},\x01auth=Bearer ${secretOf('OAUTHBEARER')}\x01\x01`)]],
]

async function login(
  mechanism: MechanismName,
  responses: readonly (Octets | undefined)[],
): Promise<Identity> {
  const server = saslServer({
    directory: { verifyPassword: () => true, verifyToken: () => ({ authcid: 'tim' }) },
    policy: { mechanisms: [mechanism] },
    authorize: () => true,
  })
  const exchange = server.begin(mechanism, { secure: true })
  let identity: Identity | undefined
  for (const response of responses) {
    const reply = await exchange.step(response)
    if (reply.kind === 'success') identity = reply.identity
    response?.fill(0)
  }
  return identity!
}

const skip = 'Bun' in globalThis || 'Deno' in globalThis ? 'reads a heap of Node’s' : false

test('a name that is kept keeps no password or token', { skip }, async () => {
  const kept: Identity[] = []
  for (const [mechanism, responses] of LOGINS) kept.push(await login(mechanism, responses))
  'x'.match(/x/) // RegExp.input holds what was matched last
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
  }
  const file = writeHeapSnapshot(join(mkdtempSync(join(tmpdir(), 'saslkit-')), 'heap'))
  const heap = readFileSync(file, 'latin1')
  rmSync(dirname(file), { recursive: true })
  assert.ok(heap.includes(NAME))
  for (const [mechanism] of LOGINS)
    assert.ok(!heap.includes([mechanism, '.', mark].join('')), `the secret of ${mechanism} is still there`)
  assert.equal(kept.length, LOGINS.length)
})
