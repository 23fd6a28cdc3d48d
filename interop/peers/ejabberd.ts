/** ejabberd with its accounts in its own tables: those given come from a file of terms, as `ejabberdctl load` takes it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from './free-ports.ts'
import {
  binary,
  type EjabberdHash,
  ejabberdHost,
  type Registration,
  registrationTerms,
  runEjabberd,
} from './run-ejabberd.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface EjabberdAccount {
  readonly hash: EjabberdHash
  readonly authcid: string
  /** The record that its table holds. */
  readonly record: string
}

export interface Ejabberd {
  readonly port: number
  /** The records that ejabberd itself has made, in the registrations' order. */
  readonly registered: readonly string[]
  stop(): Promise<void>
}

export async function startEjabberd(
  accounts: readonly EjabberdAccount[],
  registrations: readonly Registration[],
): Promise<Ejabberd> {
  const folder = temporaryFolder()
  const [port = 0] = await freePorts(1)
  const terms = join(folder, 'accounts.terms')
  const registered = join(folder, 'registered')
  writeFileSync(terms, termsOf(accounts))
  const stop = await runEjabberd({
    folder,
    port,
    accounts: 'auth_method: internal',
    code: `
      {ok, _} = ejabberd_admin:load_mnesia("${terms}"),
      Made = [begin ok = ejabberd_auth:try_register(U, H, P), [{_, _, R}] = mnesia:dirty_read(passwd, {U, H}), R end
        || {U, H, P} <- ${registrationTerms(registrations)}],
      ok = file:write_file("${registered}.part", [io_lib:format("~0p~n", [R]) || R <- Made]),
      ok = file:rename("${registered}.part", "${registered}").`,
    ready: registered,
  })
  return { port, registered: readFileSync(registered, 'utf8').trimEnd().split('\n'), stop }
}

/** What mnesia:load_textfile reads: the tables, then a term for each row. */
const termsOf = (accounts: readonly EjabberdAccount[]): string =>
  [
    '{tables, [{passwd, [{record_name, passwd}, {attributes, [us, password]}]}]}.',
    ...accounts.map(
      ({ hash, authcid, record }) =>
        `{passwd, {${binary(authcid)}, ${binary(ejabberdHost(hash))}}, ${record}}.`,
    ),
    '',
  ].join('\n')
