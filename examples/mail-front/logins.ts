import { type ClientCredentials, type ClientPolicy, SaslError, saslClient } from 'saslkit'
import { type Login, type LoginOptions, login } from 'saslkit/node'
import type { KeyAndCertificate } from './certificates.ts'
import { PROTOCOLS, type ProtocolName, type Transport } from './front.ts'
import type { Row } from './table.ts'

/** One login, and what should come of it. */
export interface Attempt {
  readonly protocol: ProtocolName
  readonly transport: Transport | 'nothing'
  readonly port: number
  readonly credentials: ClientCredentials
  readonly policy: ClientPolicy
  /** In the table, where the mechanism that was chosen does not say it all. */
  readonly label?: string
  readonly clientCertificate?: KeyAndCertificate | undefined
  /** The reason of the failure that should come; undefined where the login should work. */
  readonly fails?: string
}

const TLS = { STARTTLS: 'starttls', TLS: 'implicit', nothing: 'none' } as const satisfies Record<
  Attempt['transport'],
  LoginOptions['tls']
>

/** Logs in, and says what came of it; `ok` when that is what should have come of it. */
export async function tryLogin(
  attempt: Attempt,
  ca: string,
): Promise<{ readonly ok: boolean; readonly row: Row }> {
  const { protocol, transport, port, credentials, policy, clientCertificate, fails } = attempt
  const begun = performance.now()
  let outcome: Login | SaslError
  try {
    outcome = await login({
      protocol: PROTOCOLS[protocol],
      host: 'localhost',
      port,
      tls: TLS[transport],
      tlsOptions: { ca, ...clientCertificate },
      client: saslClient(credentials, policy),
      signal: AbortSignal.timeout(30_000),
    })
    outcome.socket.destroy()
  } catch (error) {
    if (!(error instanceof SaslError)) throw error
    outcome = error
  }
  const ok = outcome instanceof SaslError ? outcome.reason === fails : fails === undefined
  return { ok, row: rowOf(attempt, outcome, ok, performance.now() - begun) }
}

function rowOf(
  { protocol, transport, label, policy, fails }: Attempt,
  outcome: Login | SaslError,
  ok: boolean,
  ms: number,
): Row {
  const common = { protocol, transport, milliseconds: ms.toFixed(0) }
  if (outcome instanceof SaslError) {
    return {
      ...common,
      attempt: label ?? String(policy.mechanisms?.[0] ?? 'any'),
      binding: '',
      roundTrips: '',
      proved: '',
      result: ok ? `✓ fails: ${outcome.reason}` : `✗ ${outcome.reason}: ${outcome.message}`,
    }
  }
  const { mechanism, connection, serverProved, roundTrips } = outcome
  return {
    ...common,
    attempt: label ?? mechanism,
    binding: mechanism.endsWith('-PLUS')
      ? (policy.bindingTypes?.[0] ?? connection.channelBindings?.[0]?.type ?? '')
      : '',
    roundTrips: String(roundTrips),
    proved: proved(mechanism, serverProved),
    result: ok ? '✓' : `✗ worked, and should fail: ${fails}`,
  }
}

function proved(mechanism: string, serverProved: boolean): string {
  if (mechanism === 'ANONYMOUS') return 'nobody'
  return serverProved ? 'each to the other' : 'client to server'
}
