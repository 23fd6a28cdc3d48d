/** Against openssl, which must be there in CI and is missed loudly elsewhere. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, type TestContext, test } from 'node:test'
import { connect } from 'node:tls'
import { tlsServerEndPoint } from '../../src/node/bindings/tls-server-end-point.js'
import { connectionOf } from '../../src/node/connection-of.js'
import { hex } from '../../src/octets.js'
import { portOf, TlsLoopback } from './loopback.js'
import { Authority } from './make-certificate.js'
import { OpenSsl, opensslVersion, RECIPES } from './openssl-certificates.js'

const version = opensslVersion()
const skip = version ? false : 'openssl is not installed: install it to compare with it'
const openssl = new OpenSsl()
after(() => openssl.remove())

for (const recipe of RECIPES) {
  test(`${recipe.name}: a new certificate of openssl has the binding of openssl`, { skip }, () => {
    const { der, binding } = openssl.make(recipe)
    if (binding === null) assert.throws(() => tlsServerEndPoint(der), { reason: 'mechanism-unavailable' })
    else assert.equal(hex(tlsServerEndPoint(der)), binding)
  })
}

const EXPORT = ['-keymatexport', 'EXPORTER-Channel-Binding', '-keymatexportlen', '32']
const FLAGS = { 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3' } as const
const credentials = new Authority().issue({})

/** Starts openssl, and ends it with the test. */
function start(t: TestContext, ...args: readonly string[]): ChildProcess {
  const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'] })
  t.after(() => child.kill())
  return child
}

/** What the pattern finds in what a process prints; fails when the process ends without it. */
function printed(child: ChildProcess): (pattern: RegExp) => Promise<string> {
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  return async (pattern) => {
    for (;;) {
      const found = pattern.exec(text)?.[1]
      if (found !== undefined) return found
      if (child.exitCode !== null) assert.fail(`openssl did not print ${pattern}: ${text}`)
      await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'close')])
    }
  }
}

const KEYING_MATERIAL = /Keying material: ([0-9A-F]{64})/

for (const tls of ['TLSv1.2', 'TLSv1.3'] as const) {
  /** Under TLS 1.2 openssl exports without a context, which is not the same as one of length zero (RFC 5705 section 4). */
  const compare = (ours: string, theirs: string) =>
    tls === 'TLSv1.3' ? assert.equal(ours, theirs) : assert.notEqual(ours, theirs)

  const exported = (socket: Parameters<typeof connectionOf>[0], role: 'client' | 'server') => {
    const [binding] = connectionOf(socket, { role }).channelBindings ?? []
    assert.equal(binding?.type, 'tls-exporter')
    return hex(binding.data)
  }

  test(`${tls}: openssl s_client exports ${tls === 'TLSv1.3' ? 'what' : 'other than'} our server does`, {
    skip,
  }, async (t) => {
    const loopback = await TlsLoopback.listen({ ...credentials, minVersion: tls, maxVersion: tls })
    t.after(() => loopback.close())
    const secured = once(loopback.server, 'secureConnection')
    const child = start(
      t,
      's_client',
      '-connect',
      `127.0.0.1:${portOf(loopback.server)}`,
      FLAGS[tls],
      ...EXPORT,
    )
    const theirs = await printed(child)(KEYING_MATERIAL)
    const [socket] = await secured
    t.after(() => socket.destroy())
    compare(exported(socket, 'server'), theirs.toLowerCase())
  })

  test(`${tls}: openssl s_server exports ${tls === 'TLSv1.3' ? 'what' : 'other than'} our client does`, {
    skip,
  }, async (t) => {
    const [cert, key] = [
      openssl.write('server.pem', credentials.cert),
      openssl.write('server.key', credentials.key),
    ]
    const files = ['-cert', cert, '-key', key, '-naccept', '1']
    const child = start(t, 's_server', '-accept', '127.0.0.1:0', FLAGS[tls], ...files, ...EXPORT)
    const find = printed(child)
    const port = Number(await find(/ACCEPT 127\.0\.0\.1:(\d+)/))
    const client = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
    t.after(() => client.destroy())
    await once(client, 'secureConnect')
    const ours = exported(client, 'client')
    compare(ours, (await find(KEYING_MATERIAL)).toLowerCase())
  })
}
