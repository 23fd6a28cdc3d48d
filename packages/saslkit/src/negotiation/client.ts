import {
  type ChannelBinding,
  type ChannelBindingType,
  type Connection,
  type Offered,
  UNKNOWN_CONNECTION,
} from '../connection.js'
import type { Considered } from '../considered.js'
import { SaslError } from '../errors.js'
import { ClientExchange, type ClientExchangeOptions } from '../exchange/client.js'
import { type ChannelBindingPolicy, commonBinding } from '../mechanisms/scram/binding.js'
import type { ScramClientOptions } from '../mechanisms/scram/client.js'
import { allowPlaintext, type PlaintextOptions } from '../plaintext.js'
import { requireConnection } from '../require-connection.js'
import { requireSignal } from '../require-signal.js'
import type { ClientMechanism } from '../step.js'
import { asOffered, requireWellFormedOffer } from './as-offered.js'
import { CLIENT_TABLE, type ClientCredentials, type ClientRow, requireWellFormed } from './client-table.js'
import type { MechanismName } from './mechanism-name.js'
import { NoMechanism } from './no-mechanism.js'
import { requireClientPolicy } from './require-client-policy.js'
import { NO_OPTIONS, requireOptions } from './require-options.js'
import { isWeaker, type Strength } from './strength.js'

/** Which mechanisms a client may use, and how. What is not said is as safe as the mechanisms are. */
export interface ClientPolicy extends PlaintextOptions, Omit<ScramClientOptions, 'nonce' | 'channelBinding'> {
  /**
   * Only these, by name; obsolete ones are used only so. One name forces one mechanism. A mechanism of your own stands
   * here as itself, and comes before the built-in ones.
   */
  readonly mechanisms?: readonly (MechanismName | ClientMechanism)[] | undefined
  /** Nothing weaker. Keep the strength of what has worked once, and nobody can talk you down later. */
  readonly minimum?: Strength | undefined
  /** Default `prefer`. With `require`, nothing is used that is not bound. */
  readonly channelBinding?: ChannelBindingPolicy | undefined
  /**
   * Which bindings to use, preferred first; default: those of the connection, in its order. For servers that do not say
   * which they have: PostgreSQL, and those behind something that ends TLS for them, bind to `tls-server-end-point`.
   * `scramClient` knows no such choice: who uses it by itself filters the connection's `channelBindings`.
   */
  readonly bindingTypes?: readonly ChannelBindingType[] | undefined
}

/**
 * What one exchange is told beside what the client knows: `signal`, `previous`, `initialResponse` and the limits.
 */
export type SelectOptions = Omit<
  ClientExchangeOptions,
  'connection' | 'offered' | 'considered' | keyof PlaintextOptions
>

/**
 * Selects mechanisms for one set of credentials, on any number of connections at a time. Made by `saslClient`.
 */
export interface SaslClient {
  /**
   * Picks the best mechanism for what we have, what the server offers, and what the policy allows.
   *
   * @throws NoMechanism, which says why each was passed over. SaslError `limit-exceeded` for a list of over 64 names. TypeError
   *   for options that there are not.
   */
  select(
    offered: readonly string[] | Offered,
    connection?: Connection,
    options?: SelectOptions,
  ): ClientExchange
  /** What `select` thinks of each, without choosing. */
  consider(offered: readonly string[] | Offered, connection?: Connection): readonly Considered[]
  /**
   * Whether `invalid-credentials` for this mechanism is worth one more try, with the error as `previous`: a token was
   * refused, which may have run out, and a function can get another.
   */
  retriable(mechanism: string): boolean
}

const SELECT_OPTIONS = Object.keys({
  signal: true,
  previous: true,
  initialResponse: true,
  maxLength: true,
  maxSteps: true,
} satisfies Record<keyof SelectOptions, true>)

const MAX_NAMES = 64
const NOTHING_KNOWN =
  'nothing is known of the connection; pass { secure }, as it is, or what connectionOf(socket, …) of saslkit/node gives'
const NEEDS_TLS = 'it shows the secret to whoever listens, and this connection has no TLS'

/**
 * Makes a client: for each connection it selects a mechanism, by strength and policy. One serves all connections.
 *
 * @throws TypeError or RangeError when credentials or policy are not what they must be.
 */
