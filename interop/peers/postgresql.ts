/** PostgreSQL on a Unix socket in a folder of its own: its superuser is let in, everybody else shows a SCRAM proof. */
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CertificatePaths } from './certificates.ts'
import { type Ended, run, start, stop } from './process.ts'
import { requireTool, type Tool } from './require-tool.ts'

/** Debian keeps the server's programs out of PATH, by version. */
const VERSIONS = '/usr/lib/postgresql'
const newest = existsSync(VERSIONS)
  ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a))[0]
  : undefined
const program = (name: string): string => `${VERSIONS}/${newest}/bin/${name}`

export const postgresqlTool: Tool = requireTool('postgresql', program('postgres'), '--version')

export interface Postgresql {
  /** Runs SQL as the superuser, and gives what it printed. @throws Error when it fails. */
  sql(statement: string): Promise<string>
  /** What psql asks for twice is answered from `password`. */
  setPassword(role: string, password: string): Promise<void>
  /** Whether the role gets in with the password. */
  logsIn(role: string, password: string): Promise<boolean>
  stop(): Promise<void>
}

const HOSTS = `local all postgres trust
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
`

/** It refuses to run as root, so that root's tests run it as the user that its package made. */
const asItsUser = (command: string, args: readonly string[]): [string, readonly string[]] =>
  process.getuid?.() === 0
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]]
    : [command, args]

/**
 * @param port on loopback, for programs that know no Unix sockets; default none.
 * @param tls what it offers TLS with there; default none.
 */
export async function startPostgresql(port?: number, tls?: CertificatePaths['server']): Promise<Postgresql> {
  const folder = mkdtempSync(join(tmpdir(), 'saslkit-pg-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const own = await owner()
  own(folder)
  const data = join(folder, 'data')
  await must(
    asItsUser(program('initdb'), [
      '-D',
      data,
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-A',
      'trust',
    ]),
  )
  writeFileSync(join(data, 'pg_hba.conf'), HOSTS)
  const settings = [
    '-k',
    folder,
    '-c',
    port === undefined ? 'listen_addresses=' : 'listen_addresses=127.0.0.1',
    '-c',
    'password_encryption=scram-sha-256',
    '-c',
    'fsync=off',
    ...(port === undefined ? [] : ['-p', String(port)]),
  ]
  if (tls) {
    settings.push('-c', 'ssl=on')
    for (const [setting, path] of [
      ['ssl_cert_file', tls.cert],
      ['ssl_key_file', tls.key],
    ] as const) {
      const copy = join(folder, setting)
      copyFileSync(path, copy)
      chmodSync(copy, 0o600) // it takes no key that others may read
      own(copy)
      settings.push('-c', `${setting}=${copy}`)
    }
  }
  // The socket's name holds the port.
  const where = { ...(port === undefined ? {} : { PGPORT: String(port) }) }
  const server = start(...asItsUser(program('postgres'), ['-D', data, ...settings]))
  const psql = (role: string, args: readonly string[], env: Record<string, string> = {}, input = '') =>
    run(
      'psql',
      ['-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', role, '-d', 'postgres', ...args],
      { env: { ...where, ...env }, input },
    )
  for (let tries = 0; (await psql('postgres', ['-c', 'SELECT 1'])).status !== 0; tries++) {
    if (tries > 150 || server.exitCode !== null) throw new Error('PostgreSQL does not start')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return {
    async sql(statement) {
      const { status, stdout, stderr } = await psql('postgres', ['-c', statement])
      if (status !== 0) throw new Error(stderr)
      return stdout.trim()
    },
    async setPassword(role, password) {
      // Without a terminal psql reads the answers from standard input; setsid takes the terminal away.
      const args = ['-X', '-h', folder, '-U', 'postgres', '-d', 'postgres', '-c', `\\password ${role}`]
      await must(['setsid', ['-w', 'psql', ...args]], `${password}\n${password}\n`, where)
    },
    logsIn: async (role, password) =>
      (await psql(role, ['-c', 'SELECT 1'], { PGPASSWORD: password })).status === 0,
    stop: () => stop(server),
  }
}

/** What gives a path to the user that it runs as. */
async function owner(): Promise<(path: string) => void> {
  if (process.getuid?.() !== 0) return () => {}
  const { stdout } = await run('id', ['-u', 'postgres'])
  return (path) => chownSync(path, Number(stdout), -1)
}

async function must(
  [command, args]: [string, readonly string[]],
  input = '',
  env: Record<string, string> = {},
): Promise<Ended> {
  const ended = await run(command, args, { input, env })
  if (ended.status !== 0) throw new Error(`${command} ${args.join(' ')}\n${ended.stderr}`)
  return ended
}
