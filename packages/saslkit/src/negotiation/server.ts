import { type Connection, type Offered, UNKNOWN_CONNECTION } from '../connection.js'
import type { Directory } from '../directory.js'
import { type FailureReason, SaslError } from '../errors.js'
import { requireAuthorize } from '../exchange/require-authorize.js'
import { type Authorize, ServerExchange, type ServerExchangeOptions } from '../exchange/server.js'
import { passwordLimit } from '../mechanisms/password-limit.js'
import type { ChannelBindingPolicy } from '../mechanisms/scram/binding.js'
import { requireDecoySecret } from '../mechanisms/scram/decoy.js'
import { own } from '../own.js'
import { allowPlaintext, type PlaintextOptions } from '../plaintext.js'
import { requireConnection } from '../require-connection.js'
import { requireKnown } from '../require-known.js'
import type { ServerMechanism } from '../step.js'
import { requireNamePreparation } from '../strings/require-preparation.js'
import type { MechanismName } from './mechanism-name.js'
import { requireDirectory } from './require-directory.js'
import { NO_OPTIONS, requireOptions } from './require-options.js'
import { requirePolicy } from './require-policy.js'
import { type MechanismOptions, SERVER_TABLE, SERVICES, type ServerRow } from './server-table.js'

/** Which mechanisms a server offers. */
export interface ServerPolicy extends PlaintextOptions {
  /**
   * Only these, by name; obsolete ones, and those that lack a default, are offered only so. A mechanism of your own
   * stands here as itself. Default: what the directory serves, less CRAM-MD5 and ANONYMOUS; LOGIN for SMTP alone.
   */
  readonly mechanisms?: readonly (MechanismName | ServerMechanism)[] | undefined
  /** Default `prefer`. With `require`, nothing is offered that does not bind. */
  readonly channelBinding?: ChannelBindingPolicy | undefined
}

/** What a server goes by: who its accounts are, who may act as whom, and which mechanisms it offers. */
export interface SaslServerOptions extends MechanismOptions {
  /** Answers questions about accounts. Which mechanisms can be offered follows from the methods that it has. */
  readonly directory: Directory
  /** May one act as another? Without it, each may act as themselves alone. */
  readonly authorize?: Authorize | undefined
  /** Default: what the directory serves and is not obsolete. */
  readonly policy?: ServerPolicy | undefined
}

/**
 * What one exchange is told beside what the server knows: `signal`, `offered`, `additionalData` and the limits.
 */
export type BeginOptions = Omit<ServerExchangeOptions, 'connection' | 'authorize' | keyof PlaintextOptions>

/** Offers mechanisms and begins exchanges, on any number of connections at a time. Made by `saslServer`. */
export interface SaslServer {
  /** The names to advertise on this connection, in its present TLS state. */
  offer(connection?: Connection): readonly string[]
  /**
   * Begins an exchange for the mechanism that the client named. For one that was not offered here, the exchange fails
   * at its first step, as `encryption-required` where TLS alone is missing, and else as `mechanism-unavailable`.
   *
   * @throws TypeError, RangeError for a connection or options that are none: the caller's, never the client's.
   */
  begin(mechanism: string, connection?: Connection, options?: BeginOptions): ServerExchange
}

/**
 * Makes a server: what to offer on a connection, and an exchange for each attempt. One serves all connections.
 *
 * @throws TypeError when the directory or the options cannot serve what the policy names; RangeError for unknown names.
 */