export function saslClient(credentials: ClientCredentials, policy: ClientPolicy = {}): SaslClient {
  requireWellFormed(credentials)
  requireClientPolicy(policy)
  const { minimum, channelBinding = 'prefer', mechanisms } = policy
  const named = mechanisms && new Set(mechanisms.map((item) => (typeof item === 'string' ? item : item.name)))
  const own = (mechanisms ?? []).filter((item) => typeof item !== 'string').map(ownRow)
  const table = [...own, ...CLIENT_TABLE.filter(({ name }) => !own.some((row) => row.name === name))]
  for (const name of named ?? [])
    if (!table.some((row) => row.name === name))
      throw new RangeError(
        `unknown mechanism ${JSON.stringify(name)}; known are ${table.map((row) => row.name).join(', ')}`,
      )
  // One by one: a policy may inherit from another, which a spread would lose.
  const { iterations, keyCache, prepare, prepareName } = policy
  const scram: ScramClientOptions = { iterations, keyCache, prepare, prepareName, channelBinding }
  const made = new Map<string, ClientMechanism>()

  const mechanismOf = (row: ClientRow): ClientMechanism => {
    const known = made.get(row.name)
    if (known) return known
    // Who was told not to use -PLUS does not say that it would have, had it seen one.
    const binds = !named || named.has(row.name.replace(/(-PLUS)?$/, '-PLUS'))
    const mechanism = row.make(credentials, binds ? scram : { ...scram, channelBinding: 'disable' })
    made.set(row.name, mechanism)
    return mechanism
  }

  /** Why a row cannot be used, whatever the server offers. */
  function unfit(row: ClientRow): string | undefined {
    if (named && !named.has(row.name)) return 'the policy does not name it'
    if (!named && row.obsolete) return 'obsolete, and the policy does not name it'
    const missing = row.missing(credentials)
    if (missing !== undefined) return `it needs ${missing}`
    if (minimum && isWeaker(row.strength, minimum)) return `the policy asks for ${minimum} at least`
    if (channelBinding === 'require' && !row.name.endsWith('-PLUS'))
      return 'the policy requires channel binding'
    return undefined
  }
  const fit = table.filter((row) => unfit(row) === undefined)

  /** Why a fit row cannot be used here. */
  function objection(row: ClientRow, connection: Connection, offered: Offered): string | undefined {
    if (row.plaintext && connection.secure !== true && policy[allowPlaintext] !== true) return NEEDS_TLS
    return row.name.endsWith('-PLUS') ? bindingObjection(channelBinding, connection, offered) : undefined
  }

  function best(offered: Offered, connection: Connection): ClientRow | undefined {
    const { mechanisms } = offered
    if (mechanisms.length > MAX_NAMES)
      throw new SaslError('limit-exceeded', `a list of more than ${MAX_NAMES} mechanisms`)
    return fit.find(
      (row) => mechanisms.includes(row.name) && objection(row, connection, offered) === undefined,
    )
  }

  /** Says of each why it is, or is not, the best. */
  function explain(best: ClientRow | undefined, offered: Offered, connection: Connection): Considered[] {
    const names = new Set(offered.mechanisms)
    const known = table
      .filter(({ name }) => names.delete(name))
      .map((row): Considered => {
        const { name } = row
        if (row === best) return { name, verdict: 'selected', why: 'the most preferred that can be used' }
        const why = unfit(row) ?? objection(row, connection, offered)
        return why === undefined
          ? { name, verdict: 'less-preferred', why: `${best?.name} is preferred` }
          : { name, verdict: 'passed-over', why }
      })
    const unknown = [...names].map(
      (name): Considered => ({ name: printable(name), verdict: 'passed-over', why: 'not known here' }),
    )
    return [...known, ...unknown, ...(best ? [] : notOffered(offered, connection))]
  }

  /** What would have done, had it been offered; all that the policy names belongs to it. */
  function notOffered(offered: Offered, connection: Connection): Considered[] {
    const { mechanisms } = offered
    if (!mechanisms.length) return []
    return fit
      .filter(({ name }) => !mechanisms.includes(name))
      .map((row) => [row, objection(row, connection, offered)] as const)
      .filter(([, why]) => named || why === undefined || why === NEEDS_TLS)
      .map(
        ([{ name }, why]): Considered => ({
          name,
          verdict: 'passed-over',
          why: `the server does not offer it${why === NEEDS_TLS ? ', and this connection has no TLS' : ''}`,
        }),
      )
  }

  const { bindingTypes } = policy
  function usable(connection: Connection): Connection {
    requireConnection(connection)
    return bindingTypes ? withBindings(connection, inOrder(connection, bindingTypes)) : connection
  }

  return {
    select(list, known = UNKNOWN_CONNECTION, options = NO_OPTIONS) {
      requireOptions(options, SELECT_OPTIONS, 'select')
      requireSignal(options.signal)
      const connection = usable(known)
      const offered = asOffered(list)
      const row = best(offered, connection)
      const considered = () => explain(row, offered, connection)
      if (!row) {
        const tlsWouldDo = considered().some(({ why }) => why === NEEDS_TLS)
        throw new NoMechanism(
          considered(),
          tlsWouldDo ? 'encryption-required' : 'mechanism-unavailable',
          known === UNKNOWN_CONNECTION ? NOTHING_KNOWN : undefined,
        )
      }
      if (row.name.startsWith('SCRAM-')) requireWellFormedOffer(offered)
      return new ClientExchange(mechanismOf(row), {
        connection,
        offered,
        considered,
        [allowPlaintext]: policy[allowPlaintext] === true,
        signal: options.signal,
        previous: options.previous,
        initialResponse: options.initialResponse,
        maxLength: options.maxLength,
        maxSteps: options.maxSteps,
      })
    },
    consider(list, known = UNKNOWN_CONNECTION) {
      const connection = usable(known)
      const offered = asOffered(list)
      return explain(best(offered, connection), offered, connection)
    },
    retriable: (mechanism) =>
      typeof credentials.token === 'function' && table.some((row) => row.byToken && row.name === mechanism),
  }
}

