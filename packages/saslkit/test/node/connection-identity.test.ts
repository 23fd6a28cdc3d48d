/** Identities from client certificates of real connections. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { malformed } from '../../src/errors.js'
import { type ConnectionOptions, connectionOf } from '../../src/node/connection-of.js'
import { plainLoopback } from './loopback.js'
import { Authority, cn, name, rfc822Name } from './make-certificate.js'
import { asClient, asking, asServer, authority, host, listen, only, VERSIONS } from './tls-ends.js'

test('a verified client certificate gives an identity, resumed connections included', async (t) => {
  const tim = authority.issue({ subject: name(cn('tim')), names: [rfc822Name('tim@example.com')] })
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
  const tim = authority.issue({})
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
    const { server } = await loopback.connect(authority.issue(parts))
    assert.equal(server.authorized, true)
    const connection = asServer(server)
    assert.equal(connection.externalIdentity, undefined)
    assert.equal(connection.identityRefused, refusal)
  }
})

test('identify has the parsed certificate, and the last word', async (t) => {
  const loopback = await listen(t, asking)
  const { server } = await loopback.connect(authority.issue({ subject: name(cn('user'), cn('admin')) }))
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

test('after STARTTLS a tls.Server that never listened verifies the client', async (t) => {
  const upgrading = createServer({ ...host, ...asking })
  const { client: socket, server: raw, listener } = await plainLoopback()
  listener.close()
  assert.equal(connectionOf(raw, { role: 'server' }).secure, false)
  const secured = once(upgrading, 'secureConnection')
  upgrading.emit('connection', raw)
  const client = connect({
    socket,
    servername: 'localhost',
    rejectUnauthorized: false,
    ...authority.issue({}),
  })
  const [[server]] = (await Promise.all([secured, once(client, 'secureConnect')])) as [[TLSSocket], unknown]
  t.after(() => {
    client.destroy()
    server.destroy()
  })
  assert.equal(asServer(server).externalIdentity, 'tim')
  assert.deepEqual(asServer(server).channelBindings, asClient(client).channelBindings)
})
