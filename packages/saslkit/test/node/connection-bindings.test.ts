/** Channel bindings of real connections: what one end has, the other has. */
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { createSecureContext } from 'node:tls'
import { TlsLoopback } from './loopback.js'
import { cn, name } from './make-certificate.js'
import {
  asClient,
  asking,
  asServer,
  authority,
  dataOf,
  host,
  listen,
  only,
  reason,
  types,
  VERSIONS,
} from './tls-ends.js'

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
    const { client, server } = await loopback.connect(authority.issue({}))
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
