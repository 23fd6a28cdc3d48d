/**
 * tls-exporter under TLS 1.2, computed anew from the master secret: no tool at hand exports with a context of length
 * zero there.
 */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectTcp, createServer } from 'node:net'
import { test } from 'node:test'
import { connectionOf } from '../../src/node/connection-of.js'
import { hex } from '../../src/octets.js'
import { portOf, TlsLoopback } from './loopback.js'
import { Authority } from './make-certificate.js'

const hmac = (key: Uint8Array, data: Uint8Array) => createHmac('sha256', key).update(data).digest()

/** PRF of TLS 1.2 (RFC 5246 section 5), of one block. */
const prf = (secret: Uint8Array, seed: Uint8Array) => hmac(secret, Buffer.concat([hmac(secret, seed), seed]))

test('TLS 1.2: tls-exporter is RFC 5705’s, with a context of length zero', async (t) => {
  const loopback = await TlsLoopback.listen({ ...new Authority().issue({}), maxVersion: 'TLSv1.2' })
  t.after(() => loopback.close())
  let fromServer = Buffer.alloc(0)
  const tap = createServer((downstream) => {
    const upstream = connectTcp(portOf(loopback.server), '127.0.0.1')
    upstream.on('data', (chunk) => {
      fromServer = Buffer.concat([fromServer, chunk])
    })
    downstream.pipe(upstream).pipe(downstream)
  })
  tap.listen(0, '127.0.0.1')
  await once(tap, 'listening')
  t.after(() => tap.close())

  const logged = once(loopback.server, 'keylog')
  const { client, server } = await loopback.connect({
    port: portOf(tap),
    ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  })
  const [line] = (await logged) as [Buffer]
  const [label, clientRandom = '', masterSecret = ''] = line.toString().trim().split(' ')
  assert.equal(label, 'CLIENT_RANDOM')
  // A record's header has 5 octets, a handshake message's 4; ServerHello has its random after a version of 2.
  assert.equal(fromServer.at(5), 2)
  const serverRandom = fromServer.subarray(11, 43)
  const seed = [Buffer.from('EXPORTER-Channel-Binding'), Buffer.from(clientRandom, 'hex'), serverRandom]
  const expected = prf(Buffer.from(masterSecret, 'hex'), Buffer.concat([...seed, Buffer.from([0, 0])]))

  for (const connection of [
    connectionOf(client, { role: 'client' }),
    connectionOf(server, { role: 'server' }),
  ]) {
    const [binding] = connection.channelBindings ?? []
    assert.equal(binding?.type, 'tls-exporter')
    assert.equal(hex(binding.data), expected.toString('hex'))
  }
})
