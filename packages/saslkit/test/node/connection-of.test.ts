import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectTcp, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connect, createSecureContext, createServer, TLSSocket, type TlsOptions } from 'node:tls'
import { malformed } from '../../src/errors.js'
import { type ConnectionOptions, connectionOf, type SocketConnection } from '../../src/node/connection-of.js'
import { plainLoopback, portOf, TlsLoopback } from './loopback.js'
import { Authority, cn, name, type Parts, rfc822Name } from './make-certificate.js'

const authority = new Authority()
const host = authority.issue({ subject: name(cn('localhost')) })
const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const
type Version = (typeof VERSIONS)[number]
const only = (version: Version) => ({ minVersion: version, maxVersion: version })

async function listen(t: TestContext, options: TlsOptions = {}): Promise<TlsLoopback> {
  const loopback = await TlsLoopback.listen({ ...host, ...options })
  t.after(() => loopback.close())
  return loopback
}

const asServer = (socket: TLSSocket, options: Partial<ConnectionOptions> = {}) =>
  connectionOf(socket, { role: 'server', ...options })
const asClient = (socket: TLSSocket, options: Partial<ConnectionOptions> = {}) =>
  connectionOf(socket, { role: 'client', ...options })

const types = ({ channelBindings }: SocketConnection) => channelBindings?.map(({ type }) => type)
const reason = ({ unavailableBindings }: SocketConnection, wanted: string) =>
  unavailableBindings?.find(({ type }) => type === wanted)?.reason ?? ''
const dataOf = ({ channelBindings }: SocketConnection, wanted: string) =>
  Buffer.from(channelBindings?.find(({ type }) => type === wanted)?.data ?? []).toString('hex')

// Channel bindings

test('TLS 1.3: both ends have the same tls-exporter and tls-server-end-point, and no tls-unique', async (t) => {
  const loopback = await listen(t, only('TLSv1.3'))
  const { client, server } = await loopback.connect()
  const [ours, theirs] = [asClient(client, { tlsUnique: true }), asServer(server, { tlsUnique: true })]
  assert.deepEqual(types(ours), ['tls-exporter', 'tls-server-end-point'])
  assert.deepEqual(ours.channelBindings, theirs.channelBindings)
  assert.equal(dataOf(ours, 'tls-exporter').length, 64)
  assert.deepEqual(
    [ours.secure, ours.tlsVersion, theirs.secure, theirs.tlsVersion],
    [true, 'TLSv1.3', true, 'TLSv1.3'],
  )
  assert.deepEqual(ours.unavailableBindings, [
    { type: 'tls-unique', reason: 'tls-unique is not defined for TLSv1.3' },
  ])
})

test('TLS 1.2: both ends have the same three, the unique ones first', async (t) => {
  const loopback = await listen(t, only('TLSv1.2'))
  const { client, server } = await loopback.connect()
  const [ours, theirs] = [asClient(client, { tlsUnique: true }), asServer(server, { tlsUnique: true })]
  assert.deepEqual(types(ours), ['tls-exporter', 'tls-unique', 'tls-server-end-point'])
  assert.deepEqual(ours.channelBindings, theirs.channelBindings)
  assert.deepEqual(ours.unavailableBindings, [])
  assert.equal(dataOf(ours, 'tls-unique'), client.getFinished()?.toString('hex'))
})

test('tls-unique is there only when it is asked for', async (t) => {
  const loopback = await listen(t, only('TLSv1.2'))
  const { client, server } = await loopback.connect()
  for (const connection of [asClient(client), asServer(server), asServer(server, { tlsUnique: false })]) {
    assert.deepEqual(types(connection), ['tls-exporter', 'tls-server-end-point'])
    assert.match(reason(connection, 'tls-unique'), /switched off/)
  }
})

test('each connection has a tls-exporter of its own', async (t) => {
  for (const version of VERSIONS) {
    const loopback = await listen(t, only(version))
    const data = new Set<string>()
    for (let i = 0; i < 3; i++) data.add(dataOf(asClient((await loopback.connect()).client), 'tls-exporter'))
    assert.equal(data.size, 3)
  }
})

