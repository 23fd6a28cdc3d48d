import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saslServer } from '../../src/server.js'
import { eachDialect, GOOD, openServer, step } from './driver-dialects.js'
import { DECOY, directory, front, rawClient, rawTls } from './driver-ends.js'

eachDialect((dialect) => {
  const { profile, auth, challenge, success, failure } = dialect

  test('plaintext mechanisms come with TLS', async (t) => {
    const accounts = await directory()
    const server = saslServer({ directory: accounts, decoySecret: DECOY })
    const { port, outcomes } = await front(t, profile, { server, maxFailures: 9 })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    await step(raw, auth(`PLAIN ${GOOD}`), failure.encryption)
    assert.equal(accounts.asked, 0, 'before the secret is looked at')
    await step(raw, dialect.startTls, dialect.startTlsReply)
    const secured = await rawTls(t, raw)
    if (dialect.name === 'smtp') {
      await step(secured, auth(`PLAIN ${GOOD}`), /^503 5\.5\.1 .*\r\n/) // who it was is forgotten
      secured.say('EHLO me\r\n')
      const list = await secured.hear(/^250 .*\r\n/m)
      assert.match(list, /AUTH .*SCRAM-SHA-256-PLUS .*PLAIN/)
      assert.doesNotMatch(list, /STARTTLS/)
    }
    const none = { smtp: /^502 /, imap: /^a0 BAD /, pop3: /^-ERR / }
    await step(secured, dialect.startTls, none[dialect.name])
    await step(secured, auth(`PLAIN ${GOOD}`), success)
    const login = await outcomes[0]
    assert.equal(login?.connection.secure, true)
    assert.equal(login.identity.authcid, 'tim')
  })

  test('what comes behind STARTTLS in the clear is never served', async (t) => {
    const accounts = await directory()
    const server = await openServer(accounts)
    for (const injected of [auth(`PLAIN ${GOOD}`), dialect.noop, 'A', '\r\n', '\x16\x03\x01\x00\x01\x01']) {
      const { port, outcomes } = await front(t, profile, { server })
      const raw = await rawClient(t, port)
      await dialect.ready(raw)
      raw.say(dialect.startTls + injected)
      const heard = await raw.rest()
      assert.doesNotMatch(heard, dialect.startTlsReply)
      assert.doesNotMatch(heard, success)
      assert.equal(await outcomes[0], undefined)
    }
    assert.equal(accounts.asked, 0)
  })

  test('what is no handshake ends the connection', async (t) => {
    const { port, outcomes } = await front(t, profile, { server: await openServer() })
    for (const nonsense of [auth(`PLAIN ${GOOD}`), '\x16\x03\x01\xff\xff', '']) {
      const raw = await rawClient(t, port)
      await dialect.ready(raw)
      await step(raw, dialect.startTls, dialect.startTlsReply)
      if (nonsense) raw.say(nonsense)
      else raw.socket.destroy()
      if (nonsense.startsWith('\x16')) raw.socket.end()
      await raw.rest()
      assert.equal(await outcomes.at(-1), undefined)
    }
  })

  test('STARTTLS in an exchange is a response like any other', async (t) => {
    const { port } = await front(t, profile, { server: await openServer() })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    await step(raw, auth('PLAIN'), challenge)
    await step(raw, dialect.startTls, failure.malformed)
  })

  test('without options for TLS there is no STARTTLS', async (t) => {
    const { port } = await front(t, profile, { server: await openServer(), tls: undefined })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    const none = { smtp: /^502 /, imap: /^a0 BAD /, pop3: /^-ERR / }
    await step(raw, dialect.startTls, none[dialect.name])
  })

  test('where TLS is required, nothing else is served before it', async (t) => {
    const accounts = await directory()
    const server = await openServer(accounts)
    const { port, outcomes } = await front(t, profile, { server, requireTls: true })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    const first = {
      smtp: /^530 5\.7\.0 Must/,
      imap: /^a\d NO \[PRIVACYREQUIRED\]/,
      pop3: /^-ERR Issue STLS first/,
    }
    await step(raw, auth(`PLAIN ${GOOD}`), first[dialect.name])
    await step(raw, auth('SCRAM-SHA-256'), first[dialect.name])
    if (dialect.name === 'smtp') await step(raw, 'MAIL FROM:<>\r\n', first.smtp)
    if (dialect.name === 'imap') await step(raw, 'a1 LOGIN tim {16}\r\n', first.imap)
    if (dialect.name === 'pop3') await step(raw, 'USER tim\r\n', first.pop3)
    await step(raw, dialect.noop, dialect.noopReply)
    assert.equal(accounts.asked, 0)
    await step(raw, dialect.startTls, dialect.startTlsReply)
    const secured = await rawTls(t, raw)
    if (dialect.name === 'smtp') await step(secured, 'EHLO me\r\n', /^250 .*\r\n/m)
    await step(secured, auth(`PLAIN ${GOOD}`), success)
    assert.equal((await outcomes[0])?.identity.authcid, 'tim')
  })
})
