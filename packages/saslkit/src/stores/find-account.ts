import { type Awaitable, andThen, isPromise } from '../awaitable.js'
import type { Context } from '../step.js'
import type { NamePreparation } from '../strings/prepare.js'
import { preparedName } from './prepared-name.js'
import type { Store } from './store.js'
import type { StoreLog } from './store-event.js'
import type { StoredAccount } from './stored-account.js'

/** How names are made comparable, and which account answers to which. */
export interface NameOptions {
  /** How names are prepared: what the mechanisms do (`saslServer({ prepare })`). Default SASLprep. */
  readonly prepare?: NamePreparation | undefined
  /**
   * Whether an account's canonical name may be found by the name that was asked for. Default: as the store says, or it is
   * that name once it is prepared. For aliases; what says yes to too much lets one account in by another's name.
   */
  readonly sameName?: ((canonical: string, asked: string) => Awaitable<boolean>) | undefined
}

/** Asks a store for the one account of a name: none where it answers with accounts of other names alone. */
export function accountFinder(
  store: Store,
  { prepare = 'saslprep', sameName }: NameOptions,
  log: StoreLog,
): (name: string, context: Context) => Awaitable<StoredAccount | undefined> {
  const same =
    sameName ??
    ((canonical, asked) =>
      store.sameName ? store.sameName(canonical, asked) : samePrepared(canonical, asked, prepare))

  const choose = (name: string, rows: readonly StoredAccount[], fits: readonly boolean[]) => {
    const [account, ...more] = rows.filter((_, at) => fits[at] === true)
    if (!more.length) {
      for (const [at, { name: found }] of rows.entries())
        if (fits[at] !== true) log({ kind: 'other-name', name, found })
      return account
    }
    log({ kind: 'ambiguous-name', name, found: rows.map((row) => row.name) })
    throw new Error('the store has more than one account of that name')
  }

  const judge = (name: string, rows: readonly StoredAccount[]): Awaitable<StoredAccount | undefined> => {
    for (const row of rows) requireAccount(row)
    if (rows.length === 1 && rows[0]!.name === name) return rows[0]
    const fits = rows.map((row) => (row.name === name ? true : orRejected(() => same(row.name, name))))
    return fits.some((fit) => isPromise(fit))
      ? Promise.all(fits).then((known) => choose(name, rows, known))
      : choose(name, rows, fits as boolean[])
  }

  return (name, context) =>
    andThen(store.find(name, context), (answer) =>
      answer === undefined || answer === null
        ? undefined
        : judge(name, Array.isArray(answer) ? answer : [answer as StoredAccount]),
    )
}

/** What throws among several must not leave the rejections of the others unhandled, which would end the process. */
function orRejected(ask: () => Awaitable<boolean>): Awaitable<boolean> {
  try {
    return ask()
  } catch (error) {
    return Promise.reject(error)
  }
}

function samePrepared(canonical: string, asked: string, rule: NamePreparation): Awaitable<boolean> {
  return andThen(preparedName(canonical, rule), (prepared) => prepared === asked)
}

/** A broken row is the store's fault: never an account, never the lack of one. */
function requireAccount(row: StoredAccount): void {
  const whole =
    typeof row === 'object' &&
    row !== null &&
    typeof row.name === 'string' &&
    row.name !== '' &&
    Array.isArray(row.credentials)
  if (!whole) throw new TypeError("a store's account is { name, credentials }: text, and a list")
}
