/** Stored credentials both ways: what other programs make, ours verifies; what ours makes, others take. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  allowBroken,
  type CredentialFormat,
  convert,
  type MakeScheme,
  makeStoredCredential,
  parseStoredCredential,
  verifyPassword,
} from 'saslkit/credentials'
import { directory, memoryStore, type StoredAccount } from 'saslkit/stores'
import { JURGEN, NINE, TIM } from './accounts.ts'
import { type Postgresql, postgresqlTool, startPostgresql } from './peers/postgresql.ts'
import { run } from './peers/process.ts'
import { requireTool } from './peers/require-tool.ts'

const PASSWORDS = [TIM.password, `${JURGEN.password}日本`]
const USERNAME = 'tim@example.org'

/** Debian's own: passlib is a package of it. */
const PYTHON = '/usr/bin/python3'

async function output(command: string, args: readonly string[], input = ''): Promise<string> {
  const { status, stdout, stderr } = await run(command, args, { input })
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stderr}`)
  return stdout.trim()
}

/** Ours reads it, takes the password, and takes no other. */
async function verifies(text: string, password: string, hint?: CredentialFormat): Promise<void> {
  const stored = parseStoredCredential(text, { hint })
  assert.equal(await verifyPassword(stored, password, { username: USERNAME }), true, stored.scheme)
  assert.equal(await verifyPassword(stored, `x${password}`, { username: USERNAME }), false, stored.scheme)
}

/** A test for each password. */
function forEach(
  title: string,
  skip: string | undefined,
  body: (password: string) => Promise<unknown>,
): void {
  for (const password of PASSWORDS)
    test(`${title}, ${password}`, { skip: skip ?? false }, async () => {
      await body(password)
    })
}

describe('doveadm pw', () => {
  const { skip } = requireTool('dovecot-core', 'doveadm', 'pw', '-l')
  const ROUNDS: Readonly<Record<string, string>> = {
    PBKDF2: '1000',
    'SHA256-CRYPT': '1000',
    'SHA512-CRYPT': '1000',
    'BLF-CRYPT': '4',
    CRYPT: '4',
    ARGON2I: '3',
    ARGON2ID: '3',
  }
  const pw = (scheme: string, password: string) => {
    const rounds = ROUNDS[scheme]
    return output('doveadm', [
      'pw',
      '-s',
      scheme,
      '-u',
      USERNAME,
      '-p',
      password,
      ...(rounds ? ['-r', rounds] : []),
    ])
  }

  forEach('every scheme that it lists', skip, async (password) => {
    const schemes = (await output('doveadm', ['pw', '-l'])).split(/\s+/)
    assert.ok(schemes.length >= 31)
    for (const scheme of schemes) {
      const text = await pw(scheme, password)
      if (scheme === 'OTP') assert.deepEqual(parseStoredCredential(text).serves, ['OTP'])
      // It writes no length before the password, and cannot verify that itself.
      else if (scheme === 'PLAIN-TRUNC')
        assert.throws(() => parseStoredCredential(text), { problem: 'malformed' })
      else await verifies(text, password, 'dovecot')
    }
  })

  forEach('every encoding', skip, async (password) => {
    for (const scheme of ['PLAIN', 'SHA256', 'SSHA512', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-1', 'PLAIN-MD4'])
      for (const suffix of ['hex', 'b64', 'base64'])
        await verifies(await pw(`${scheme}.${suffix}`, password), password)
  })

  const OURS: readonly MakeScheme[] = [
    'SCRAM-SHA-1',
    'SCRAM-SHA-256',
    'argon2i',
    'argon2id',
    'bcrypt',
    'pbkdf2-sha1',
    'sha512-crypt',
    'sha256-crypt',
    'md5-crypt',
    'yescrypt',
    'ssha512',
    'ssha256',
    'ssha',
    'smd5',
    'sha512',
    'sha256',
    'sha',
    'md5',
    'md4',
    'cleartext',
    'cram-md5',
    'digest-md5',
  ]
  forEach('takes what we make', skip, async (password) => {
    for (const scheme of OURS) {
      const cost = scheme === 'bcrypt' ? 5 : scheme === 'yescrypt' ? 1 : undefined
      const costs = { cost, rounds: 5000, iterations: 5000, memory: 8192 }
      const options = {
        scheme,
        format: 'dovecot',
        username: USERNAME,
        ...costs,
        [allowBroken]: true,
      } as const
      const { text } = await makeStoredCredential(password, options)
      const check = (given: string) => run('doveadm', ['pw', '-u', USERNAME, '-t', text, '-p', given])
      assert.match((await check(password)).stdout, /\(verified\)/, scheme)
      assert.notEqual((await check(`x${password}`)).status, 0, scheme)
    }
  })
})

describe('htpasswd', () => {
  const { skip } = requireTool('apache2-utils', 'htpasswd', '-nbs', 'x', 'x')
  forEach('every algorithm', skip, async (password) => {
    for (const options of [['-m'], ['-2'], ['-5'], ['-B'], ['-s'], ['-d']]) {
      const line = await output('htpasswd', ['-nb', ...options, 'tim', password])
      await verifies(line.slice('tim:'.length), password, 'htpasswd')
    }
  })

  forEach('takes what we make', skip, async (password) => {
    const folder = mkdtempSync(join(tmpdir(), 'saslkit-'))
    const file = join(folder, 'htpasswd')
    for (const scheme of ['bcrypt', 'sha512-crypt', 'sha256-crypt', 'apr1', 'sha'] as const) {
      const cost = scheme === 'bcrypt' ? 4 : undefined
      const { text } = await makeStoredCredential(password, {
        scheme,
        format: 'htpasswd',
        cost,
        [allowBroken]: true,
      })
      writeFileSync(file, `tim:${text}\n`)
      assert.equal((await run('htpasswd', ['-vb', file, 'tim', password])).status, 0, scheme)
      assert.notEqual((await run('htpasswd', ['-vb', file, 'tim', `x${password}`])).status, 0, scheme)
    }
    rmSync(folder, { recursive: true })
  })
})

describe('htdigest', () => {
  const { skip } = requireTool('apache2-utils', 'which', 'htdigest')
  forEach('its HA1 is read, and ours is the same', skip, async (password) => {
    const folder = mkdtempSync(join(tmpdir(), 'saslkit-'))
    const file = join(folder, 'htdigest')
    // Without a terminal it reads the password, twice, from standard input; setsid takes the terminal away.
    await output('setsid', ['-w', 'htdigest', '-c', file, 'example.org', 'tim'], `${password}\n${password}\n`)
    const [user, realm, ha1 = ''] = readFileSync(file, 'utf8').trim().split(':')
    rmSync(folder, { recursive: true })
    const owner = { username: user, realm }
    const stored = parseStoredCredential(ha1, { hint: 'digest-md5' })
    assert.equal(await verifyPassword(stored, password, owner), true)
    assert.equal(await verifyPassword(stored, `x${password}`, owner), false)
    assert.equal(await verifyPassword(stored, password, { ...owner, username: 'tom' }), false)
    const made = { scheme: 'digest-md5', ...owner, [allowBroken]: true } as const
    assert.equal((await makeStoredCredential(password, { ...made, format: 'digest-md5' })).text, ha1)
    const dovecots = `{DIGEST-MD5}${ha1}`
    assert.equal((await makeStoredCredential(password, { ...made, format: 'dovecot' })).text, dovecots)
    assert.equal((await convert(stored, 'dovecot')).text, dovecots)
    assert.equal((await convert(parseStoredCredential(dovecots), 'digest-md5')).text, ha1)
  })
})

describe('saslpasswd2', () => {
  const { skip } = requireTool('sasl2-bin db-util', 'sh', '-c', 'which saslpasswd2 sasldblistusers2 db_dump')
  const keep = (file: string, user: string, password: string, ...more: readonly string[]) =>
    output('saslpasswd2', ['-p', '-c', '-f', file, '-u', 'example.org', ...more, user], password)

  test('what sasldb2 keeps is the password itself, which db_dump gives and a store takes', {
    skip: skip ?? false,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saslkit-'))
    const file = join(folder, 'sasldb2')
    for (const [index, password] of PASSWORDS.entries()) await keep(file, `user${index}`, password)
    await keep(file, 'nobody', 'x', '-n') // no userPassword
    assert.match(await output('sasldblistusers2', ['-f', file]), /^user1@example.org: userPassword$/m)
    const dump = await output('db_dump', [file])
    rmSync(folder, { recursive: true })

    const { verifyPassword: verify, scramHashes } = directory(await memoryStore(sasldbAccounts(dump)), {
      decoySecret: new Uint8Array(32),
    })
    const context = { connection: { secure: true } }
    for (const [index, password] of PASSWORDS.entries()) {
      const authcid = `user${index}@example.org`
      assert.deepEqual(await verify(authcid, password, context), { authcid })
      assert.equal(await verify(authcid, `x${password}`, context), false)
    }
    assert.equal(await verify('nobody@example.org', 'x', context), false)
    assert.deepEqual(scramHashes, ['SHA-512', 'SHA-256'])
  })

  /** The recipe of docs/stored-credentials.md. */
  function sasldbAccounts(dump: string): StoredAccount[] {
    const [, records = ''] = /HEADER=END\n([\s\S]*?)DATA=END/.exec(dump) ?? []
    const fields = records
      .trim()
      .split(/\s*\n\s*/)
      .map((digits) => Buffer.from(digits, 'hex').toString())
    return fields.flatMap((key, at) => {
      const [user, realm, property] = key.split('\0')
      if (at % 2 || property !== 'userPassword' || !fields[at + 1]) return []
      const password = parseStoredCredential(fields[at + 1]!, { hint: 'cleartext' })
      return [{ name: `${user}@${realm}`, credentials: [password] }]
    })
  }
})

describe('slappasswd', () => {
  const { skip } = requireTool(
    'slapd slapd-contrib',
    'slappasswd',
    '-s',
    'x',
    '-o',
    'module-path=/usr/lib/ldap',
    '-o',
    'module-load=pw-pbkdf2.so',
    '-h',
    '{PBKDF2}',
  )
  const SCHEMES: readonly (readonly [modul: string | undefined, schemes: readonly string[]])[] = [
    [undefined, ['SSHA', 'SHA', 'SMD5', 'MD5', 'CRYPT']],
    ['pw-sha2', ['SSHA256', 'SSHA384', 'SSHA512', 'SHA256', 'SHA384', 'SHA512']],
    ['pw-pbkdf2', ['PBKDF2', 'PBKDF2-SHA1', 'PBKDF2-SHA256', 'PBKDF2-SHA512']],
    ['argon2', ['ARGON2']],
  ]
  forEach('every scheme of its own and of its modules', skip, async (password) => {
    for (const [modul, schemes] of SCHEMES) {
      const load = modul ? ['-o', 'module-path=/usr/lib/ldap', '-o', `module-load=${modul}.so`] : []
      for (const scheme of schemes)
        await verifies(
          await output('slappasswd', [...load, '-h', `{${scheme}}`, '-s', password]),
          password,
          'ldap',
        )
    }
    for (const salt of ['$1$%.8s', '$5$%.16s', '$6$%.16s', '$y$j75$%.20s'])
      await verifies(await output('slappasswd', ['-c', salt, '-s', password]), password, 'ldap')
  })
})

describe('openssl passwd', () => {
  const { skip } = requireTool('openssl', 'openssl', 'version')
  forEach('every algorithm', skip, async (password) => {
    for (const option of ['-1', '-5', '-6', '-apr1'])
      await verifies(await output('openssl', ['passwd', option, '-stdin'], password), password)
  })
})

describe('mkpasswd', () => {
  const { skip } = requireTool('whois', 'mkpasswd', '--version')
  const METHODS: readonly (readonly [method: string, rounds?: string])[] = [
    ['yescrypt'],
    ['yescrypt', '1'],
    ['scrypt', '6'],
    ['bcrypt', '5'],
    ['bcrypt-a', '5'],
    ['sha512crypt'],
    ['sha512crypt', '10000'],
    ['sha256crypt'],
    ['md5crypt'],
    ['descrypt'],
  ]
  forEach('every method that we serve', skip, async (password) => {
    for (const [method, rounds] of METHODS) {
      const args = ['-m', method, ...(rounds ? ['-R', rounds] : []), '-s']
      await verifies(await output('mkpasswd', args, password), password, 'crypt')
    }
  })

  test('methods that we do not serve are refused as unknown', { skip: skip ?? false }, async () => {
    for (const method of ['gost-yescrypt', 'sunmd5', 'bsdicrypt', 'nt']) {
      const text = await output('mkpasswd', ['-m', method, '-s'], TIM.password)
      assert.throws(() => parseStoredCredential(text), { problem: 'unknown' }, method)
    }
  })

  forEach('takes what we make', skip, async (password) => {
    for (const scheme of ['yescrypt', 'sha512-crypt', 'sha256-crypt', 'md5-crypt', 'bcrypt'] as const) {
      const cost = scheme === 'bcrypt' ? 4 : undefined
      const { text } = await makeStoredCredential(password, { scheme, cost })
      // The C library's crypt(3), which login(1) and sshd ask.
      const code =
        'import ctypes, sys; c = ctypes.CDLL("libcrypt.so.1").crypt; c.restype = ctypes.c_char_p\n' +
        'text, password = (argument.encode() for argument in sys.argv[1:]); print(c(password, text).decode())'
      assert.equal(await output(PYTHON, ['-c', code, text, password]), text, scheme)
      assert.notEqual(await output(PYTHON, ['-c', code, text, `x${password}`]), text, scheme)
    }
  })
})

describe('gsasl --mkpasswd', () => {
  const { skip } = requireTool('gsasl', 'gsasl', '--version')
  const mkpasswd = (mechanism: string, password: string, ...more: readonly string[]) =>
    output('gsasl', [
      '--mkpasswd',
      '--mechanism',
      mechanism,
      '--iteration-count',
      '4096',
      '-p',
      password,
      ...more,
    ])

  forEach('both mechanisms', skip, async (password) => {
    for (const mechanism of ['SCRAM-SHA-1', 'SCRAM-SHA-256']) {
      await verifies(await mkpasswd(mechanism, password), password, 'gsasl')
      await verifies(await mkpasswd(mechanism, password, '--verbose'), password)
    }
  })

  test('a password that SASLprep changes', { skip: skip ?? false }, async () => {
    await verifies(await mkpasswd('SCRAM-SHA-256', NINE.password), NINE.typed, 'gsasl')
  })
})

describe('passlib', () => {
  const { skip } = requireTool(
    'python3-passlib python3-bcrypt python3-argon2 python3-scrypt',
    PYTHON,
    '-c',
    'import passlib, bcrypt, argon2',
  )
  const passlib = (code: string, ...args: readonly string[]) =>
    output(PYTHON, [
      '-W',
      'ignore',
      '-c',
      `import sys; from passlib import hash as h; print(${code})`,
      ...args,
    ])

  const HASHES: readonly string[] = [
    'scram.using(rounds=4096)',
    'argon2.using(type="ID", rounds=2, memory_cost=64)',
    'argon2.using(type="I", rounds=2, memory_cost=64)',
    'argon2.using(type="D", rounds=2, memory_cost=64)',
    'bcrypt.using(rounds=4)',
    'pbkdf2_sha1.using(rounds=1000)',
    'pbkdf2_sha256.using(rounds=1000)',
    'pbkdf2_sha512.using(rounds=1000)',
    'scrypt.using(rounds=4)',
    'phpass.using(rounds=7)',
    'django_pbkdf2_sha256.using(rounds=1000)',
    'django_pbkdf2_sha1.using(rounds=1000)',
    'ldap_pbkdf2_sha1.using(rounds=1000)',
    'ldap_pbkdf2_sha256.using(rounds=1000)',
    'ldap_pbkdf2_sha512.using(rounds=1000)',
    'ldap_salted_sha1',
    'ldap_salted_sha256',
    'ldap_salted_sha512',
    'ldap_salted_md5',
    'ldap_sha1',
    'ldap_md5',
    'ldap_sha512_crypt.using(rounds=1000)',
    'apr_md5_crypt',
    'md5_crypt',
    'des_crypt',
    'sha256_crypt.using(rounds=1000)',
    'sha512_crypt.using(rounds=1000)',
  ]
  forEach('every scheme that we serve', skip, async (password) => {
    const all = await passlib(
      `"\\n".join(each.hash(sys.argv[1]) for each in (${HASHES.map((each) => `h.${each}`).join(', ')}))`,
      password,
    )
    for (const text of all.split('\n')) await verifies(text, password)
  })

  const OURS: readonly (readonly [handler: string, scheme: MakeScheme, format: CredentialFormat])[] = [
    ['scram', 'SCRAM-SHA-1', 'passlib'],
    ['argon2', 'argon2id', 'phc'],
    ['bcrypt', 'bcrypt', 'crypt'],
    ['pbkdf2_sha1', 'pbkdf2-sha1', 'passlib'],
    ['pbkdf2_sha256', 'pbkdf2-sha256', 'passlib'],
    ['pbkdf2_sha512', 'pbkdf2-sha512', 'passlib'],
    ['scrypt', 'scrypt', 'phc'],
    ['django_pbkdf2_sha256', 'pbkdf2-sha256', 'django'],
    ['ldap_pbkdf2_sha256', 'pbkdf2-sha256', 'ldap'],
    ['ldap_salted_sha512', 'ssha512', 'ldap'],
    ['sha512_crypt', 'sha512-crypt', 'crypt'],
    ['apr_md5_crypt', 'apr1', 'htpasswd'],
  ]
  forEach('takes what we make', skip, async (password) => {
    for (const [handler, scheme, format] of OURS) {
      const costs = { cost: 4, memory: 64, N: 16, rounds: 1000, iterations: 4096 }
      const { text } = await makeStoredCredential(password, { scheme, format, ...costs, [allowBroken]: true })
      const said = await passlib(
        `[h.${handler}.verify(sys.argv[i], sys.argv[1]) for i in (2, 3)]`,
        text,
        password,
        `x${password}`,
      )
      assert.equal(said, '[True, False]', handler)
    }
  })
})

describe('PostgreSQL', { skip: postgresqlTool.skip ?? false }, () => {
  let postgresql: Postgresql
  before(async () => {
    postgresql = await startPostgresql()
  })
  after(() => postgresql?.stop())

  const stored = (role: string) =>
    postgresql.sql(`SELECT rolpassword FROM pg_authid WHERE rolname = '${role}'`)

  forEach('what CREATE ROLE and \\password leave in pg_authid', undefined, async (password) => {
    const role = `role${PASSWORDS.indexOf(password)}`
    await postgresql.sql(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`)
    await verifies(await stored(role), password, 'postgresql')
    const another = `${password}2`
    await postgresql.setPassword(role, another)
    await verifies(await stored(role), another, 'postgresql')
  })

  forEach('lets in whom we made keys for, and nobody else', undefined, async (password) => {
    const role = `ours${PASSWORDS.indexOf(password)}`
    const { text } = await makeStoredCredential(password, { scheme: 'SCRAM-SHA-256', preset: 'postgres' })
    await postgresql.sql(`CREATE ROLE ${role} LOGIN PASSWORD '${text}'`)
    assert.equal(await stored(role), text)
    assert.equal(await postgresql.logsIn(role, password), true)
    assert.equal(await postgresql.logsIn(role, `x${password}`), false)
  })

  test('passwords that SASLprep changes, or refuses', async () => {
    for (const [role, password, other] of [
      ['nine', NINE.password, NINE.typed],
      ['bell', 'a\u0007b', 'a\u0007b'],
    ] as const) {
      await postgresql.sql(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`)
      await verifies(await stored(role), other, 'postgresql')
      const { text } = await makeStoredCredential(password, { scheme: 'SCRAM-SHA-256', preset: 'postgres' })
      await postgresql.sql(`ALTER ROLE ${role} PASSWORD '${text}'`)
      assert.equal(await postgresql.logsIn(role, other), true)
    }
  })
})
