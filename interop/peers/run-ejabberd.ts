/** ejabberd as Erlang code: ejabberdctl insists on being root or ejabberd's own user. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listens } from './listens.ts'
import { stop } from './process.ts'
import { giveTo, startUnprivileged, unprivileged } from './unprivileged.ts'

export type EjabberdHash = 'sha' | 'sha256' | 'sha512'

/** Each has a virtual host of its own. */
export const HASHES: readonly EjabberdHash[] = ['sha', 'sha256', 'sha512']

export const ejabberdHost = (hash: EjabberdHash): string => `${hash}.localhost`

export interface Registration {
  readonly hash: EjabberdHash
  readonly authcid: string
  readonly password: string
}

export interface EjabberdOptions {
  /** Where it works, and where everything lies that it reads and writes. */
  readonly folder: string
  readonly port: number
  /** Lines of its configuration: how accounts are kept. */
  readonly accounts: string
  /** More lines for the host of a hash, each with a comma before it. */
  readonly hostSettings?: (hash: EjabberdHash) => string
  /** Erlang expressions, each with a comma behind it, that ready the accounts; the last ones write the file `ready`. */
  readonly code: string
  /** The file that says that it is ready. */
  readonly ready: string
}

/** @returns what ends it. */
export async function runEjabberd(options: EjabberdOptions): Promise<() => Promise<void>> {
  const { folder, port, code, ready } = options
  const configuration = join(folder, 'ejabberd.yml')
  const log = join(folder, 'log')
  mkdirSync(join(folder, 'tables'))
  writeFileSync(configuration, settings(options))
  giveTo(folder, await unprivileged())

  const command =
    'exec erl -noinput -boot start_sasl -mnesia dir "\\"$0/tables\\"" -s ejabberd -eval "$1" >"$2" 2>&1'
  const child = startUnprivileged('sh', ['-c', command, folder, `ejabberd:start(), ${code}`, log], {
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
    for (let tries = 0; !existsSync(ready); tries++) {
      if (tries > 300 || child.exitCode !== null) throw new Error('its accounts were not made ready')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } catch (cause) {
    await stop(child)
    throw new Error(`ejabberd did not start:\n${readFileSync(log, 'utf8')}`, { cause })
  }
  return () => stop(child)
}

const settings = ({ port, accounts, hostSettings = () => '' }: EjabberdOptions): string => `
hosts: [${HASHES.map(ejabberdHost).join(', ')}]
loglevel: info
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, access: c2s }
acl: { local: { user_regexp: "" } }
access_rules: { c2s: { allow: all }, register: { allow: all } }
auth_password_format: scram
${accounts}
host_config:
${HASHES.map((hash) => `  ${ejabberdHost(hash)}: { auth_scram_hash: ${hash}${hostSettings(hash)} }\n`).join('')}
modules: {}
`

/** The folder of Debian's architecture that its code is in. */
function libraries(): string {
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

/** The registrations as an Erlang list of tuples. */
export const registrationTerms = (registrations: readonly Registration[]): string =>
  `[${registrations.map(({ hash, authcid, password }) => `{${[authcid, ejabberdHost(hash), password].map(binary)}}`)}]`
