import type { ClientCredentials, ClientPolicy, MechanismName } from 'saslkit'
import { allowPlaintext, CLIENT_MECHANISMS } from 'saslkit'
import { AUTHCID, PASSWORD } from './accounts.ts'
import type { KeyAndCertificate } from './certificates.ts'
import type { Front, ProtocolName, Transport } from './front.ts'
import type { Attempt } from './logins.ts'

export interface Stage {
  readonly ports: Front['ports']
  readonly token: string
  readonly clientCertificate: KeyAndCertificate
  /** TLS ports in front of IMAP's: who passes all on, who strips -PLUS, and a server that knows no password. */
  readonly relay: number
  readonly stripper: number
  readonly impostor: number
  /** A port for STARTTLS whose server takes passwords without it. */
  readonly careless: number
}

const PROTOCOL_NAMES: readonly ProtocolName[] = ['SMTP', 'IMAP', 'POP3']
const TRANSPORTS: readonly Transport[] = ['STARTTLS', 'TLS']
const byPassword: ClientCredentials = { authcid: AUTHCID, password: PASSWORD }
const only = (...mechanisms: MechanismName[]): ClientPolicy => ({ mechanisms })

/** By each protocol and mechanism, and then what must not work. */
export function attempts(stage: Stage): readonly Attempt[] {
  return [...thatWork(stage), ...thatFail(stage)]
}

function thatWork({ ports, token, clientCertificate }: Stage): Attempt[] {
  const credentials = (mechanism: string): ClientCredentials => {
    if (mechanism === 'EXTERNAL') return { external: true }
    if (mechanism === 'ANONYMOUS') return { anonymous: 'guest@example.org' }
    if (mechanism.includes('OAUTH')) return { authcid: AUTHCID, token }
    return byPassword
  }
  const byEndPoint: ClientPolicy = { ...only('SCRAM-SHA-256-PLUS'), bindingTypes: ['tls-server-end-point'] }
  return PROTOCOL_NAMES.flatMap((protocol) =>
    TRANSPORTS.flatMap((transport) => [
      ...CLIENT_MECHANISMS.map((mechanism) => ({
        protocol,
        transport,
        port: ports[protocol][transport],
        credentials: credentials(mechanism),
        policy: only(mechanism),
        clientCertificate: mechanism === 'EXTERNAL' ? clientCertificate : undefined,
      })),
      { protocol, transport, port: ports[protocol][transport], credentials: byPassword, policy: byEndPoint },
    ]),
  )
}

function thatFail({ ports, token, relay, stripper, impostor, careless }: Stage): Attempt[] {
  const overTls = {
    protocol: 'IMAP',
    transport: 'TLS',
    port: ports.IMAP.TLS,
    fails: 'invalid-credentials',
  } as const
  const inTheClear = { protocol: 'SMTP', transport: 'nothing', credentials: byPassword } as const
  const wrong = { authcid: AUTHCID, password: `${PASSWORD}!` }
  const label = (mechanism: MechanismName, what: string) => ({
    policy: only(mechanism),
    label: `${mechanism}, ${what}`,
  })
  return [
    { ...overTls, ...label('PLAIN', 'wrong password'), credentials: wrong },
    { ...overTls, ...label('CRAM-MD5', 'wrong password'), credentials: wrong },
    { ...overTls, ...label('SCRAM-SHA-256', 'wrong password'), credentials: wrong },
    { ...overTls, ...label('SCRAM-SHA-256', 'unknown name'), credentials: { ...wrong, authcid: 'nobody' } },
    {
      ...overTls,
      ...label('OAUTHBEARER', 'bad token'),
      credentials: { authcid: AUTHCID, token: `${token}x` },
    },
    {
      ...overTls,
      ...label('SCRAM-SHA-256', 'to act as admin'),
      credentials: { ...byPassword, authzid: 'admin' },
      fails: 'not-authorized',
    },
    {
      ...overTls,
      ...label('EXTERNAL', 'no certificate'),
      credentials: { external: true },
      fails: 'mechanism-unavailable',
    },
    {
      ...overTls,
      credentials: byPassword,
      policy: { ...only('SCRAM-SHA-256'), iterations: [1_000_000, 2_000_000] },
      label: 'SCRAM-SHA-256, too few rounds',
      fails: 'unacceptable',
    },
    { ...overTls, port: relay, credentials: byPassword, policy: {}, label: 'through a man in the middle' },
    { ...overTls, port: stripper, credentials: byPassword, policy: {}, label: '… who strips -PLUS' },
    {
      ...overTls,
      port: impostor,
      credentials: byPassword,
      policy: {},
      label: 'a server without keys',
      fails: 'server-not-authenticated',
    },
    {
      ...inTheClear,
      ...label('PLAIN', 'our client, no TLS'),
      port: careless,
      fails: 'encryption-required',
    },
    {
      ...inTheClear,
      policy: { ...only('PLAIN'), [allowPlaintext]: true },
      label: 'PLAIN, our server, no TLS',
      port: ports.SMTP.STARTTLS,
      fails: 'mechanism-unavailable',
    },
  ]
}
