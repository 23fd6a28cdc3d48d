/** Sockets without TLS, and sockets that are not ready. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectTcp, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { connect, createSecureContext, TLSSocket } from 'node:tls'
import { saslServer } from '../../src/negotiation/server.js'
import { type ConnectionOptions, connectionOf } from '../../src/node/connection-of.js'
import { plainLoopback, portOf } from './loopback.js'
import { asClient, asServer, host, listen } from './tls-ends.js'

test('TCP on the loopback interface is not secure, and has its addresses', async (t) => {
  const { client, server, close } = await plainLoopback()
  t.after(close)
  const { localPort: port } = server
  const expected = { secure: false, port, localAddress: '127.0.0.1', remoteAddress: '127.0.0.1' }
  const named = { service: 'imap', host: 'mail.example.com' }
  assert.deepEqual(connectionOf(client, { role: 'client', ...named }), { ...expected, ...named })
  assert.deepEqual(connectionOf(server, { role: 'server', ...named }), { ...expected, ...named })
})

test('a Unix-domain socket is secure, without TLS and its bindings', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'saslkit-'))
  const { client, server, close } = await plainLoopback(join(directory, 'socket'))
  t.after(() => {
    close()
    rmSync(directory, { recursive: true })
  })
  const external = saslServer({ directory: {}, policy: { mechanisms: ['EXTERNAL'] } })
  for (const connection of [
    connectionOf(client, { role: 'client' }),
    connectionOf(server, { role: 'server' }),
  ]) {
    assert.equal(connection.secure, true)
    assert.equal(connection.tlsVersion, undefined)
    assert.equal(connection.channelBindings, undefined)
    // Node tells nothing of the process at the other end, so that nobody is known there.
    assert.equal(connection.externalIdentity, undefined)
    assert.deepEqual(external.offer(connection), [])
    assert.deepEqual(external.offer({ ...connection, externalIdentity: 'tim' }), ['EXTERNAL'])
  }
})

test('TLS connections have names and addresses too', async (t) => {
  const loopback = await listen(t)
  const { client, server } = await loopback.connect()
  const {
    service,
    host: hostName,
    port,
    remoteAddress,
  } = asClient(client, { service: 'smtp', host: 'mx.example' })
  assert.deepEqual(
    [service, hostName, port, remoteAddress],
    ['smtp', 'mx.example', portOf(loopback.server), '127.0.0.1'],
  )
  assert.equal(asServer(server).port, portOf(loopback.server))
})

test('a socket that is not connected, destroyed, or no socket is the caller’s error', async (t) => {
  const { client, close } = await plainLoopback()
  t.after(close)
  const connecting = connectTcp(9, '127.0.0.1').on('error', () => {})
  t.after(() => connecting.destroy())
  for (const [socket, message] of [
    [new Socket(), /not connected/],
    [connecting, /not connected/],
    [client.destroy(), /destroyed/],
    [{ pending: false, address: () => ({}) }, /not a socket/],
    [undefined, /not a socket/],
    [null, /not a socket/],
  ] as const)
    for (const role of ['client', 'server'] as const)
      assert.throws(() => connectionOf(socket as Socket, { role }), { name: 'TypeError', message })
})

test('a role that is left out or misspelt is the caller’s error', async (t) => {
  const loopback = await listen(t)
  const { client } = await loopback.connect()
  for (const options of [undefined, {}, { role: 'Client' }])
    assert.throws(() => connectionOf(client, options as ConnectionOptions), TypeError)
})

test('a handshake that is not complete is the caller’s error, on either end', async (t) => {
  const { client: socket, server: raw, listener } = await plainLoopback()
  listener.close()
  const client = connect({ socket, rejectUnauthorized: false })
  const server = new TLSSocket(raw, { isServer: true, secureContext: createSecureContext(host) })
  t.after(() => {
    client.destroy()
    server.destroy()
  })
  const notComplete = { name: 'TypeError', message: /handshake is not complete/ }
  assert.throws(() => asClient(client), notComplete)
  assert.throws(() => asServer(server), notComplete)
  await Promise.all([once(client, 'secureConnect'), once(server, 'secure')])
  assert.deepEqual(asClient(client).channelBindings, asServer(server).channelBindings)
})

test('a destroyed TLS socket is the caller’s error', async (t) => {
  const loopback = await listen(t)
  const { client, server } = await loopback.connect()
  assert.throws(() => asClient(client.destroy()), TypeError)
  assert.throws(() => asServer(server.destroy()), TypeError)
})
