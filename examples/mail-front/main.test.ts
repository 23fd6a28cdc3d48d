/** The main job as a reader runs it, and the curl lines that it prints, typed in. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CLIENT_MECHANISMS } from 'saslkit'

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
})

test('--help and what it does not know', () => {
  assert.match(run('--help').stdout, /--once/)
  for (const options of [['--bogus'], ['--port', 'x'], ['--port', '70000']]) {
    const { status, stderr } = run(...options)
    assert.equal(status, 2)
    assert.match(stderr, /npm start/)
  }
})

const curl = spawnSync('curl', ['--version'], { encoding: 'utf8' })
const noCurl = curl.status === 0 ? false : 'curl is not here (Debian: curl)'
if (noCurl && process.env.CI) throw new Error(noCurl)
if (noCurl) console.error(`SKIPPED: ${noCurl}`)

test('the curl lines that it prints work as they stand', { skip: noCurl }, async () => {
  const front = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const lines: string[] = []
    for await (const line of createInterface({ input: front.stdout })) {
      if (/^(curl|echo) /.test(line)) lines.push(line)
      else if (lines.length) break
    }
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
