import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { acceptLogin } from '../../src/node/index.js'
import { saslServer } from '../../src/server.js'
import { DIALECTS, GOOD, openServer, step } from './driver-dialects.js'
import { DECOY, directory, front, NAMES, PROTOCOLS, rawClient, rawTls, TIM } from './driver-ends.js'
import { plainLoopback } from './loopback.js'

test('SMTP: who has not said who they are does not log in, even if HELO will do', async (t) => {
  const { auth, success } = DIALECTS.smtp
  const { port, outcomes } = await front(t, PROTOCOLS.smtp, {
    server: await openServer(),
    hostname: 'mx.example.org',
  })
  const raw = await rawClient(t, port)
  await raw.hear(/^220 mx\.example\.org ESMTP\r\n/)
  await step(raw, auth(`PLAIN ${GOOD}`), /^503 5\.5\.1 .*\r\n/)
  await step(raw, 'HELO one\r\n', /^250 mx\.example\.org\r\n/)
  await step(
    raw,
    'EHLO [127.0.0.1]\r\n',
    /^250-mx\.example\.org\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n/,
  )
  for (const [command, answer] of [
    ['AUTH\r\n', /^501 5\.5\.4 .*\r\n/],
    ['MAIL FROM:<a@example.org>\r\n', /^530 5\.7\.0 Authentication required\r\n/],
    ['RSET\r\n', /^250 .*\r\n/],
    ['WHAT\r\n', /^500 5\.5\.1 .*\r\n/],
    ['EHLO\r\n', /^501 5\.5\.4 .*\r\n/],
  ] as const)
    await step(raw, command, answer)
  await step(raw, auth(`PLAIN ${GOOD}`), success)
  assert.equal((await outcomes[0])?.hello, '[127.0.0.1]')
})

for (const name of NAMES)
  test(`${name}: who takes leave is let go`, async (t) => {
    const { port, outcomes } = await front(t, PROTOCOLS[name])
    const raw = await rawClient(t, port)
    await DIALECTS[name].ready(raw)
    raw.say(name === 'imap' ? 'a9 LOGOUT\r\n' : 'QUIT\r\n')
    const bye = {
      smtp: '221 2.0.0 Bye\r\n',
      imap: '* BYE Logging out\r\na9 OK Done\r\n',
      pop3: '+OK Bye\r\n',
    }
    assert.equal(await raw.rest(), bye[name])
    assert.equal(await outcomes[0], undefined)
  })

test('IMAP: LOGIN, in all the ways to write it', async (t) => {
  const { authcid, password } = TIM
  for (const [command, ...more] of [
    [`a1 LOGIN ${authcid} ${password}\r\n`],
    [`a1 login "${authcid}" "${password}"\r\n`],
    ['a1 LOGIN {3}\r\n', 'tim {16}\r\n', `${password}\r\n`],
    [`a1 LOGIN "tim" {16+}\r\n${password}\r\n`],
    [`a1 LOGIN {3+}\r\ntim {16+}\r\n${password}\r\n`],
  ] as const) {
    const { port, outcomes } = await front(t, PROTOCOLS.imap, { implicit: false, server: await openServer() })
    const raw = await rawClient(t, port)
    await DIALECTS.imap.ready(raw)
    raw.say(command)
    for (const text of more) {
      await raw.hear(/^\+ Go on\r\n/)
      raw.say(text)
    }
    await raw.hear(DIALECTS.imap.success)
    const login = await outcomes[0]
    assert.deepEqual([login?.mechanism, login?.identity.authcid], ['PLAIN', 'tim'])
  }
})

test('IMAP: LOGIN fails as AUTHENTICATE does, and counts as much', async (t) => {
  const accounts = await directory()
  const { port, outcomes } = await front(t, PROTOCOLS.imap, {
    server: await openServer(accounts),
    maxFailures: 7,
  })
  const raw = await rawClient(t, port)
  await DIALECTS.imap.ready(raw)
  const { failure } = DIALECTS.imap
  await step(raw, 'a1 LOGIN tim wrong\r\n', failure.credentials)
  await step(raw, 'a1 LOGIN nobody x\r\n', failure.credentials)
  assert.equal(accounts.asked, 2)
  await step(raw, 'a1 LOGIN "" x\r\n', failure.malformed)
  await step(raw, 'a1 LOGIN tim ""\r\n', failure.malformed)
  await step(raw, 'a1 LOGIN {3+}\r\nt\0m x\r\n', failure.malformed)
  await step(raw, 'a1 LOGIN {5000}\r\n', /^a1 BAD Authentication message too long\r\n/)
  await step(raw, 'a1 LOGIN tim\r\n', /^a1 BAD Bad command or arguments\r\n/)
  raw.say('a1 LOGIN {5000+}\r\n')
  assert.match(await raw.rest(), /^\* BYE Line too long\r\n/)
  assert.equal(accounts.asked, 2)
  assert.equal(await outcomes[0], undefined)
})