export function saslServer(options: SaslServerOptions): SaslServer {
  requireServerOptions(options)
  const { directory, authorize, policy = {} } = options
  const { channelBinding = 'prefer', mechanisms: chosen } = policy
  const table: readonly ServerRow[] = chosen
    ? chosen.map((item) => chosenRow(item))
    : SERVER_TABLE.filter((row) => serves(row.needs))
  const made = new Map(
    table
      .filter((row) => chosen || couldBeOffered(row) || couldBeLater(row))
      .map((row) => [row.name, { row, mechanism: row.make(directory, options) }]),
  )
  const lists: Offered[] = []
  let hashes = directory.scramHashes

  function serves(method: keyof Directory | undefined): boolean {
    return method === undefined || typeof directory[method] === 'function'
  }

  function couldBeOffered(row: ServerRow): boolean {
    return [...SERVICES, undefined].some((service) => row.byDefault(directory, { secure: true, service }))
  }

  /** For which hashes all accounts have keys may change with the accounts. */
  function couldBeLater({ needs }: ServerRow): boolean {
    return needs === 'scramCredentials' && Boolean(directory.decoy ?? options.decoySecret)
  }

  function chosenRow(item: MechanismName | ServerMechanism): ServerRow {
    if (typeof item !== 'string') return { name: item.name, byDefault: () => true, make: () => item }
    const row = SERVER_TABLE.find(({ name }) => name === item)
    if (!row)
      throw new RangeError(
        `unknown mechanism ${JSON.stringify(item)}; known are ${SERVER_TABLE.map(({ name }) => name).join(', ')}`,
      )
    if (!serves(row.needs)) throw new TypeError(`${item} needs a directory with ${row.needs}()`)
    return row
  }

  /** Why a mechanism is not offered on this connection; undefined when it is. */
  function objection(name: string, connection: Connection): FailureReason | undefined {
    const entry = made.get(name)
    if (!entry || (!chosen && !entry.row.byDefault(directory, connection))) return 'mechanism-unavailable'
    const plus = name.endsWith('-PLUS')
    if (plus && (channelBinding === 'disable' || !connection.channelBindings?.length))
      return 'mechanism-unavailable'
    if (!plus && channelBinding === 'require') return 'mechanism-unavailable'
    if (name === 'EXTERNAL' && !own(connection, 'externalIdentity')) return 'mechanism-unavailable'
    if (entry.mechanism.plaintext && connection.secure !== true && policy[allowPlaintext] !== true)
      return 'encryption-required'
    return undefined
  }

  /** What is offered follows from a few traits of the connection, so the lists are made once, as long as the hashes stay. */
  function offeredOn(connection: Connection): Offered {
    const { secure, externalIdentity, channelBindings, service } = connection
    const now = directory.scramHashes
    if (now !== hashes) {
      if (String(now) !== String(hashes)) lists.length = 0
      hashes = now
    }
    const traits = (secure === true ? 1 : 0) + (externalIdentity ? 2 : 0) + (channelBindings?.length ? 4 : 0)
    const at = traits + 8 * (SERVICES.indexOf(service) + 1)
    const known = lists[at]
    if (known) return known
    const mechanisms = [...made.keys()].filter((name) => objection(name, connection) === undefined)
    const offered: Offered = Object.freeze({ mechanisms: Object.freeze(mechanisms) })
    lists[at] = offered
    return offered
  }

  return {
    offer(connection = UNKNOWN_CONNECTION) {
      requireConnection(connection)
      return offeredOn(connection).mechanisms
    },
    begin(name, connection = UNKNOWN_CONNECTION, exchangeOptions = NO_OPTIONS) {
      requireConnection(connection)
      requireOptions(exchangeOptions, BEGIN_OPTIONS, 'begin')
      const refused = objection(name, connection)
      const mechanism = refused ? refusing(name, refused) : made.get(name)!.mechanism
      return new ServerExchange(mechanism, {
        connection,
        offered: exchangeOptions.offered ?? offeredOn(connection),
        authorize,
        [allowPlaintext]: policy[allowPlaintext] === true,
        signal: exchangeOptions.signal,
        additionalData: exchangeOptions.additionalData,
        maxLength: exchangeOptions.maxLength,
        maxSteps: exchangeOptions.maxSteps,
        maxAuthzidLength: exchangeOptions.maxAuthzidLength,
      })
    },
  }
}

const BEGIN_OPTIONS = Object.keys({
  offered: true,
  signal: true,
  additionalData: true,
  maxLength: true,
  maxSteps: true,
  maxAuthzidLength: true,
} satisfies Record<keyof BeginOptions, true>)

const OPTIONS: Readonly<Record<keyof SaslServerOptions, true>> = {
  directory: true,
  authorize: true,
  policy: true,
  decoySecret: true,
  decoyIterations: true,
  decoySaltLength: true,
  prepare: true,
  vouchForOffered: true,
  hostname: true,
  maxPasswordLength: true,
}

/** @throws TypeError, RangeError */
function requireServerOptions(options: SaslServerOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('pass an object: { directory }, with what else the server goes by')
  const { directory, authorize, policy = {}, prepare, decoySecret, maxPasswordLength } = options
  requireDirectory(directory)
  requireKnown(options, Object.keys(OPTIONS), 'saslServer')
  requireAuthorize(authorize)
  requireNamePreparation(prepare, 'prepare')
  if (decoySecret !== undefined) requireDecoySecret(decoySecret)
  passwordLimit(maxPasswordLength)
  requirePolicy(policy, ['mechanisms', 'channelBinding'])
}

/** Takes nothing and fails, so that a name from the wire ends as all that comes from a client does: in a value. */
const refusing = (name: string, reason: FailureReason): ServerMechanism => ({
  name,
  start() {
    throw new SaslError(reason, 'not offered on this connection')
  },
})