test('a resumed TLS 1.2 connection has the server’s Finished as tls-unique', async (t) => {
  const loopback = await listen(t, only('TLSv1.2'))
  const first = await loopback.connect()
  const before = asClient(first.client, { tlsUnique: true })
  const { client, server } = await loopback.connect({ session: await first.session })
  assert.ok(client.isSessionReused() && server.isSessionReused())
  const [ours, theirs] = [asClient(client, { tlsUnique: true }), asServer(server, { tlsUnique: true })]
  assert.deepEqual(types(ours), ['tls-exporter', 'tls-unique', 'tls-server-end-point'])
  assert.deepEqual(ours.channelBindings, theirs.channelBindings)
  assert.equal(dataOf(ours, 'tls-unique'), server.getFinished()?.toString('hex'))
  assert.notEqual(dataOf(ours, 'tls-exporter'), dataOf(before, 'tls-exporter'))
  assert.equal(dataOf(ours, 'tls-server-end-point'), dataOf(before, 'tls-server-end-point'))
})

test('a resumed TLS 1.3 connection has both of its bindings', async (t) => {
  const loopback = await listen(t, only('TLSv1.3'))
  const first = await loopback.connect()
  const { client, server } = await loopback.connect({ session: await first.session })
  assert.ok(client.isSessionReused() && server.isSessionReused())
  assert.deepEqual(asClient(client).channelBindings, asServer(server).channelBindings)
  assert.deepEqual(types(asClient(client)), ['tls-exporter', 'tls-server-end-point'])
})

/** SSL_OP_NO_EXTENDED_MASTER_SECRET, which node:crypto's constants leave out. */
const NO_EXTENDED_MASTER_SECRET = 1

test('TLS 1.2 without the extended master secret has neither tls-exporter nor tls-unique', async (t) => {
  for (const [serverOptions, clientOptions] of [
    [{ secureOptions: NO_EXTENDED_MASTER_SECRET }, {}],
    [{}, { secureOptions: NO_EXTENDED_MASTER_SECRET }],
  ]) {
    const loopback = await listen(t, { ...only('TLSv1.2'), ...serverOptions })
    const first = await loopback.connect(clientOptions)
    const resumed = await loopback.connect({ ...clientOptions, session: await first.session })
    assert.ok(resumed.client.isSessionReused())
    for (const { client, server } of [first, resumed])
      for (const connection of [
        asClient(client, { tlsUnique: true }),
        asServer(server, { tlsUnique: true }),
      ]) {
        assert.deepEqual(types(connection), ['tls-server-end-point'])
        assert.match(
          reason(connection, 'tls-exporter'),
          /TLSv1\.2 without the extended master secret \(RFC 7627\)/,
        )
        assert.match(reason(connection, 'tls-unique'), /TLSv1\.2 without the extended master secret/)
      }
  }
})

test('a server whose TLS 1.2 bindings were read takes part in no renegotiation', async (t) => {
  const loopback = await listen(t, only('TLSv1.2'))
  const { client, server } = await loopback.connect()
  asServer(server)
  const failed = once(server, 'error')
  client.renegotiate({ rejectUnauthorized: false }, () => {})
  const [error] = (await failed) as [NodeJS.ErrnoException]
  assert.equal(error.code, 'ERR_TLS_RENEGOTIATION_DISABLED')
})

test('the certificate is the one that server name indication chose', async (t) => {
  const other = authority.issue({ subject: name(cn('other.example')) })
  const der = new X509Certificate(other.cert).raw
  for (const version of VERSIONS)
    for (const options of [{}, { SNICallback: sniCallback }]) {
      const loopback = await listen(t, { ...only(version), ...options })
      if (!('SNICallback' in options)) loopback.server.addContext('other.example', other)
      const { client, server } = await loopback.connect({ servername: 'other.example' })
      assert.ok(client.getPeerX509Certificate()?.raw.equals(der))
      assert.equal(
        dataOf(asClient(client), 'tls-server-end-point'),
        dataOf(asServer(server), 'tls-server-end-point'),
      )
    }
  function sniCallback(
    _name: string,
    done: (error: null, context: ReturnType<typeof createSecureContext>) => void,
  ) {
    done(null, createSecureContext(other))
  }
})

