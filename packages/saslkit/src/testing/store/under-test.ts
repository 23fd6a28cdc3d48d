import type { Awaitable } from '../../awaitable.js'
import { makeStoredCredential } from '../../credentials/make-stored-credential.js'
import type { Store } from '../../stores/store.js'
import type { Kept, StoredAccount } from '../../stores/stored-account.js'
import type { NamePreparation } from '../../strings/prepare.js'
import type { RegisterTest } from '../mechanism/under-test.js'

/** A store of your own, as `testStore` is to prove it: how one is made, and what it cannot do. */
export interface StoreUnderTest {
  readonly test: RegisterTest
  /** Makes a store that holds these accounts and no others. It rejects where it cannot hold them. */
  readonly make: (accounts: readonly StoredAccount[]) => Awaitable<Store>
  /** How it keeps a password; default SCRAM keys, as PostgreSQL has them. */
  readonly keep?: ((password: string) => Awaitable<Kept>) | undefined
  /** By which rule it takes names; default SASLprep. */
  readonly prepare?: NamePreparation | undefined
  /** Names that it cannot hold by its nature, as a file of lines cannot hold one with a line break. Default: it can hold all. */
  readonly cannotHold?: ((name: string) => boolean) | undefined
  /** It has nowhere to put more than one credential of an account. */
  readonly oneCredential?: boolean | undefined
  /** It has nowhere to put that an account may not come in. */
  readonly noRefusals?: boolean | undefined
  /** The refusals that it can tell apart; default all. At least `account-disabled`, unless it has none. */
  readonly refusals?: readonly NonNullable<StoredAccount['refused']>[] | undefined
  /** It has nowhere to put a realm of its own. */
  readonly noRealm?: boolean | undefined
  /** Makes stores that are out of order, by what is wrong with them: gone, refused, out of connections … Each must throw when asked. */
  readonly broken?: Readonly<Record<string, () => Awaitable<Store>>> | undefined
}

export const refusalsOf = ({
  noRefusals,
  refusals = ['account-disabled', 'credentials-expired', 'not-authorized'],
}: StoreUnderTest): readonly NonNullable<StoredAccount['refused']>[] => (noRefusals ? [] : refusals)

export const PASSWORD = 'pencil'

/** Iterations of which a test can have many. */
const QUICK = 4096

export const kept = ({ keep }: StoreUnderTest, password: string = PASSWORD): Awaitable<Kept> =>
  keep
    ? keep(password)
    : makeStoredCredential(password, {
        scheme: 'SCRAM-SHA-256',
        format: 'postgresql',
        iterations: QUICK,
      }).then(({ text }) => text)

/** The context of a connection that nobody can listen to. */
export const secure = { connection: { secure: true } }