test('IMAP: LOGIN without TLS is neither offered nor served, nor is its password asked for', async (t) => {
  const accounts = await directory()
  const server = saslServer({ directory: accounts, decoySecret: DECOY })
  const { port } = await front(t, PROTOCOLS.imap, { server, maxFailures: 9 })
  const raw = await rawClient(t, port)
  const greeting = await raw.hear(/^\* OK .*\r\n/)
  assert.match(greeting, /LOGINDISABLED/)
  assert.doesNotMatch(greeting, /AUTH=PLAIN/)
  const { encryption } = DIALECTS.imap.failure
  await step(raw, 'a1 LOGIN tim tanstaaftanstaaf\r\n', encryption)
  await step(raw, 'a1 LOGIN tim {16}\r\n', encryption)
  await step(raw, 'a1 LOGIN tim {16+}\r\ntanstaaftanstaaf\r\n', encryption)
  await step(raw, DIALECTS.imap.noop, DIALECTS.imap.noopReply)
  assert.equal(accounts.asked, 0)
  const secured = await front(t, PROTOCOLS.imap, {
    implicit: true,
    server: saslServer({
      directory: accounts,
      decoySecret: DECOY,
      policy: { mechanisms: ['SCRAM-SHA-256'] },
    }),
  })
  const other = await rawTls(t, await rawClient(t, secured.port))
  assert.match(await other.hear(/^\* OK .*\r\n/), /LOGINDISABLED/)
  await step(other, 'a1 LOGIN tim tanstaaftanstaaf\r\n', DIALECTS.imap.failure.mechanism)
  assert.equal(accounts.asked, 0)
})

test('IMAP: who has no tag is told without one', async (t) => {
  const { port } = await front(t, PROTOCOLS.imap)
  const raw = await rawClient(t, port)
  await DIALECTS.imap.ready(raw)
  for (const line of ['', 'NOOP', '* NOOP', '+ NOOP', '(a) NOOP'])
    await step(raw, `${line}\r\n`, /^\* BAD .*\r\n/)
  await step(raw, 'a1 SELECT INBOX\r\n', /^a1 BAD .*\r\n/)
  await step(
    raw,
    'b CAPABILITY\r\n',
    /^\* CAPABILITY IMAP4rev1 SASL-IR STARTTLS LOGINDISABLED .*\r\nb OK .*\r\n/,
  )
})

test('POP3: USER and PASS', async (t) => {
  const accounts = await directory()
  const server = saslServer({ directory: accounts, decoySecret: DECOY })
  const { port, outcomes } = await front(t, PROTOCOLS.pop3, { implicit: true, server, maxFailures: 9 })
  const raw = await rawTls(t, await rawClient(t, port))
  await DIALECTS.pop3.ready(raw)
  const { failure, success } = DIALECTS.pop3
  raw.say('CAPA\r\n')
  const list = await raw.hear(/^\.\r\n/m)
  assert.match(list, /\r\nUSER\r\nSASL .*SCRAM-SHA-256-PLUS .*PLAIN\r\n\.\r\n$/)
  await step(raw, 'PASS tanstaaftanstaaf\r\n', /^-ERR Bad sequence of commands\r\n/)
  await step(raw, 'USER tim\r\n', /^\+OK Send PASS\r\n/)
  await step(raw, 'PASS wrong\r\n', failure.credentials)
  await step(raw, 'PASS tanstaaftanstaaf\r\n', /^-ERR Bad sequence of commands\r\n/) // USER counts once
  await step(raw, 'USER nobody\r\n', /^\+OK Send PASS\r\n/)
  await step(raw, 'PASS tanstaaftanstaaf\r\n', failure.credentials)
  await step(raw, 'APOP tim c4c9334bac560ecc979e58001b3e22fb\r\n', /^-ERR Unknown command.*\r\n/)
  await step(raw, 'USER tim\r\n', /^\+OK Send PASS\r\n/)
  await step(raw, 'PASS tanstaaftanstaaf\r\n', success)
  const login = await outcomes[0]
  assert.deepEqual([login?.mechanism, login?.identity.authcid], ['PLAIN', 'tim'])
})

