/** ejabberd with its accounts in PostgreSQL: the table "users" of its own schema, a database for each hash. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from './free-ports.ts'
import { type Postgresql, startPostgresql } from './postgresql.ts'
import {
  type EjabberdHash,
  HASHES,
  type Registration,
  registrationTerms,
  runEjabberd,
} from './run-ejabberd.ts'
import { temporaryFolder } from './temporary-folder.ts'

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

const PASSWORD = 'of the database'

export async function startEjabberdSql(
  rows: readonly EjabberdRow[],
  registrations: readonly Registration[],
): Promise<EjabberdSql> {
  const [port = 0, databasePort = 0] = await freePorts(2)
  const postgresql = await startPostgresql(databasePort)
  const folder = temporaryFolder()
  const ready = join(folder, 'registered')
  try {
    await makeTables(postgresql, rows)
    const stopEjabberd = await runEjabberd({
      folder,
      port,
      accounts: settings(databasePort),
      hostSettings: (hash) => `, sql_username: ${hash}`,
      code: `
        [ok = ejabberd_auth:try_register(U, H, P) || {U, H, P} <- ${registrationTerms(registrations)}],
        ok = file:write_file("${ready}", <<>>).`,
      ready,
    })
    return {
      port,
      row: (hash, username) =>
        postgresql.sql(`SELECT row_to_json(users) FROM ${hash}.users WHERE username = '${username}'`),
      async stop() {
        await stopEjabberd()
        await postgresql.stop()
      },
    }
  } catch (error) {
    await postgresql.stop()
    throw error
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

const settings = (port: number): string => `auth_method: sql
sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: ${port}
sql_database: postgres
sql_password: "${PASSWORD}"
sql_pool_size: 1`