test('the certificate is the one that the signature algorithms chose, of RSA and of ECDSA', async (t) => {
  const rsa = authority.issue({ subject: name(cn('localhost')) }, 'rsa')
  for (const version of VERSIONS) {
    const loopback = await listen(t, {
      ...only(version),
      cert: [host.cert, rsa.cert],
      key: [host.key, rsa.key],
    })
    const data = new Set<string>()
    for (const sigalgs of ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256']) {
      const { client, server } = await loopback.connect({ sigalgs })
      assert.equal(
        dataOf(asClient(client), 'tls-server-end-point'),
        dataOf(asServer(server), 'tls-server-end-point'),
      )
      data.add(dataOf(asClient(client), 'tls-server-end-point'))
    }
    assert.equal(data.size, 2)
  }
})

test('serverCertificate stands for what the socket tells, and must be a certificate', async (t) => {
  const loopback = await listen(t)
  const { client, server } = await loopback.connect()
  const other = new X509Certificate(authority.issue({}).cert).raw
  const connection = asServer(server, { serverCertificate: other })
  assert.notEqual(
    dataOf(connection, 'tls-server-end-point'),
    dataOf(asServer(server), 'tls-server-end-point'),
  )
  assert.throws(() => asServer(server, { serverCertificate: Buffer.from(host.cert) }), TypeError)
  assert.deepEqual(asClient(client, { serverCertificate: other }), asClient(client))
})

test('a handshake without certificates has tls-exporter alone', async (t) => {
  const psk = { psk: Buffer.alloc(32, 7), identity: 'tim' }
  for (const version of VERSIONS) {
    const loopback = await TlsLoopback.listen({
      ...only(version),
      ciphers: version === 'TLSv1.2' ? 'ECDHE-PSK-CHACHA20-POLY1305' : 'TLS_AES_128_GCM_SHA256',
      pskCallback: () => psk.psk,
    })
    t.after(() => loopback.close())
    const { client, server } = await loopback.connect({
      ...only(version),
      ciphers: version === 'TLSv1.2' ? 'ECDHE-PSK-CHACHA20-POLY1305' : 'TLS_AES_128_GCM_SHA256',
      pskCallback: () => psk,
      checkServerIdentity: () => undefined,
    })
    const [ours, theirs] = [asClient(client), asServer(server)]
    assert.deepEqual(types(ours), ['tls-exporter'])
    assert.deepEqual(ours.channelBindings, theirs.channelBindings)
    assert.equal(reason(ours, 'tls-server-end-point'), 'the server sent no certificate')
    assert.equal(reason(theirs, 'tls-server-end-point'), 'the server has no certificate')
    assert.equal(theirs.externalIdentity, undefined)
  }
})

test('what was asked before, of the socket or of us, changes nothing', async (t) => {
  for (const version of VERSIONS) {
    const loopback = await listen(t, { ...asking, ...only(version) })
    const { client, server } = await loopback.connect(issue({}))
    const [ours, theirs] = [asClient(client), asServer(server)]
    for (const socket of [client, server]) {
      socket.getPeerX509Certificate()
      socket.getPeerCertificate(true)
    }
    assert.deepEqual(asClient(client), ours)
    assert.deepEqual(asServer(server), theirs)
    assert.deepEqual(ours.channelBindings, theirs.channelBindings)
  }
})

// Identity

const issue = (parts: Pick<Parts, 'subject' | 'names'>) => authority.issue(parts)
const asking: TlsOptions = { requestCert: true, rejectUnauthorized: false, ca: authority.certificate }

test('a verified client certificate gives an identity, resumed connections included', async (t) => {
  const tim = issue({ subject: name(cn('tim')), names: [rfc822Name('tim@example.com')] })
  for (const version of VERSIONS) {
    const loopback = await listen(t, { ...asking, ...only(version) })
    const first = await loopback.connect(tim)
    assert.equal(asServer(first.server).externalIdentity, 'tim@example.com')
    assert.equal(asServer(first.server).identityRefused, undefined)
    const { server } = await loopback.connect({ ...tim, session: await first.session })
    assert.ok(server.isSessionReused())
    assert.equal(asServer(server).externalIdentity, 'tim@example.com')
  }
})

