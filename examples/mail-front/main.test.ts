/** The main job as a reader runs it, and the curl lines that it prints, typed in. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { createInterface, type Interface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CLIENT_MECHANISMS, saslClient } from 'saslkit'
import { login } from 'saslkit/node'
import { AUTHCID, PASSWORD } from './accounts.ts'
import { PROTOCOLS, type ProtocolName } from './front.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const run = (...options: string[]) => spawnSync(process.execPath, [MAIN, ...options], { encoding: 'utf8' })

test('--once logs in by every protocol and mechanism, and exits with 0', () => {
  const { status, stdout, stderr } = run('--once')
  assert.equal(stderr, '')
  assert.equal(status, 0, stdout)
  for (const protocol of ['SMTP', 'IMAP', 'POP3'])
    for (const transport of ['STARTTLS', 'TLS'])
      for (const mechanism of CLIENT_MECHANISMS)
        assert.match(stdout, new RegExp(`^${protocol} +${transport} +${mechanism} .* ✓$`, 'm'))
  assert.doesNotMatch(stdout, /✗/)
  const headings =
    'protocol +over +mechanism +channel binding +round trips +who proved themselves +ms +result'
  assert.match(stdout, new RegExp(`^${headings}$`, 'm'))
  assert.match(stdout, /^IMAP +TLS +SCRAM-SHA-256-PLUS +tls-exporter +\d +each to the other +\d+ {2}✓$/m)
  assert.match(
    stdout,
    /^IMAP +TLS +SCRAM-SHA-256-PLUS +tls-server-end-point +\d +each to the other +\d+ {2}✓$/m,
  )
  assert.match(stdout, /^IMAP +TLS +PLAIN +\d +client to server +\d+ {2}✓$/m)
  assert.match(stdout, /^IMAP +TLS +ANONYMOUS +\d +nobody +\d+ {2}✓$/m)
  assert.match(stdout, /^IMAP +TLS +PLAIN, wrong password +\d+ {2}✓ fails: invalid-credentials$/m)
})

/** What should come of one attempt is said to be something else, in the program that then runs. */
const MISTAKEN = {
  'a login that should fail works': ['policy: byEndPoint }', "policy: byEndPoint, fails: 'temporary' }"],
  'a login that should work fails': ["      fails: 'mechanism-unavailable',\n", ''],
} as const

for (const [what, [code, instead]] of Object.entries(MISTAKEN))
  test(`--once exits with 1 where ${what}`, async () => {
    assert.ok((await readFile(new URL('attempts.ts', import.meta.url), 'utf8')).includes(code))
    const hook = `
      import { registerHooks } from 'node:module'
      registerHooks({
        load(url, context, next) {
          const loaded = next(url, context)
          if (!url.endsWith('/attempts.ts')) return loaded
          return { ...loaded, source: String(loaded.source).replace(${JSON.stringify(code)}, ${JSON.stringify(instead)}) }
        },
      })`
    const options = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, MAIN, '--once']
    const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' })
    assert.equal(stderr, '')
    assert.match(stdout, /✗/)
    assert.equal(status, 1, stdout)
  })

test('--help and what it does not know', () => {
  assert.match(run('--help').stdout, /--once/)
  for (const options of [['--bogus'], ['--port', 'x'], ['--port', '70000']]) {
    const { status, stderr } = run(...options)
    assert.equal(status, 2)
    assert.match(stderr, /npm start/)
  }
})

const CURL = /^(?:curl|echo) /

/** What it says to whoever would like to try, up to the end of the curl lines. */
async function invitation(lines: Interface): Promise<readonly string[]> {
  const said: string[] = []
  for await (const line of lines) {
    if (!line && CURL.test(said.at(-1) ?? '')) break
    said.push(line)
  }
  return said
}

test('at the ports that it prints, and by the authority that it names, a client verifies and logs in', async () => {
  const front = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'] })
  let file: string | undefined
  try {
    const said = await invitation(createInterface({ input: front.stdout }))
    file = said.map((line) => /: (\/\S+ca\.pem)$/.exec(line)?.[1]).find((path) => path !== undefined)
    assert.ok(file)
    const accounts = said
      .map((line) => /^Accounts: (\S+)$/.exec(line)?.[1])
      .find((path) => path !== undefined)
    assert.ok(accounts)
    assert.equal((await stat(accounts)).mode & 0o777, 0o600)
    const stored = await readFile(accounts, 'utf8')
    assert.match(stored, /"authcid": "tim"/)
    for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const)
      assert.ok(!stored.includes(Buffer.from(PASSWORD).toString(form).replace(/=+$/, '')), form)
    const ca = await readFile(file)
    const client = saslClient({ authcid: AUTHCID, password: PASSWORD })
    for (const name of Object.keys(PROTOCOLS) as ProtocolName[]) {
      const row = said
        .map((line) => new RegExp(`^${name} +(\\d+) +(\\d+)$`).exec(line))
        .find((match) => match)
      assert.ok(row, name)
      for (const [tls, port] of [
        ['starttls', Number(row[1])],
        ['implicit', Number(row[2])],
      ] as const) {
        const { socket, mechanism } = await login({
          protocol: PROTOCOLS[name],
          client,
          tls,
          host: 'localhost',
          port,
          tlsOptions: { ca },
        })
        socket.destroy()
        assert.match(mechanism, /-PLUS$/)
      }
    }
  } finally {
    front.kill('SIGTERM')
    await once(front, 'exit')
  }
  await assert.rejects(readFile(file), { code: 'ENOENT' })
})

const curl = spawnSync('curl', ['--version'], { encoding: 'utf8' })
const noCurl = curl.status === 0 ? false : 'curl is not here (Debian: curl)'
if (noCurl && process.env.CI) throw new Error(noCurl)
if (noCurl) console.error(`SKIPPED: ${noCurl}`)

test('the curl lines that it prints work as they stand', { skip: noCurl }, async () => {
  const front = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const said = await invitation(createInterface({ input: front.stdout }))
    const lines = said.filter((line) => CURL.test(line))
    assert.ok(lines.length >= 6)
    for (const line of lines) {
      if (line.includes('gsasl') && !curl.stdout.includes('gsasl')) continue
      const { status, stderr } = spawnSync('bash', ['-c', line.replaceAll('curl -k', 'curl -sS -k')], {
        encoding: 'utf8',
      })
      assert.equal(status, line.endsWith('# denied') ? 67 : 0, `${line}\n${stderr}`)
    }
  } finally {
    front.kill('SIGTERM')
    const [status] = await once(front, 'exit')
    assert.equal(status, 0)
  }
})
