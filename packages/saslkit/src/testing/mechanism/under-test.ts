import type { Connection } from '../../connection.js'
import type { ClientExchangeOptions } from '../../exchange/client.js'
import type { ServerExchangeOptions } from '../../exchange/server.js'
import type { ClientMechanism, Identity, ServerMechanism } from '../../step.js'
import { converse, type Outcome, type Pair, pair, type Wire } from './converse.js'

/** Registers one case: `test` of node:test, `Deno.test`, `it` … */
export type RegisterTest = (name: string, body: () => Promise<void>) => unknown

/**
 * A mechanism of your own, as `testMechanism` is to prove it: both halves, an account, and what may be expected of it.
 */
export interface MechanismUnderTest<Accounts extends object = object> {
  readonly test: RegisterTest
  /** A client half whose credentials are good. */
  readonly client: ClientMechanism
  /** Makes the server half. It is given your directory, and ones that hang, throw and talk nonsense. */
  readonly server: (directory: Accounts) => ServerMechanism
  /** What the server half asks; an empty object where it asks nothing. */
  readonly directory: Accounts
  /** Who the client is once it is in. */
  readonly identity: Identity
  /** What becomes of an exchange of which an octet was changed on its way: see `Altered`. */
  readonly altered: Altered
  /**
   * What becomes of a client's messages that were said in an exchange before: `refused` where the server draws a nonce.
   * Default: as passwords and tokens do, they let in who said them.
   */
  readonly replayed?: 'refused' | undefined
  /** Default: a secure one of which nothing else is known. */
  readonly connection?: Connection | undefined
  /** A client half for the same account, with a secret that is not its own. */
  readonly wrongSecret?: ClientMechanism | undefined
  /** A client half for an account that does not exist, by a name as long as the good one. */
  readonly unknownUser?: ClientMechanism | undefined
  /** A client half with good credentials that asks to act as somebody else. */
  readonly actingAs?: { readonly client: ClientMechanism; readonly authzid: string } | undefined
}

/**
 * - `refused`: never success, for each octet is signed, secret, or fixed.
 * - `harmless`: where there is success all the same, it is for the same identity.
 * - `trusted`: the client may be anybody, so that there is nothing to compare.
 */
export type Altered = 'refused' | 'harmless' | 'trusted'

/** How a protocol carries what not every protocol can: the two extremes. */
export interface Carriage {
  readonly name: string
  readonly client: Pick<ClientExchangeOptions, 'initialResponse'>
  readonly server: Pick<ServerExchangeOptions, 'additionalData'>
}

export const CARRIAGES: readonly Carriage[] = [
  { name: 'with initial response and additional data', client: {}, server: {} },
  {
    name: 'without initial response and additional data',
    client: { initialResponse: false },
    server: { additionalData: 'as-challenge' },
  },
]

/** What is not as it is in the row. */
export interface Deviation<Accounts extends object> {
  readonly client?: ClientMechanism
  readonly directory?: Accounts
  readonly clientOptions?: ClientExchangeOptions
  readonly serverOptions?: ServerExchangeOptions
}

export function exchangesOf<Accounts extends object>(
  mechanism: MechanismUnderTest<Accounts>,
  carriage: Carriage,
  deviation: Deviation<Accounts> = {},
): Pair {
  const { connection = { secure: true } } = mechanism
  const { client = mechanism.client, directory = mechanism.directory } = deviation
  return pair(
    client,
    mechanism.server(directory),
    { connection, ...carriage.client, ...deviation.clientOptions },
    { connection, ...carriage.server, ...deviation.serverOptions },
  )
}

export const run = <Accounts extends object>(
  mechanism: MechanismUnderTest<Accounts>,
  carriage: Carriage,
  deviation: Deviation<Accounts> = {},
  wire?: Wire,
): Promise<Outcome> => converse(exchangesOf(mechanism, carriage, deviation), wire)