test('a client takes no identity from a verified server', async (t) => {
  const loopback = await listen(t)
  const { client } = await loopback.connect({
    ca: authority.certificate,
    checkServerIdentity: () => undefined,
  })
  assert.equal(client.authorized, true)
  assert.equal(asClient(client).externalIdentity, undefined)
})

test('certificates that are absent, not asked for or not verified give none, and identify is not asked', async (t) => {
  const tim = issue({})
  const stranger = new Authority().issue({})
  const identify = () => assert.fail('identify was asked')
  for (const version of VERSIONS)
    for (const [options, clientOptions] of [
      [asking, {}],
      [asking, stranger],
      [{}, tim],
      [{ ...asking, ca: new Authority().certificate }, tim],
    ] as const) {
      const loopback = await listen(t, { ...options, ...only(version) })
      const { server } = await loopback.connect(clientOptions)
      const connection = asServer(server, { identify })
      assert.equal(connection.externalIdentity, undefined)
      assert.equal(connection.identityRefused, undefined)
    }
})

test('a verified certificate that names nobody beyond doubt gives none, and says why', async (t) => {
  const loopback = await listen(t, asking)
  for (const [parts, refusal] of [
    [{ subject: name(cn('user'), cn('admin')) }, 'the client certificate has more than one commonName'],
    [{ names: [rfc822Name('admin\0@evil')] }, 'the client certificate has a rfc822Name that is ill-formed'],
    [{ subject: name() }, undefined],
  ] as const) {
    const { server } = await loopback.connect(issue(parts))
    assert.equal(server.authorized, true)
    const connection = asServer(server)
    assert.equal(connection.externalIdentity, undefined)
    assert.equal(connection.identityRefused, refusal)
  }
})

test('identify has the parsed certificate, and the last word', async (t) => {
  const loopback = await listen(t, asking)
  const { server } = await loopback.connect(issue({ subject: name(cn('user'), cn('admin')) }))
  const names: unknown[] = []
  const identify: ConnectionOptions['identify'] = ({ subject }) => {
    names.push(...subject.map(({ text }) => text))
    return 'somebody'
  }
  assert.equal(asServer(server, { identify }).externalIdentity, 'somebody')
  assert.deepEqual(names, ['user', 'admin'])
  assert.equal(asServer(server, { identify: () => undefined }).externalIdentity, undefined)
  for (const wrong of ['', null, Promise.resolve('tim')])
    assert.throws(() => asServer(server, { identify: () => wrong as string }), TypeError)
  const bug = new RangeError('a bug of identify')
  assert.throws(
    () =>
      asServer(server, {
        identify: () => {
          throw bug
        },
      }),
    bug,
  )
  const refusing = () => {
    throw malformed('not for us')
  }
  assert.match(asServer(server, { identify: refusing }).identityRefused ?? '', /not for us/)
})

// STARTTLS

test('after STARTTLS a tls.Server that never listened verifies the client', async (t) => {
  const upgrading = createServer({ ...host, ...asking })
  const { client: socket, server: raw, listener } = await plainLoopback()
  listener.close()
  assert.equal(connectionOf(raw, { role: 'server' }).secure, false)
  const secured = once(upgrading, 'secureConnection')
  upgrading.emit('connection', raw)
  const client = connect({ socket, servername: 'localhost', rejectUnauthorized: false, ...issue({}) })
  const [[server]] = (await Promise.all([secured, once(client, 'secureConnect')])) as [[TLSSocket], unknown]
  t.after(() => {
    client.destroy()
    server.destroy()
  })
  assert.equal(asServer(server).externalIdentity, 'tim')
  assert.deepEqual(asServer(server).channelBindings, asClient(client).channelBindings)
})

// Sockets without TLS, and sockets that are not ready

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
  for (const connection of [
    connectionOf(client, { role: 'client' }),
    connectionOf(server, { role: 'server' }),
  ]) {
    assert.equal(connection.secure, true)
    assert.equal(connection.tlsVersion, undefined)
    assert.equal(connection.channelBindings, undefined)
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
