/** tls-unique against GnuTLS, the one peer at hand that prints it. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { connectionOf } from '../../src/node/connection-of.js'
import { hex } from '../../src/octets.js'
import { portOf, TlsLoopback } from './loopback.js'
import { Authority } from './make-certificate.js'

const installed = spawnSync('gnutls-cli', ['--version']).status === 0
const skip = installed ? false : 'gnutls-cli is not installed: install gnutls-bin to compare with it'

const PRINTED = /'tls-unique': ([0-9a-f]+)/g

test('GnuTLS has the same tls-unique, in a full handshake and in a resumed one', { skip }, async (t) => {
  const loopback = await TlsLoopback.listen({ ...new Authority().issue({}), maxVersion: 'TLSv1.2' })
  t.after(() => loopback.close())
  const ours: string[] = []
  const resumed: boolean[] = []
  loopback.server.on('secureConnection', (socket: TLSSocket) => {
    const { channelBindings = [] } = connectionOf(socket, { role: 'server', tlsUnique: true })
    ours.push(...channelBindings.filter(({ type }) => type === 'tls-unique').map(({ data }) => hex(data)))
    resumed.push(socket.isSessionReused())
    // One octet, for which --waitresumption waits.
    socket
      .on('error', () => {})
      .resume()
      .end('.')
  })
  const child = spawn(
    'gnutls-cli',
    [
      '--insecure',
      '--verbose',
      '--resume',
      '--waitresumption',
      '--port',
      String(portOf(loopback.server)),
      '127.0.0.1',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  t.after(() => child.kill())
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  await once(child, 'close')
  assert.deepEqual(resumed, [false, true])
  assert.deepEqual(
    [...text.matchAll(PRINTED)].map(([, data]) => data),
    ours,
  )
  assert.equal(ours.length, 2)
})
