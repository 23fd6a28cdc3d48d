/** One passwd-file, read by Dovecot and by our store: the same people get in, as the same. */
import assert from 'node:assert/strict'
import { appendFileSync, chmodSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { passwdFileStore } from 'saslkit/node'
import { directory } from 'saslkit/stores'
import { type DovecotAuth, startDovecotAuth } from './peers/dovecot-auth.ts'
import { run } from './peers/process.ts'
import { requirePeer } from './peers/require-peer.ts'
import { PASSWORDS } from './prove-stored.ts'

const { skip } = requirePeer('dovecot')

const NETWORKS = ['192.0.2.1', '192.0.2.2', '198.51.100.7', '2001:db8::1', undefined] as const

/** A line, and with which passwords it is tried (default "x"), from which addresses. */
const LINES: readonly (readonly [
  line: string,
  passwords?: readonly string[],
  from?: readonly (string | undefined)[],
])[] = [
  ['# comment:{PLAIN}x'],
  ['#hash:{PLAIN}x'],
  [''],
  [':{PLAIN}x'],
  ['plain:{PLAIN}x', ['x', 'X', 'x ', ' x', '', '{PLAIN}x']],
  ['short:{plain}x:1:1'],
  [' leading:{PLAIN}x'],
  ['Case:{PLAIN}x'],
  ['jürgen:{PLAIN}pässwörd', ['pässwörd', 'passwörd', 'pa\u0308sswo\u0308rd']],
  ['trailing:{PLAIN}x ', ['x ', 'x']],
  ['crlf:{PLAIN}x\r', ['x', 'x\r']],
  ['gecos:{PLAIN}x:1:1:nologin fail:/home/nologin:/sbin/nologin'],
  ['colons:{PLAIN}x::::::userdb_mail=maildir:~/Maildir userdb_quota=1:2'],
  ['none'],
  ['empty:', ['', 'x']],
  ['locked:!', ['!', 'x']],
  ['starred:*', ['*', 'x']],
  ['crypt:$1$salt$qJH7.N4xYta3aEG/dfqo/0', ['password', 'x']],
  ['locked-crypt:!$1$salt$qJH7.N4xYta3aEG/dfqo/0', ['password', 'x']],
  ['locked-in-braces:{CRYPT}!', ['!', 'x']],
  ['old-way:{PLAIN}x[34]', ['x[34]', 'x']],
  ['nopassword:{PLAIN}x::::::nopassword=y', ['x', 'y']],
  ['nologin:{PLAIN}x::::::nologin'],
  ['nologin-no:{PLAIN}x::::::reason=closed nologin=no'],
  ['nologin-spaced:{PLAIN}x::::::  nologin  '],
  ['nologin-case:{PLAIN}x::::::NOLOGIN'],
  ['nologin-tab:{PLAIN}x::::::a=b\tnologin'],
  ['nologin-userdb:{PLAIN}x::::::userdb_nologin=y'],
  ['fail:{PLAIN}x::::::fail=closed'],
  ['noauthenticate:{PLAIN}x::::::noauthenticate'],
  ['user:{PLAIN}x::::::user=plain', ['x', 'y']],
  ['user-twice:{PLAIN}x::::::user=a user=b'],
  ['user-empty:{PLAIN}x::::::user='],
  ['user@example.org:{PLAIN}x::::::user=%n+%d+%%'],
  ['user-variable:{PLAIN}x::::::user=%{user}@example.org'],
  ['allow_nets:{PLAIN}x::::::allow_nets=192.0.2.0/31,2001:db8::/32', ['x', 'y'], NETWORKS],
  ['allow_nets-twice:{PLAIN}x::::::allow_nets=192.0.2.0/24 allow_nets=192.0.2.1', ['x'], NETWORKS],
  ['allow_nets-host:{PLAIN}x::::::allow_nets=192.0.2.7/24', ['x'], NETWORKS],
  ['allow_nets-none:{PLAIN}x::::::allow_nets=', ['x'], NETWORKS],
  ['allow_nets-bad:{PLAIN}x::::::allow_nets=nonsense', ['x'], NETWORKS],
  ['allow_real_nets:{PLAIN}x::::::allow_real_nets=192.0.2.1', ['x'], NETWORKS],
  ['delay_until:{PLAIN}x::::::delay_until=1000000000'],
  ['delay_until-late:{PLAIN}x::::::delay_until=4000000000'],
  ['delay_until-bad:{PLAIN}x::::::delay_until=soon'],
  ['unknown:{NOBODY}x'],
  ['malformed:{SHA256.HEX}00', ['', 'x']],
  ['malformed-ssha:{SSHA}', ['', 'x']],
  ['encoded:{PLAIN.b64}eA=='],
  ['encoded-hex:{PLAIN.HEX}78'],
]

/** Where we are told apart, on purpose. Theirs, then ours. */
const OTHERWISE: readonly (readonly [
  line: string,
  authcid: string,
  password: string,
  theirs: string | undefined,
  ours: string | undefined,
])[] = [
  // Nothing is a password.
  ['nobody:::::::nopassword=y', 'nobody', 'x', 'nobody', undefined],
  ['nothing:{PLAIN}', 'nothing', '', 'nothing', undefined],
  // Two lines of one name are a mistake, and whose is not ours to guess.
  ['twice:{PLAIN}a\ntwice:{PLAIN}b', 'twice', 'a', 'twice', undefined],
  // We do not know which connections are local.
  ['local:{PLAIN}x::::::allow_nets=local', 'local', 'x', 'local', undefined],
  // To let somebody in as another takes more than we read.
  ['renamed:{PLAIN}x::::::username=other', 'renamed', 'x', 'other', undefined],
  ['moved:{PLAIN}x::::::domain=example.org', 'moved', 'x', 'moved@example.org', undefined],
  ['master:{PLAIN}x::::::login_user=other', 'master', 'x', 'other', undefined],
]

/** Who tries to get in, with what, from where. */
type Case = readonly [authcid: string, password: string, from?: string | undefined]

const nameOf = (line: string): string => line.replace(/\r$/, '').split(':')[0]!

describe('a passwd-file', { skip: skip ?? false }, () => {
  let dovecot: DovecotAuth
  const schemes: { readonly name: string; readonly password: string }[] = []
  before(async () => {
    const made: string[] = []
    const listed = (await run('doveadm', ['pw', '-l'])).stdout.trim().split(/\s+/)
    for (const scheme of listed)
      for (const [index, password] of PASSWORDS.entries()) {
        const name = `${scheme.toLowerCase()}-${index}@example.org`
        const rounds = /ARGON2|BLF|^CRYPT/.test(scheme) ? ['-r', scheme.startsWith('ARGON2') ? '3' : '4'] : []
        const { stdout } = await run('doveadm', ['pw', '-s', scheme, '-u', name, '-p', password, ...rounds])
        made.push(`${name}:${stdout.trim()}`)
        schemes.push({ name, password })
      }
    const lines = [...LINES.map(([line]) => line), ...OTHERWISE.map(([line]) => line), ...made]
    dovecot = await startDovecotAuth(lines.map((line) => `${line}\n`).join(''))
  })
  after(() => dovecot?.stop())

  const opened = async () => {
    const from = directory(await passwdFileStore(dovecot.users, { settle: 0 }), {
      decoySecret: new Uint8Array(32),
    })
    return async (authcid: string, password: string, remoteAddress?: string): Promise<string | undefined> => {
      try {
        const context = { connection: { secure: true, remoteAddress } }
        const verdict = await from.verifyPassword(authcid, password, context)
        return typeof verdict === 'object' && 'authcid' in verdict ? verdict.authcid : undefined
      } catch {
        return undefined // `temporary`: what Dovecot cannot read, it refuses
      }
    }
  }

  /** Both are asked, and must agree; how many got in. Dovecot's refusals take half a second, so they wait side by side. */
  const agree = async (cases: readonly Case[]): Promise<number> => {
    const ours = await opened()
    let letIn = 0
    for (let at = 0; at < cases.length; at += 16)
      await Promise.all(
        cases.slice(at, at + 16).map(async (one) => {
          const theirs = await dovecot.login(...one)
          assert.equal(await ours(...one), theirs, JSON.stringify(one))
          if (theirs !== undefined) letIn++
        }),
      )
    return letIn
  }

  test('comments, blank lines, odd passwords and extra fields', async () => {
    const cases = LINES.flatMap(([line, passwords = ['x'], addresses = [undefined]]) =>
      passwords.flatMap((password) =>
        addresses.map((address): Case => [nameOf(line) || 'nameless', password, address]),
      ),
    )
    const letIn = await agree(cases)
    assert.ok(letIn > 25, String(letIn))
    const absent = ['somebody', 'PLAIN', 'plain ', 'case', ' plain', 'b', '#hash', 'user\t']
    assert.equal(await agree(absent.map((name): Case => [name, 'x'])), 0)
  })

  test('where we differ, we refuse', async () => {
    const ours = await opened()
    for (const [line, name, password, theirs, we] of OTHERWISE) {
      assert.equal(await dovecot.login(name, password), theirs, line)
      assert.equal(await ours(name, password), we, line)
    }
  })

  test('every scheme that Dovecot lists', async () => {
    assert.ok(schemes.length >= 62)
    const checked = schemes.filter(({ name }) => !name.startsWith('otp-'))
    const cases = checked.flatMap(({ name, password }) =>
      [password, `x${password}`].map((tried): Case => [name, tried]),
    )
    // Of PLAIN-TRUNC's two doveadm leaves the length out, and takes what it makes no more than we do.
    assert.equal(await agree(cases), checked.length - PASSWORDS.length)
    // An OTP record can be checked against the password that it begins with; we leave it to the mechanism.
    for (const { name, password } of schemes.filter(({ name }) => name.startsWith('otp-'))) {
      assert.equal(await dovecot.login(name, password), name)
      assert.equal(await (await opened())(name, password), undefined)
    }
  })

  test('a change is seen by both at the next login', async () => {
    const ours = await opened()
    let seconds = Math.ceil(Date.now() / 1000)
    const both = async (name: string, password: string, letIn: boolean) => {
      assert.equal(await dovecot.login(name, password), letIn ? name : undefined)
      assert.equal(await ours(name, password), letIn ? name : undefined)
    }
    /** Dovecot looks at a file once a second at most, and tells it from the one before by whole seconds. */
    const written = async (path: string, how: (path: string, text: string) => void, text: string) => {
      how(path, text)
      seconds += 10
      utimesSync(path, seconds, seconds)
      await sleep(1100)
    }
    await both('new', 'x', false)
    await written(dovecot.users, appendFileSync, 'new:{PLAIN}x\n')
    await both('new', 'x', true)
    const other = `${dovecot.users}.new`
    await written(other, writeFileSync, 'new:{PLAIN}y\n')
    chmodSync(other, 0o644)
    renameSync(other, dovecot.users)
    await both('new', 'x', false)
    await both('new', 'y', true)
    await both('plain', 'x', false)
  })
})
