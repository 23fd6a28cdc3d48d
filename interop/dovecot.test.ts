/** Our client logs in to Dovecot. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ClientCredentials,
  type ClientPolicy,
  type MechanismName,
  SaslError,
  saslClient,
  TokenRefused,
} from 'saslkit'
import { type LoginOptions, login } from 'saslkit/node'
import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'
import { JURGEN, TIM, WRONG_PASSWORD } from './accounts.ts'
import { readPair } from './peers/certificates.ts'
import { startDovecot } from './peers/dovecot.ts'
import { requirePeer } from './peers/require-peer.ts'
import { prove } from './prove.ts'

const peer = requirePeer('dovecot', 'openssl')
const dovecot = peer.skip === undefined ? await startDovecot([TIM, JURGEN]) : undefined
after(() => dovecot?.stop())

const PROFILES = { IMAP: imap, POP3: pop3, SMTP: smtp }
const SERVICES = { IMAP: 'imap', POP3: 'pop3', SMTP: 'submission' } as const
const TLS = { cleartext: 'none', STARTTLS: 'starttls', TLS: 'implicit' } as const

interface Way {
  readonly protocol: keyof typeof PROFILES
  readonly transport: keyof typeof TLS
  readonly mechanism: MechanismName
}

const EVERYWHERE = (['IMAP', 'POP3', 'SMTP'] as const).flatMap((protocol) =>
  (['STARTTLS', 'TLS'] as const).map((transport) => ({ protocol, transport })),
)

function enter(
  { protocol, transport }: Omit<Way, 'mechanism'>,
  credentials: ClientCredentials,
  policy: ClientPolicy,
  tlsOptions: LoginOptions['tlsOptions'] = {},
) {
  const { ports, certificates } = dovecot!
  const service = SERVICES[protocol]
  return login({
    protocol: PROFILES[protocol],
    client: saslClient(credentials, policy),
    tls: TLS[transport],
    host: 'localhost',
    port: ports[transport === 'TLS' ? (`${service}s` as const) : service],
    tlsOptions: { ca: readFileSync(certificates.ca), ...tlsOptions },
    signal: AbortSignal.timeout(60_000),
  })
}

/** Dovecot's own word for it, in its log: who came in, by which mechanism, over what. */
async function hasLogged(
  { protocol, transport, mechanism }: Way,
  authcid: string,
  from: number,
): Promise<void> {
  const secured = transport === 'cleartext' ? '' : '.*, TLS'
  const line = new RegExp(
    `${SERVICES[protocol]}-login: .*Login: user=<${authcid}>, method=${mechanism},${secured}`,
  )
  for (let tries = 0; tries < 300; tries++) {
    if (line.test(dovecot!.log().slice(from))) return
    await sleep(20)
  }
  assert.match(dovecot!.log().slice(from), line)
}

async function assertIn(way: Way, credentials: ClientCredentials, tlsOptions?: LoginOptions['tlsOptions']) {
  const from = dovecot!.log().length
  const { socket, mechanism, connection, serverProved } = await enter(
    way,
    credentials,
    policyFor(way),
    tlsOptions,
  )
  socket.destroy()
  assert.equal(mechanism, way.mechanism)
  assert.equal(connection.secure, way.transport !== 'cleartext')
  assert.equal(serverProved, way.mechanism.startsWith('SCRAM-'))
  await hasLogged(way, credentials.authcid ?? 'anon', from)
}

const policyFor = ({ mechanism }: Way): ClientPolicy => ({ mechanisms: [mechanism] })

const refused = (error: unknown) => error instanceof SaslError && error.reason === 'invalid-credentials'

const resultOf = (way: Way) => ({ ...way, peer, role: 'client' }) as const

function provePassword(way: Way): void {
  prove({ ...resultOf(way), shows: 'logs in' }, () => assertIn(way, TIM))
  prove({ ...resultOf(way), shows: 'logs in as jürgen' }, () => assertIn(way, JURGEN))
  prove({ ...resultOf(way), shows: 'wrong password refused' }, () =>
    assert.rejects(enter(way, { ...TIM, password: WRONG_PASSWORD }, policyFor(way)), refused),
  )
}

/** OAUTHBEARER has RFC 6749's codes; XOAUTH2, as Google wrote it, HTTP's. */
const STATUS: Readonly<Record<string, string>> = { OAUTHBEARER: 'invalid_token', XOAUTH2: '401' }

function proveToken(way: Way): void {
  prove({ ...resultOf(way), shows: 'logs in' }, () =>
    assertIn(way, { authcid: 'tim', token: dovecot!.token('tim') }),
  )
  prove({ ...resultOf(way), shows: 'bad token refused, with its status' }, () =>
    assert.rejects(
      enter(way, { authcid: 'tim', token: `${dovecot!.token('tim')}AAAA` }, policyFor(way)),
      (error) => error instanceof TokenRefused && error.status === STATUS[way.mechanism],
    ),
  )
  prove({ ...resultOf(way), shows: 'a new token after a refused one' }, async () => {
    const tokens = ['e30.e30.AAAA', dovecot!.token('tim')]
    await assertIn(way, { authcid: 'tim', token: () => tokens.shift()! })
    assert.deepEqual(tokens, [])
  })
}

for (const at of EVERYWHERE) {
  for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] as const)
    provePassword({ ...at, mechanism })
  for (const mechanism of ['OAUTHBEARER', 'XOAUTH2'] as const) proveToken({ ...at, mechanism })

  const external = { ...at, mechanism: 'EXTERNAL' } as const
  prove({ ...resultOf(external), shows: 'logs in' }, () =>
    assertIn(external, { external: true, authcid: 'tim' }, readPair(dovecot!.certificates.client)),
  )
  prove({ ...resultOf(external), shows: 'refused without a certificate' }, () =>
    assert.rejects(enter(external, { external: true }, policyFor(external)), refused),
  )
}

for (const protocol of ['IMAP', 'POP3', 'SMTP'] as const) {
  for (const mechanism of ['CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] as const)
    provePassword({ protocol, transport: 'cleartext', mechanism })

  const best = { protocol, transport: 'STARTTLS', mechanism: 'SCRAM-SHA-256' } as const
  prove({ ...resultOf(best), shows: 'chosen where all are offered' }, async () => {
    const { socket, mechanism } = await enter(best, TIM, {})
    socket.destroy()
    assert.equal(mechanism, best.mechanism)
  })
}

const nobody = { protocol: 'IMAP', transport: 'TLS', mechanism: 'ANONYMOUS' } as const
prove({ ...resultOf(nobody), shows: 'logs in' }, () => assertIn(nobody, { anonymous: 'sirhc@example.com' }))
