import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MechanismName, memoryDirectory, saslClient, saslServer } from '../../src/index.js'

const connection = { secure: true }
const directory = await memoryDirectory([{ authcid: 'tim', password: 'pencil' }], {
  iterations: 4096,
  prepare: 'precis',
})
const server = saslServer({ directory, decoySecret: new Uint8Array(16).fill(1), prepare: 'precis' })

async function loginAs(mechanism: MechanismName, authcid: string, authzid: string) {
  const ours = saslClient({ authcid, authzid, password: 'pencil' }, { mechanisms: [mechanism] }).select(
    [mechanism],
    connection,
  )
  const theirs = server.begin(mechanism, connection)
  let reply = await theirs.step(await ours.start())
  while (reply.kind === 'challenge') reply = await theirs.step(await ours.challenge(reply.challenge))
  return reply.kind === 'success' ? reply.identity : reply.kind === 'failure' && reply.reason
}

for (const mechanism of ['PLAIN', 'SCRAM-SHA-256'] as const) {
  test(`${mechanism}: who asks to act as the name they typed asks for nobody else, whatever its spelling`, async () => {
    for (const typed of ['tim', 'TIM', 'Ｔｉｍ'])
      assert.deepEqual(await loginAs(mechanism, typed, typed), { authcid: 'tim', authzid: undefined })
  })

  test(`${mechanism}: another spelling than the one typed is another name, and for authorize to say`, async () => {
    assert.equal(await loginAs(mechanism, 'tim', 'TIM'), 'not-authorized')
  })
}
