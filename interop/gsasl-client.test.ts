/** Our client halves against GNU SASL's servers, on standard input and output: no protocol in between. */
import assert from 'node:assert/strict'
import { type ClientCredentials, type Connection, type MechanismName, SaslError, saslClient } from 'saslkit'
import { JURGEN, NINE, TIM, WRONG_PASSWORD } from './accounts.ts'
import { againstGsaslLibrary, againstGsaslServer } from './peers/gsasl.ts'
import { requirePeer } from './peers/require-peer.ts'
import { prove } from './prove.ts'

const gsasl = requirePeer('gsasl')
const library = requirePeer('gsasl', 'python3')
const ours = { protocol: 'no protocol', transport: 'stdio', role: 'client' } as const

const SCRAM = ['SCRAM-SHA-1', 'SCRAM-SHA-256'] as const
const PLUS = ['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS'] as const

const exporter = { type: 'tls-exporter', data: new Uint8Array(32).fill(0x5a) } as const
const elsewhere = { type: 'tls-exporter', data: new Uint8Array(32).fill(0xa5) } as const
const SECURE: Connection = { secure: true, host: 'localhost', service: 'imap' }
const BOUND: Connection = { ...SECURE, tlsVersion: 'TLSv1.3', channelBindings: [exporter] }

const begin = (mechanism: MechanismName, credentials: ClientCredentials, connection = SECURE) =>
  saslClient(credentials, { mechanisms: [mechanism] }).select([mechanism], connection)

const isPlus = (mechanism: string) => mechanism.endsWith('-PLUS')

const logIn = (
  mechanism: MechanismName,
  credentials: ClientCredentials,
  password: string,
  binding = exporter,
) =>
  againstGsaslServer(begin(mechanism, credentials, isPlus(mechanism) ? BOUND : SECURE), {
    mechanism,
    args: ['--password', password],
    binding,
  })

const refused = (error: unknown) => error instanceof SaslError && error.reason === 'invalid-credentials'

const nine = (password: string): ClientCredentials => ({ authcid: NINE.authcid, password })

for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5', ...SCRAM, ...PLUS] as const) {
  const result = { ...ours, peer: gsasl, mechanism, binding: isPlus(mechanism) ? 'tls-exporter' : undefined }

  prove({ ...result, shows: 'logs in' }, () => logIn(mechanism, TIM, TIM.password))
  prove({ ...result, shows: 'logs in as jürgen' }, () => logIn(mechanism, JURGEN, JURGEN.password))
  prove({ ...result, shows: 'wrong password refused' }, () =>
    assert.rejects(logIn(mechanism, TIM, WRONG_PASSWORD), refused),
  )
  if (mechanism === 'LOGIN') continue // GNU SASL compares its passwords as they are
  prove({ ...result, shows: 'a password that SASLprep changes' }, async () => {
    await logIn(mechanism, nine(NINE.password), NINE.typed)
    await logIn(mechanism, nine(NINE.typed), NINE.password)
  })
}

for (const mechanism of ['PLAIN', ...SCRAM] as const)
  prove({ ...ours, peer: library, mechanism, shows: 'asks to act as another' }, async () => {
    const exchange = begin(mechanism, { ...TIM, authzid: JURGEN.authcid })
    const log = await againstGsaslLibrary(exchange, { mechanism, password: TIM.password })
    assert.match(log, /^authcid tim\nauthzid jürgen$/m)
  })

for (const mechanism of PLUS)
  prove({ ...ours, peer: gsasl, mechanism, binding: 'tls-exporter', shows: 'another channel refused' }, () =>
    assert.rejects(logIn(mechanism, TIM, TIM.password, elsewhere), refused),
  )

for (const mechanism of SCRAM)
  prove({ ...ours, peer: gsasl, mechanism, shows: 'a list without -PLUS is noticed' }, async () => {
    // We could and would bind, see no -PLUS, and say "y". Only a server that can bind too has reason to object.
    const client = saslClient(TIM, { mechanisms: [`${mechanism}-PLUS`, mechanism] })
    const options = { mechanism, args: ['--password', TIM.password] }
    await againstGsaslServer(client.select([mechanism], BOUND), options)
    const noticed = againstGsaslServer(client.select([mechanism], BOUND), { ...options, binding: exporter })
    await assert.rejects(noticed, refused)
  })

prove({ ...ours, peer: library, mechanism: 'ANONYMOUS', shows: 'logs in' }, async () => {
  await againstGsaslLibrary(begin('ANONYMOUS', { anonymous: 'sirhc@example.com' }), {
    mechanism: 'ANONYMOUS',
  })
})

const external = { ...ours, peer: library, mechanism: 'EXTERNAL' }
const logInExternally = (authzid: string | undefined, externalIdentity: string | undefined) =>
  againstGsaslLibrary(begin('EXTERNAL', { external: true, authzid }), {
    mechanism: 'EXTERNAL',
    externalIdentity,
  })

prove({ ...external, shows: 'logs in' }, async () => {
  await logInExternally(undefined, 'tim')
})
prove({ ...external, shows: 'asks to act as itself' }, async () => {
  assert.match(await logInExternally('tim', 'tim'), /^authzid tim$/m)
})
prove({ ...external, shows: 'asking to act as another refused' }, () =>
  assert.rejects(logInExternally('jürgen', 'tim'), refused),
)
