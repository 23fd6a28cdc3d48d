/** What is handed out is the caller's: nobody else's octets lie beside it, and nobody else's exchange feels what becomes of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ClientCredentials,
  type MechanismName,
  memoryDirectory,
  type Octets,
  saslClient,
  saslServer,
} from '../../src/index.js'

const account = { authcid: 'a name of some length', password: 'tanstaaftanstaaf' }
const accounts = await memoryDirectory([account], {
  iterations: 4096,
  hashes: ['SHA-1', 'SHA-256', 'SHA-512'],
})
const directory = {
  ...accounts,
  verifyToken: (token: string) =>
    token === 'good' ? { authcid: account.authcid } : { status: 'invalid_token', scope: 'mail '.repeat(20) },
}
const connection = {
  secure: true,
  channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(32).fill(7) }],
} as const

/** Everything that either half hands out in one exchange, and how it ended. */
async function messages(
  name: MechanismName,
  credentials: ClientCredentials,
): Promise<readonly [string, readonly Octets[]]> {
  const policy = { mechanisms: [name] } as const
  const server = saslServer({ directory, decoySecret: new Uint8Array(16), policy })
  const theirs = server.begin(name, connection)
  const ours = saslClient(credentials, policy).select([name], connection)
  const handedOut: Octets[] = []
  const pass = (octets: Octets | undefined): Octets | undefined => {
    if (octets) handedOut.push(octets)
    return octets?.slice()
  }
  let reply = await theirs.step(pass(await ours.start()))
  while (reply.kind === 'challenge')
    reply = await theirs.step(pass(await ours.challenge(pass(reply.challenge)!)))
  if (reply.additionalData) pass(reply.additionalData)
  return [reply.kind, handedOut]
}

const ROWS: readonly (readonly [MechanismName, ClientCredentials, string])[] = [
  ['PLAIN', account, 'success'],
  ['LOGIN', account, 'success'],
  ['CRAM-MD5', account, 'success'],
  ['SCRAM-SHA-1', account, 'success'],
  ['SCRAM-SHA-256', account, 'success'],
  ['SCRAM-SHA-512', account, 'success'],
  ['SCRAM-SHA-256-PLUS', account, 'success'],
  ['SCRAM-SHA-512', { ...account, password: 'wrong' }, 'failure'],
  ['OAUTHBEARER', { ...account, token: 'good' }, 'success'],
  ['OAUTHBEARER', { ...account, token: 'bad' }, 'failure'],
  ['XOAUTH2', { ...account, token: 'bad' }, 'failure'],
]

for (const [name, credentials, end] of ROWS) {
  test(`${name}, ${end}: each message has a buffer of its own`, async () => {
    const [kind, handedOut] = await messages(name, credentials)
    assert.equal(kind, end)
    for (const octets of handedOut) assert.equal(octets.buffer.byteLength, octets.length)
  })

  test(`${name}, ${end}: whoever wipes or gives away what they were handed harms nobody`, async () => {
    const [, before] = await messages(name, credentials)
    for (const octets of before) {
      octets.fill(0)
      if (octets.length) structuredClone(octets, { transfer: [octets.buffer] })
    }
    const [kind, after] = await messages(name, credentials)
    assert.equal(kind, end)
    for (const octets of after.filter(({ length }) => length)) assert.ok(octets.some((octet) => octet !== 0))
  })
}
