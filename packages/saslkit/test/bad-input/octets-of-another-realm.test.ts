import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import {
  base64,
  ClientExchange,
  type ClientMechanism,
  cramMd5Client,
  cramMd5Server,
  makeScramCredentials,
  ServerExchange,
  type ServerMechanism,
  scramClient,
  scramServer,
  text,
} from '../../src/index.js'

const foreign = (octets: Uint8Array): Uint8Array<ArrayBuffer> =>
  runInNewContext('Uint8Array.from(list)', { list: [...octets] }) as Uint8Array<ArrayBuffer>

const decoySecret = foreign(Buffer.from('sixteen octets..'))
const connection = { secure: true }

test('octets of another realm are octets, as are buffers: test runners have a realm for each file', () => {
  assert.equal(decoySecret instanceof Uint8Array, false)
  assert.equal(text(decoySecret), 'sixteen octets..')
  assert.equal(base64(Buffer.from('hello')), 'aGVsbG8=')
})

test('a directory may answer with them', async () => {
  const credentials = { authcid: 'user', password: 'pencil' }
  const { salt, iterations, storedKey, serverKey } = await makeScramCredentials(
    'SHA-256',
    credentials.password,
    {
      iterations: 4096,
    },
  )
  const held = {
    salt: foreign(salt),
    iterations,
    storedKey: foreign(storedKey),
    serverKey: foreign(serverKey),
  }
  await meet(
    scramClient('SHA-256', credentials),
    scramServer('SHA-256', { scramCredentials: () => held }, { decoySecret }),
  )
  const secret = foreign(Buffer.from(credentials.password))
  await meet(cramMd5Client(credentials), cramMd5Server({ secret: () => ({ secret }) }))
})

async function meet(client: ClientMechanism, server: ServerMechanism): Promise<void> {
  const ours = new ClientExchange(client, { connection })
  const theirs = new ServerExchange(server, { connection })
  let reply = await theirs.step(await ours.start())
  while (reply.kind === 'challenge') reply = await theirs.step(await ours.challenge(reply.challenge))
  assert.equal(reply.kind, 'success', JSON.stringify(reply))
}
