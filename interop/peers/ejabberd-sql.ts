/** ejabberd with its accounts in PostgreSQL: the table "users" of its own schema, a database for each hash. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binary, type EjabberdHash, ejabberdHost, libraries, type Registration } from './ejabberd.ts'
import { freePorts } from './free-ports.ts'
import { listens } from './listens.ts'
import { type Postgresql, startPostgresql } from './postgresql.ts'
import { stop } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { giveTo, startUnprivileged, unprivileged } from './unprivileged.ts'

/** Where Debian has the schema of each database. */
const SCHEMA = '/usr/share/ejabberd/sql/pg.sql'

export interface EjabberdRow {
  readonly hash: EjabberdHash
  readonly username: string
  readonly password: string
  readonly serverkey: string
  readonly salt: string
  readonly iterationcount: number
}

export interface EjabberdSql {
  readonly port: number
  /** A row of the table as JSON, as PostgreSQL writes it. */
  row(hash: EjabberdHash, username: string): Promise<string>
  stop(): Promise<void>
}

const HASHES: readonly EjabberdHash[] = ['sha', 'sha256', 'sha512']
const PASSWORD = 'of the database'

export async function startEjabberdSql(
  rows: readonly EjabberdRow[],
  registrations: readonly Registration[],
): Promise<EjabberdSql> {
  const [port = 0, databasePort = 0] = await freePorts(2)
  const postgresql = await startPostgresql(databasePort)
  await makeTables(postgresql, rows)
  const folder = temporaryFolder()
  const [configuration, done, log] = ['ejabberd.yml', 'registered', 'log'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  mkdirSync(join(folder, 'tables'))
  writeFileSync(configuration, settings(port, databasePort))
  giveTo(folder, await unprivileged())

  const terms = registrations.map(
    ({ hash, authcid, password }) => `{${[authcid, ejabberdHost(hash), password].map(binary)}}`,
  )
  const code = `
    ejabberd:start(),
    [ok = ejabberd_auth:try_register(U, H, P) || {U, H, P} <- [${terms}]],
    ok = file:write_file("${done}", <<>>).`
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
  const end = async () => {
    await stop(child)
    await postgresql.stop()
  }
  try {
    await listens({ port }, () => child.exitCode === null)
    for (let tries = 0; !existsSync(done); tries++) {
      if (tries > 300 || child.exitCode !== null) throw new Error('the accounts were not registered')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } catch (cause) {
    await end()
    throw new Error(`ejabberd did not start:\n${readFileSync(log, 'utf8')}`, { cause })
  }
  return {
    port,
    row: (hash, username) =>
      postgresql.sql(`SELECT row_to_json(users) FROM ${hash}.users WHERE username = '${username}'`),
    stop: end,
  }
}

/** A role and a schema for each hash: ejabberd finds its tables by the role's search path. */
async function makeTables(postgresql: Postgresql, rows: readonly EjabberdRow[]): Promise<void> {
  const schema = readFileSync(SCHEMA, 'utf8')
  for (const hash of HASHES) {
    await postgresql.sql(
      `CREATE ROLE ${hash} LOGIN PASSWORD '${PASSWORD}'; CREATE SCHEMA ${hash} AUTHORIZATION ${hash}; SET ROLE ${hash}; SET search_path TO ${hash}; ${schema}`,
    )
    for (const { hash: of, username, password, serverkey, salt, iterationcount } of rows)
      if (of === hash)
        await postgresql.sql(
          `INSERT INTO ${hash}.users (username, password, serverkey, salt, iterationcount) VALUES ('${username}', '${password}', '${serverkey}', '${salt}', ${iterationcount})`,
        )
  }
}

const settings = (port: number, databasePort: number): string => `
hosts: [${HASHES.map(ejabberdHost).join(', ')}]
loglevel: info
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, access: c2s }
acl: { local: { user_regexp: "" } }
access_rules: { c2s: { allow: all }, register: { allow: all } }
auth_method: sql
auth_password_format: scram
sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: ${databasePort}
sql_database: postgres
sql_password: "${PASSWORD}"
sql_pool_size: 1
host_config:
${HASHES.map((hash) => `  ${ejabberdHost(hash)}: { auth_scram_hash: ${hash}, sql_username: ${hash} }\n`).join('')}
modules: {}
`
