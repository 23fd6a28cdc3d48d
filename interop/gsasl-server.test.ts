/** Our server halves against GNU SASL's client, on standard input and output: no protocol in between. */
import assert from 'node:assert/strict'
import {
  type Authorize,
  type Connection,
  type Identity,
  memoryDirectory,
  type ServerReply,
  saslServer,
} from 'saslkit'
import { JURGEN, NINE, TIM, WRONG_PASSWORD } from './accounts.ts'
import { againstGsaslClient, type GsaslOptions } from './peers/gsasl.ts'
import { requirePeer } from './peers/require-peer.ts'
import { prove } from './prove.ts'

const peer = requirePeer('gsasl')
const ours = { peer, protocol: 'no protocol', transport: 'stdio', role: 'server' } as const

const SCRAM = ['SCRAM-SHA-1', 'SCRAM-SHA-256'] as const
const PLUS = ['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS'] as const
const isPlus = (mechanism: string) => mechanism.endsWith('-PLUS')
const PASSWORDS = ['PLAIN', 'LOGIN', 'CRAM-MD5', ...SCRAM, ...PLUS] as const

const exporter = { type: 'tls-exporter', data: new Uint8Array(32).fill(0x5a) } as const
const elsewhere = { type: 'tls-exporter', data: new Uint8Array(32).fill(0xa5) } as const
const BOUND: Connection = {
  secure: true,
  host: 'localhost',
  service: 'imap',
  tlsVersion: 'TLSv1.3',
  channelBindings: [exporter],
  externalIdentity: 'tim',
}

const directory = await memoryDirectory([TIM, JURGEN, { ...NINE }], {
  hashes: ['SHA-1', 'SHA-256'],
  iterations: 4096,
})

interface Login extends Omit<GsaslOptions, 'mechanism'> {
  readonly authorize?: Authorize
  readonly connection?: Connection
}

function serve(mechanism: string, { authorize, connection = BOUND, ...options }: Login) {
  const server = saslServer({
    directory,
    authorize,
    decoySecret: new Uint8Array(16).fill(7),
    policy: { mechanisms: [...PASSWORDS, 'ANONYMOUS', 'EXTERNAL'] },
  })
  const exchange = server.begin(mechanism, connection, { additionalData: 'as-challenge' })
  return againstGsaslClient(exchange, {
    mechanism,
    ...(isPlus(mechanism) && { binding: exporter }),
    ...options,
  })
}

const as = (authcid: string, password: string, ...more: string[]) => [
  '--authentication-id', authcid, '--password', password, ...more] // biome-ignore format: a command line

function assertIn({ reply, content, log }: Awaited<ReturnType<typeof serve>>, expected: Identity): void {
  assert.equal(reply.kind, 'success', log)
  assert.deepEqual(reply.kind === 'success' && { ...reply.identity, authzid: reply.identity.authzid }, {
    authzid: undefined,
    ...expected,
  })
  assert.ok(content, log)
}

const reasonOf = (reply: ServerReply) => (reply.kind === 'failure' ? reply.reason : reply.kind)

for (const mechanism of PASSWORDS) {
  const result = { ...ours, mechanism, binding: isPlus(mechanism) ? 'tls-exporter' : undefined }

  prove({ ...result, shows: 'logs in' }, async () => {
    assertIn(await serve(mechanism, { args: as(TIM.authcid, TIM.password) }), { authcid: 'tim' })
  })
  prove({ ...result, shows: 'logs in as jürgen' }, async () => {
    assertIn(await serve(mechanism, { args: as(JURGEN.authcid, JURGEN.password) }), { authcid: 'jürgen' })
  })
  prove({ ...result, shows: 'a password that SASLprep changes' }, async () => {
    for (const typed of [NINE.password, NINE.typed])
      assertIn(await serve(mechanism, { args: as(NINE.authcid, typed) }), { authcid: 'nine' })
  })
  prove({ ...result, shows: 'wrong password refused' }, async () => {
    const { reply } = await serve(mechanism, { args: as(TIM.authcid, WRONG_PASSWORD) })
    assert.equal(reasonOf(reply), 'invalid-credentials')
  })
  prove({ ...result, shows: 'unknown account refused' }, async () => {
    const { reply } = await serve(mechanism, { args: as('nobody', TIM.password) })
    assert.equal(reasonOf(reply), 'invalid-credentials')
  })
}

for (const mechanism of ['PLAIN', ...SCRAM, ...PLUS]) {
  const result = { ...ours, mechanism, binding: isPlus(mechanism) ? 'tls-exporter' : undefined }
  const args = as(TIM.authcid, TIM.password, '--authorization-id', 'jürgen')

  prove({ ...result, shows: 'asks to act as another' }, async () => {
    const authorize: Authorize = ({ authcid, authzid }) => authcid === 'tim' && authzid === 'jürgen'
    assertIn(await serve(mechanism, { args, authorize }), { authcid: 'tim', authzid: 'jürgen' })
  })
  prove({ ...result, shows: 'asking to act as another refused' }, async () => {
    assert.equal(reasonOf((await serve(mechanism, { args })).reply), 'not-authorized')
  })
}

for (const mechanism of PLUS)
  prove({ ...ours, mechanism, binding: 'tls-exporter', shows: 'another channel refused' }, async () => {
    const { reply } = await serve(mechanism, { args: as(TIM.authcid, TIM.password), binding: elsewhere })
    assert.equal(reasonOf(reply), 'invalid-credentials')
  })

prove({ ...ours, mechanism: 'ANONYMOUS', shows: 'logs in' }, async () => {
  const login = await serve('ANONYMOUS', { args: ['--anonymous-token', 'sirhc@example.com'] })
  assertIn(login, { authcid: 'anonymous', anonymous: { trace: 'sirhc@example.com' } })
})

prove({ ...ours, mechanism: 'EXTERNAL', shows: 'logs in' }, async () => {
  assertIn(await serve('EXTERNAL', {}), { authcid: 'tim' })
})
prove({ ...ours, mechanism: 'EXTERNAL', shows: 'asks to act as itself' }, async () => {
  assertIn(await serve('EXTERNAL', { args: ['--authorization-id', 'tim'] }), {
    authcid: 'tim',
    authzid: 'tim',
  })
})
prove({ ...ours, mechanism: 'EXTERNAL', shows: 'asking to act as another refused' }, async () => {
  const { reply } = await serve('EXTERNAL', { args: ['--authorization-id', 'jürgen'] })
  assert.equal(reasonOf(reply), 'not-authorized')
})
prove({ ...ours, mechanism: 'EXTERNAL', shows: 'refused where no layer below vouches' }, async () => {
  const { reply } = await serve('EXTERNAL', { connection: { secure: true } })
  assert.equal(reasonOf(reply), 'mechanism-unavailable')
})
