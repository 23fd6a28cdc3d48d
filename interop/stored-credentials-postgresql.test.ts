/**
 * Credentials that we made, in PostgreSQL, asked by psql: what the tests of `\password` leave out. The octets that count
 * are libpq's choice, which does SASLprep, or none where that fails.
 */
import assert from 'node:assert/strict'
import { after } from 'node:test'
import {
  convert,
  makeStoredCredential,
  parseStoredCredential,
  type ScramFormat,
  type StoredCredential,
  verifyPassword,
} from 'saslkit/credentials'
import { type Postgresql, postgresqlTool, startPostgresql } from './peers/postgresql.ts'
import { requirePeer } from './peers/require-peer.ts'
import { accountsOf, proveMore, proveStored } from './prove-stored.ts'

const peer = { ...requirePeer('psql'), ...postgresqlTool }
const postgresql: Postgresql | undefined = peer.skip === undefined ? await startPostgresql() : undefined
after(() => postgresql?.stop())

const scheme = 'SCRAM-SHA-256'

/** Whose SCRAM-SHA-256 keys are written for PostgreSQL. */
const CONVERTED: readonly ScramFormat[] = ['dovecot', 'rfc5803', 'kafka', 'ejabberd', 'prosody', 'passlib']

async function load(
  name: string,
  make: (password: string) => Promise<Pick<StoredCredential, 'text'>>,
): Promise<void> {
  for (const { authcid, text } of await accountsOf(name, async (password) =>
    parseStoredCredential((await make(password)).text),
  ))
    await createRole(authcid, text)
}

const createRole = (role: string, text: string) =>
  postgresql!.sql(`CREATE ROLE "${role}" LOGIN PASSWORD '${text}'`)

if (postgresql) {
  await load('made', (password) => makeStoredCredential(password, { scheme, format: 'postgresql' }))
  for (const format of CONVERTED)
    await load(`from-${format}`, async (password) =>
      convert(await makeStoredCredential(password, { scheme, format, iterations: 4096 }), 'postgresql'),
    )
}

const enter = (role: string, password: string) => postgresql!.logsIn(role, password)
const by = 'psql'
proveStored(peer, 'made', by, enter, `${scheme} at 65,536 iterations`)
for (const format of CONVERTED) proveStored(peer, `from-${format}`, by, enter, `${scheme} from ${format}`)

/** What gets in beside the password itself, and what does not. */
interface Odd {
  readonly why: string
  readonly password: string
  readonly same?: string
  readonly other: string
}

const ODD: readonly Odd[] = [
  { why: 'with a compatibility character', password: '\u2168', same: 'IX', other: 'ix' },
  { why: 'with a letter in two code points', password: 'A\u030a', same: '\u00c5', other: 'A' },
  { why: 'with a space beyond ASCII', password: 'a\u00a0b', same: 'a b', other: 'ab' },
  { why: 'with a soft hyphen', password: 'a\u00adb', same: 'ab', other: 'a-b' },
  { why: 'of nothing but a soft hyphen, raw', password: '\u00ad', other: '\u00ad\u00ad' },
  { why: 'with a control, raw', password: '\u2168\u0007', other: 'IX\u0007' },
  { why: 'with what Unicode 3.2 has not assigned, raw', password: '\u2168\u{1f600}', other: 'IX\u{1f600}' },
  { why: 'against the bidi rule, raw', password: '\u2168\u0627', other: 'IX\u0627' },
]

const SAME_PREPARATION = 'all that libpq makes the same of gets in, nothing else'

for (const [index, { why, password, same, other }] of ODD.entries())
  proveMore(peer, `${scheme} of a password ${why}`, by, SAME_PREPARATION, async () => {
    const made = await makeStoredCredential(password, { scheme, preset: 'postgres' })
    const role = `odd${index}`
    await createRole(role, made.text)
    await postgresql!.sql(`CREATE ROLE their${role} LOGIN PASSWORD '${password}'`)
    const theirs = parseStoredCredential(
      await postgresql!.sql(`SELECT rolpassword FROM pg_authid WHERE rolname = 'their${role}'`),
    )
    for (const [presented, right] of [
      [password, true],
      ...(same === undefined ? [] : ([[same, true]] as const)),
      [other, false],
    ] as const) {
      assert.equal(await enter(role, presented), right)
      assert.equal(await verifyPassword(made, presented), right)
      assert.equal(await verifyPassword(theirs, presented), right)
    }
  })
