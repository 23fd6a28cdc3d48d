import { breathe } from '../../credentials/hashes/breathe.js'
import type { ParseOptions } from '../../credentials/parse.js'
import type { Context } from '../../step.js'
import { type AccountIndex, accountIndex, type IndexOptions } from '../../stores/account-index.js'
import type { Store } from '../../stores/store.js'
import type { StoredAccount } from '../../stores/stored-account.js'
import { type WatchOptions, watchedFile } from './watched-file.js'

/** How the names of a file's accounts are taken, and how the file is watched. */
export interface FileStoreOptions extends Omit<IndexOptions, 'parse'>, WatchOptions {}

export const FILE_STORE_OPTIONS: readonly string[] = Object.keys({
  prepare: true,
  settle: true,
  maxLength: true,
  now: true,
  log: true,
} satisfies Record<keyof FileStoreOptions, true>)

/** A store that reads a file, and reads it again when it has changed. It writes nothing. */
export interface FileStore extends Required<Pick<Store, 'find' | 'census' | 'parse' | 'sameName'>> {
  /** How many accounts there are. */
  readonly size: number
  /** The account of that prepared name; several where the file has several. */
  find(name: string, context: Context): Promise<readonly StoredAccount[]>
  /** Reads the file now, however recently it was written. Throws where it cannot be used; the accounts of before stand. */
  refresh(): Promise<void>
}

/** What a line says. */
export interface FileLine {
  /** The name by which the account is asked for. */
  readonly name: string
  readonly account: StoredAccount
  /** Why the account may not come in over this connection, where that depends on it. Throws where nobody can tell. */
  readonly refuse?: ((context: Context) => StoredAccount['refused']) | undefined
}

/** How one kind of file is written. */
export interface FileForm {
  /** Undefined for a line that is none. Throws for one that is broken. */
  readonly line: (line: string) => FileLine | undefined
  readonly parse: ParseOptions
}

interface Snapshot {
  readonly index: AccountIndex
  readonly refuse: ReadonlyMap<StoredAccount, NonNullable<FileLine['refuse']>>
}

/** @throws what keeps the file from being read, or its lines from being understood, the first time. */
export async function fileStore(path: string, form: FileForm, options: FileStoreOptions): Promise<FileStore> {
  const { prepare, log = () => {} } = options
  const file = await watchedFile(
    path,
    (text) => snapshotOf(text, form, prepare, (event) => log({ ...event, path })),
    options,
  )

  return {
    parse: form.parse,
    get size() {
      return file.latest().index.size
    },
    async find(name, context) {
      const { index, refuse } = await file.current()
      context.signal?.throwIfAborted()
      return index.get(name).map((account) => {
        const refused = account.refused ?? refuse.get(account)?.(context)
        return refused ? { ...account, refused } : account
      })
    },
    census: () => file.latest().index.census(),
    sameName: (canonical, asked) =>
      file
        .latest()
        .index.get(asked)
        .some(({ name }) => name === canonical),
    refresh: () => file.refresh(),
  }
}

/** Lines that are read before everybody else has a turn. */
const A_WHILE = 500

async function snapshotOf(
  text: string,
  { line: parseLine, parse }: FileForm,
  prepare: FileStoreOptions['prepare'],
  log: (event: { kind: 'line-refused'; line: number; cause: unknown }) => void,
): Promise<Snapshot> {
  const index = accountIndex({ prepare, parse })
  const refuse = new Map<StoredAccount, NonNullable<FileLine['refuse']>>()
  for (const [at, whole] of text.split('\n').entries()) {
    if (at % A_WHILE === A_WHILE - 1) await breathe(undefined)
    const found = parsed(whole.endsWith('\r') ? whole.slice(0, -1) : whole, at + 1, parseLine)
    if (!found) continue
    const name = await preparedOr(index, found.name, (cause) =>
      log({ kind: 'line-refused', line: at + 1, cause }),
    )
    if (name === undefined) continue
    if (index.get(name).length)
      log({
        kind: 'line-refused',
        line: at + 1,
        cause: new RangeError('a name that was there before: neither gets in'),
      })
    index.add(name, found.account)
    if (found.refuse) refuse.set(found.account, found.refuse)
  }
  return { index, refuse }
}

function parsed(line: string, number: number, parseLine: FileForm['line']): FileLine | undefined {
  if (line.includes('\0')) throw new Error(`line ${number}: a NUL`)
  try {
    return parseLine(line)
  } catch (cause) {
    throw new Error(`line ${number}: ${cause instanceof Error ? cause.message : 'malformed'}`, { cause })
  }
}

/** A name that no login can have, for preparation refuses it, is passed over. */
async function preparedOr(
  index: AccountIndex,
  name: string,
  tell: (cause: unknown) => void,
): Promise<string | undefined> {
  try {
    return await index.prepared(name)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    tell(error)
    return undefined
  }
}