/**
 * A connection with other bindings. Everything else is asked of it when it is needed: one that is no longer secure says so,
 * and what it inherits is not lost.
 */
const withBindings = (connection: Connection, channelBindings: readonly ChannelBinding[]): Connection =>
  new Proxy<Connection>(UNKNOWN_CONNECTION, {
    get: (_, trait) => (trait === 'channelBindings' ? channelBindings : Reflect.get(connection, trait)),
  })

const inOrder = ({ channelBindings = [] }: Connection, types: readonly ChannelBindingType[]) =>
  types.flatMap((wanted) => channelBindings.filter(({ type }) => type === wanted))

function bindingObjection(
  policy: ChannelBindingPolicy,
  connection: Connection,
  offered: Offered,
): string | undefined {
  if (policy === 'disable') return 'the policy disables channel binding'
  if (commonBinding({ connection, offered })) return undefined
  const reasons = connection.unavailableBindings?.map(({ type, reason }) => `${type}: ${reason}`).join('; ')
  const ours = connection.channelBindings?.map(({ type }) => type).join(', ')
  if (ours)
    return `the server's channel bindings (${offered.channelBindings?.map(printable).join(', ')}) are none of ours (${ours})`
  return `this connection has no channel binding${reasons ? ` (${reasons})` : ''}`
}

/** A name from the wire, fit for a message. */
const printable = (name: string): string => name.slice(0, 32).replace(/[^\x21-\x7e]/g, '?')

const ownRow = (mechanism: ClientMechanism): ClientRow => ({
  name: mechanism.name,
  strength: strengthOf(mechanism),
  ...(mechanism.plaintext && { plaintext: true }),
  missing: () => undefined,
  make: () => mechanism,
})

/** That of the built-in mechanism of this name; where there is none, what the mechanism says of itself. */
function strengthOf({ name, plaintext, mutual }: ClientMechanism): Strength {
  const builtIn = CLIENT_TABLE.find((row) => row.name === name)
  if (builtIn) return builtIn.strength
  if (plaintext) return 'plaintext'
  if (!mutual) return 'challenge'
  return name.endsWith('-PLUS') ? 'bound' : 'scram'
}
