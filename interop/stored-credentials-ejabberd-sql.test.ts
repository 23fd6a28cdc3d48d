/** Credentials that we made, in the table "users" of ejabberd's schema for PostgreSQL; and the rows that it writes, read by ours. */
import assert from 'node:assert/strict'
import { after } from 'node:test'
import { makeStoredCredential, parseStoredCredential, verifyPassword } from 'saslkit/credentials'
import { type EjabberdRow, startEjabberdSql } from './peers/ejabberd-sql.ts'
import { postgresqlTool } from './peers/postgresql.ts'
import { requirePeer } from './peers/require-peer.ts'
import { requireTool } from './peers/require-tool.ts'
import { type EjabberdHash, ejabberdHost } from './peers/run-ejabberd.ts'
import { xmppLogin } from './peers/xmpp-login.ts'
import { accountsOf, PASSWORDS, proveMore, proveStored } from './prove-stored.ts'

const ejabberdPeer = requirePeer('ejabberd')
const driver = requireTool('erlang-p1-pgsql', 'sh', '-c', 'ls /usr/lib/erlang/lib/p1_pgsql-*/ebin/pgsql.beam')
const peer = { ...ejabberdPeer, skip: ejabberdPeer.skip ?? postgresqlTool.skip ?? driver.skip }

const SCHEMES = [
  ['sha', 'SCRAM-SHA-1'],
  ['sha256', 'SCRAM-SHA-256'],
  ['sha512', 'SCRAM-SHA-512'],
] as const satisfies readonly (readonly [hash: EjabberdHash, scheme: string])[]

/** `{scram,<<"StoredKey">>,<<"ServerKey">>,<<"Salt">>,Hash,Iterations}`, as its columns have it. */
function rowOf(hash: EjabberdHash, username: string, record: string): EjabberdRow {
  const [password = '', serverkey = '', salt = ''] = [...record.matchAll(/<<"([^"]*)">>/g)].map(
    ([, octets]) => octets!,
  )
  return {
    hash,
    username,
    // For SHA-1 the hash is not named.
    password: hash === 'sha' ? password : `${hash}:${password}`,
    serverkey,
    salt,
    iterationcount: Number(/(\d+)\}$/.exec(record)?.[1]),
  }
}

async function rows(): Promise<EjabberdRow[]> {
  const all: EjabberdRow[] = []
  for (const [hash, scheme] of SCHEMES)
    for (const { authcid, text } of await accountsOf('made', (password) =>
      makeStoredCredential(password, { scheme, format: 'ejabberd' }),
    ))
      all.push(rowOf(hash, authcid, text))
  return all
}

const registrations = SCHEMES.flatMap(([hash]) =>
  PASSWORDS.map((password, index) => ({ hash, authcid: `theirs-${index}`, password })),
)
const ejabberd = peer.skip === undefined ? await startEjabberdSql(await rows(), registrations) : undefined
after(() => ejabberd?.stop())

for (const [hash, scheme] of SCHEMES) {
  for (const mechanism of ['PLAIN', scheme]) {
    const enter = (authcid: string, password: string) =>
      xmppLogin({ port: ejabberd!.port, host: ejabberdHost(hash), mechanism, authcid, password })
    proveStored(peer, 'made', mechanism, enter, `${scheme} in PostgreSQL`)
  }
  proveMore(
    peer,
    `${scheme} in PostgreSQL`,
    'ejabberd_auth:try_register',
    'ours verifies the rows that it writes',
    async () => {
      for (const [index, password] of PASSWORDS.entries()) {
        const stored = parseStoredCredential(await ejabberd!.row(hash, `theirs-${index}`))
        assert.deepEqual([stored.scheme, stored.format], [scheme, 'ejabberd'])
        assert.equal(await verifyPassword(stored, password), true)
        assert.equal(await verifyPassword(stored, `x${password}`), false)
      }
    },
  )
}