test('POP3: without TLS, USER is refused before PASS can come, and a name does not outlive STLS', async (t) => {
  const accounts = await directory()
  const server = saslServer({ directory: accounts, decoySecret: DECOY })
  const { port } = await front(t, PROTOCOLS.pop3, { server })
  const raw = await rawClient(t, port)
  await DIALECTS.pop3.ready(raw)
  await step(raw, 'USER tim\r\n', DIALECTS.pop3.failure.encryption)
  const open_ = await front(t, PROTOCOLS.pop3, { server: await openServer(accounts) })
  const other = await rawClient(t, open_.port)
  await DIALECTS.pop3.ready(other)
  await step(other, 'USER tim\r\n', /^\+OK .*\r\n/)
  await step(other, 'STLS\r\n', DIALECTS.pop3.startTlsReply)
  const secured = await rawTls(t, other)
  await step(secured, 'PASS tanstaaftanstaaf\r\n', /^-ERR Bad sequence of commands\r\n/)
  assert.equal(accounts.asked, 0)
})

// The caller's faults

test('options that cannot be used are refused at once', async () => {
  const { client, server: socket, close } = await plainLoopback()
  const server = await openServer()
  const protocol = PROTOCOLS.smtp
  const cases: readonly (readonly [unknown, unknown, RegExp])[] = [
    [{}, { protocol, server }, /not a socket/],
    [socket, { server }, /protocol must be a profile/],
    [socket, { protocol: {}, server }, /protocol must be a profile/],
    [socket, { protocol }, /server must be/],
    [socket, { protocol, server, maxFailures: 0 }, /maxFailures/],
    [socket, { protocol, server, maxFailures: 1.5 }, /maxFailures/],
    [socket, { protocol, server, maxCommands: 0 }, /maxCommands/],
    [socket, { protocol, server, maxCommands: 1.5 }, /maxCommands/],
    ...[-1, 0.5, '5', Number.NaN, 60_001].map(
      (refusalDelay) => [socket, { protocol, server, refusalDelay }, /refusalDelay must be whole/] as const,
    ),
    [socket, { protocol, server, requireTls: true }, /requireTls needs tls/],
    [socket, { protocol, server, tls: { cert: 'x', key: 'y' } }, /./],
  ]
  for (const [given, options, message] of cases)
    await assert.rejects(acceptLogin(given as never, options as never), message)
  assert.equal(socket.destroyed, false)
  await assert.rejects(acceptLogin(socket, { protocol, server, hostname: 'a\r\nb' }), TypeError)
  client.destroy()
  close()
})

test('a socket that hands out text is refused, and one that is gone is nobody', async () => {
  const one = await plainLoopback()
  one.server.setEncoding('utf8')
  await assert.rejects(
    acceptLogin(one.server, { protocol: PROTOCOLS.smtp, server: await openServer() }),
    /encoding/,
  )
  one.close()
  const two = await plainLoopback()
  two.server.destroy()
  assert.equal(
    await acceptLogin(two.server, { protocol: PROTOCOLS.smtp, server: await openServer() }),
    undefined,
  )
  two.close()
})

test('a client that does not read is not written to without end', async (t) => {
  const ending = new AbortController()
  const { port, sockets } = await front(t, PROTOCOLS.smtp, {
    capabilities: ['X'.repeat(400)],
    maxCommands: 100_000,
    signal: ending.signal,
  })
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  await once(socket, 'connect')
  socket.pause()
  socket.write('EHLO x\r\n'.repeat(100_000))
  const [accepted] = sockets
  while (!accepted!.writableNeedDrain) await new Promise(setImmediate)
  const read = accepted!.bytesRead
  for (let i = 0; i < 100; i++) await new Promise(setImmediate)
  assert.ok(accepted!.writableNeedDrain)
  assert.ok(accepted!.writableLength < 100_000, `${accepted!.writableLength} octets wait to be written`)
  assert.ok(accepted!.bytesRead - read < 200_000, 'it reads on')
  ending.abort()
  while (sockets.size > 0) await new Promise(setImmediate) // and is not waited for
  socket.destroy()
})

test('IMAP: LOGIN with a password that PLAIN would not take asks no directory', async (t) => {
  for (const [length, reason, asked] of [
    [1024, 'invalid-credentials', 1],
    [1025, 'limit-exceeded', 0],
  ] as const) {
    const accounts = await directory()
    const reasons: string[] = []
    const { port } = await front(t, PROTOCOLS.imap, {
      server: await openServer(accounts),
      onRefused: (refused) => {
        reasons.push(refused.reason)
      },
    })
    const raw = await rawClient(t, port)
    await DIALECTS.imap.ready(raw)
    await step(raw, `a1 LOGIN tim ${'x'.repeat(length)}\r\n`, /^a1 (NO|BAD) .*\r\n/)
    assert.deepEqual(reasons, [reason])
    assert.equal(accounts.asked, asked)
  }
})
