/** Names that need escapes, preparation or care, from the tests of GNU SASL and elsewhere: in by every mechanism that has names. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { saslClient } from '../../src/negotiation/client.js'
import type { MechanismName } from '../../src/negotiation/mechanism-name.js'
import { saslServer } from '../../src/negotiation/server.js'
import { text } from '../../src/octets.js'
import { converse } from '../../src/testing/mechanism/converse.js'

const connection = { secure: true }
const NAMES = [
  'Ali Baba',
  'BAB,ABA',
  ',=,=',
  '=',
  '=2C',
  '=3D',
  'a=2Cb',
  'user@example.com',
  'j\u00fcrgen',
  '\u540d\u524d',
  '\u{1d11e}',
]
const PASSWORDS = ['pencil', ' ', ',=,=', 'p\u00e4ssw\u00f6rd', '\u5bc6\u7801', '\u2168', 'a'.repeat(500)]
const MECHANISMS = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const

async function login(mechanism: MechanismName, authcid: string, password: string, authzid?: string) {
  const directory = await memoryDirectory([{ authcid, password }], { iterations: 4096 })
  const server = saslServer({
    directory,
    decoySecret: new Uint8Array(16),
    policy: { mechanisms: [mechanism] },
    authorize: (identity) => identity.authzid === (authzid ?? authcid),
  })
  const client = saslClient({ authcid, password, authzid }, { mechanisms: [mechanism] }).select(
    [mechanism],
    connection,
  )
  return converse({ client, server: server.begin(mechanism, connection) })
}

for (const mechanism of MECHANISMS)
  test(`${mechanism}: odd names and passwords get in as they are`, async () => {
    for (const [authcid, password] of [
      ...NAMES.map((name) => [name, 'pencil'] as const),
      ...PASSWORDS.map((password) => ['user', password] as const),
    ]) {
      const { server, clientError } = await login(mechanism, authcid, password)
      assert.ok(
        server?.kind === 'success',
        `${authcid} ${password}: ${JSON.stringify(server)} ${clientError}`,
      )
      assert.equal(server.identity.authcid, authcid)
      assert.equal(clientError, undefined)
    }
  })

for (const mechanism of ['PLAIN', 'SCRAM-SHA-256'] as const)
  test(`${mechanism}: an odd authzid is asked for as it is`, async () => {
    for (const authzid of NAMES) {
      const { server } = await login(mechanism, 'user', 'pencil', authzid)
      assert.equal(server?.kind === 'success' && server.identity.authzid, authzid)
    }
  })

test('EXTERNAL and OAUTHBEARER carry an odd authzid as it is', async () => {
  for (const authzid of NAMES)
    for (const mechanism of ['EXTERNAL', 'OAUTHBEARER'] as const) {
      const server = saslServer({
        directory: { verifyToken: () => ({ authcid: 'user' }) },
        authorize: () => true,
      })
      const bound = { ...connection, externalIdentity: 'user' }
      const client = saslClient({ authzid, token: 'token', external: true }, { mechanisms: [mechanism] })
      const exchange = client.select([mechanism], bound)
      const { server: reply } = await converse({ client: exchange, server: server.begin(mechanism, bound) })
      assert.equal(reply?.kind === 'success' && reply.identity.authzid, authzid)
    }
})

test('"," and "=" are escaped on the wire, each once (RFC 5802 section 5.1)', async () => {
  const client = saslClient({ authcid: ',=,=', authzid: '=2C', password: 'pencil' })
  const first = await client.select(['SCRAM-SHA-256'], connection).start()
  assert.match(text(first!), /^n,a==3D2C,n==2C=3D=2C=3D,r=/)
})
