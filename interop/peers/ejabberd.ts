/**
 * ejabberd with a virtual host for each hash, started as Erlang code: ejabberdctl insists on being root or ejabberd's own
 * user. Accounts come from a file of terms, as `ejabberdctl load` takes it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from './free-ports.ts'
import { listens } from './listens.ts'
import { stop } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { giveTo, startUnprivileged, unprivileged } from './unprivileged.ts'

export type EjabberdHash = 'sha' | 'sha256' | 'sha512'

export interface EjabberdAccount {
  readonly hash: EjabberdHash
  readonly authcid: string
  /** The record that its table holds. */
  readonly record: string
}

export interface Registration {
  readonly hash: EjabberdHash
  readonly authcid: string
  readonly password: string
}

export interface Ejabberd {
  readonly port: number
  /** The records that ejabberd itself has made, in the registrations' order. */
  readonly registered: readonly string[]
  stop(): Promise<void>
}

export const ejabberdHost = (hash: EjabberdHash): string => `${hash}.localhost`

export async function startEjabberd(
  accounts: readonly EjabberdAccount[],
  registrations: readonly Registration[],
): Promise<Ejabberd> {
  const folder = temporaryFolder()
  const [port = 0] = await freePorts(1)
  const [configuration, terms, registered, log] = ['ejabberd.yml', 'accounts.terms', 'registered', 'log'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string]
  mkdirSync(join(folder, 'tables'))
  writeFileSync(configuration, settings(port))
  writeFileSync(terms, termsOf(accounts))
  giveTo(folder, await unprivileged())

  const code = `
    ejabberd:start(),
    {ok, _} = ejabberd_admin:load_mnesia("${terms}"),
    Made = [begin ok = ejabberd_auth:try_register(U, H, P), [{_, _, R}] = mnesia:dirty_read(passwd, {U, H}), R end
      || {U, H, P} <- [${registrations.map(registrationTerm)}]],
    ok = file:write_file("${registered}.part", [io_lib:format("~0p~n", [R]) || R <- Made]),
    ok = file:rename("${registered}.part", "${registered}").`
  const command =
    'exec erl -noinput -boot start_sasl -mnesia dir "\\"$0/tables\\"" -s ejabberd -eval "$1" >"$2" 2>&1'
  const child = startUnprivileged('sh', ['-c', command, folder, code, log], {
    cwd: folder,
    env: {
      EJABBERD_CONFIG_PATH: configuration,
      EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
      ERL_LIBS: libraries(),
      HOME: folder,
    },
  })
  try {
    await listens({ port }, () => child.exitCode === null)
    for (let tries = 0; !existsSync(registered); tries++) {
      if (tries > 300 || child.exitCode !== null) throw new Error('the accounts were not loaded')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } catch (cause) {
    await stop(child)
    throw new Error(`ejabberd did not start:\n${readFileSync(log, 'utf8')}`, { cause })
  }
  return {
    port,
    registered: readFileSync(registered, 'utf8').trimEnd().split('\n'),
    stop: () => stop(child),
  }
}

/** The folder of Debian's architecture that its code is in. */
export function libraries(): string {
  const folders = readdirSync('/usr/lib').map((name) => join('/usr/lib', name))
  return folders.find((folder) => holds(folder, 'ejabberd-')) ?? ''
}

function holds(folder: string, prefix: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.startsWith(prefix))
  } catch {
    return false
  }
}

/** Octets as an Erlang binary, so that no encoding of source text comes in. */
export const binary = (text: string): string => `<<${[...Buffer.from(text)].join(',')}>>`

const registrationTerm = ({ hash, authcid, password }: Registration): string =>
  `{${[authcid, ejabberdHost(hash), password].map(binary)}}`

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

const HASHES: readonly EjabberdHash[] = ['sha', 'sha256', 'sha512']

const settings = (port: number): string => `
hosts: [${HASHES.map(ejabberdHost).join(', ')}]
loglevel: info
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, access: c2s }
acl: { local: { user_regexp: "" } }
access_rules: { c2s: { allow: all }, register: { allow: all } }
auth_method: internal
auth_password_format: scram
host_config:
${HASHES.map((hash) => `  ${ejabberdHost(hash)}: { auth_scram_hash: ${hash} }\n`).join('')}
modules: {}
`
