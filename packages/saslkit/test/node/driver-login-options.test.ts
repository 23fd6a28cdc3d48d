import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connect as tlsConnect } from 'node:tls'
import { saslClient } from '../../src/client.js'
import { login } from '../../src/node/index.js'
import { b64, PROTOCOLS, scripted, TIM } from './driver-ends.js'
import { attempt, isSasl, LINE } from './driver-tongues.js'
import { plainLoopback } from './loopback.js'

test('IMAP: a server that says goodbye is believed', async (t) => {
  const busy = await scripted(t, (raw) => raw.say('* BYE too busy\r\n'))
  await assert.rejects(attempt(PROTOCOLS.imap, busy.port), isSasl('temporary', /too busy/))
  const later = await scripted(t, async (raw) => {
    raw.say('* OK [CAPABILITY IMAP4rev1 AUTH=LOGIN] ready\r\n')
    await raw.hear(LINE)
    raw.say('* BYE going down\r\n')
  })
  await assert.rejects(attempt(PROTOCOLS.imap, later.port), isSasl('temporary', /going down/))
})

test('IMAP: capabilities that come with the greeting are not asked for again', async (t) => {
  const { port } = await scripted(t, async (raw) => {
    raw.say('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n')
    assert.match(await raw.hear(LINE), /^s1 AUTHENTICATE PLAIN \S+\r\n$/)
    raw.say('* 1 EXISTS\r\ns1 OK [CAPABILITY IMAP4rev1 IDLE] in\r\n')
  })
  const done = await attempt(PROTOCOLS.imap, port)
  assert.deepEqual(done.capabilities.others, ['IMAP4rev1', 'IDLE'])
  done.socket.destroy()
})

test('POP3: a server that does not wait for a response that was held back is not believed', async (t) => {
  const { port } = await scripted(t, async (raw) => {
    raw.say('+OK\r\n')
    await raw.hear(LINE)
    raw.say('+OK\r\nSASL PLAIN\r\n.\r\n')
    assert.equal(await raw.hear(LINE), 'AUTH PLAIN\r\n')
    raw.say('+OK in\r\n')
  })
  const credentials = { authcid: 'tim', password: 'x'.repeat(300) }
  await assert.rejects(attempt(PROTOCOLS.pop3, port, { credentials }), isSasl('server-not-authenticated'))
  let heard = ''
  const asking = await scripted(t, async (raw) => {
    raw.say('+OK\r\n')
    await raw.hear(LINE)
    raw.say('+OK\r\nSASL PLAIN\r\n.\r\n')
    await raw.hear(LINE)
    raw.say(`+ ${b64('who are you?')}\r\n`)
    heard = await raw.rest()
  })
  await assert.rejects(attempt(PROTOCOLS.pop3, asking.port, { credentials }), isSasl('malformed'))
  await Promise.all(asking.played)
  assert.equal(heard, '*\r\n')
})

test('SMTP: how the client names itself', async (t) => {
  const greeted: string[] = []
  const { port } = await scripted(t, async (raw) => {
    raw.say('220 host\r\n')
    greeted.push(await raw.hear(LINE))
    raw.socket.end()
  })
  await assert.rejects(attempt(PROTOCOLS.smtp, port, { options: { host: '127.0.0.1' } }))
  await assert.rejects(attempt(PROTOCOLS.smtp, port, { options: { hostname: 'me.example.org' } }))
  await assert.rejects(
    attempt(PROTOCOLS.smtp, port, { options: { hostname: 'a\r\nRCPT TO:<b>' } }),
    TypeError,
  )
  assert.deepEqual(greeted, ['EHLO [127.0.0.1]\r\n', 'EHLO me.example.org\r\n'])
})

test('nobody listens', async (t) => {
  const { port, sockets } = await scripted(t, () => {})
  assert.equal(sockets.size, 0)
  await assert.rejects(
    attempt(PROTOCOLS.smtp, port, { options: { host: '127.0.0.1', port: 1 } }),
    isSasl('temporary', /cannot connect to 127\.0\.0\.1, port 1/),
  )
})

test('options that cannot be used are refused at once', async () => {
  const { client: socket, close } = await plainLoopback()
  const client = saslClient(TIM)
  const protocol = PROTOCOLS.smtp
  const good = { protocol, client, tls: 'none', host: 'localhost', port: 25 }
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ ...good, protocol: undefined }, /protocol must be a profile/],
    [{ ...good, protocol: {} }, /protocol must be a profile/],
    [{ ...good, client: {} }, /client must be/],
    [{ ...good, tls: undefined }, /tls must be/],
    [{ ...good, tls: 'yes' }, /tls must be/],
    [{ ...good, host: undefined }, /host and port/],
    [{ ...good, host: '' }, /host and port/],
    [{ ...good, port: 0 }, /port must be/],
    [{ ...good, port: 65_536 }, /port must be/],
    [{ ...good, port: '25' }, /port must be/],
    [{ ...good, socket }, /takes the place of port/],
    [{ ...good, port: undefined, socket: {} }, /socket must be/],
    [{ ...good, port: undefined, host: undefined, socket, tls: 'starttls' }, /pass host/],
    [{ ...good, port: undefined, host: undefined, socket, tls: 'implicit' }, /pass host/],
  ]
  for (const [options, message] of cases) await assert.rejects(login(options as never), message)
  assert.equal(socket.destroyed, false)
  const tls = tlsConnect({ socket, servername: 'localhost' })
  tls.on('error', () => {})
  await assert.rejects(
    login({ protocol, client, tls: 'starttls', host: 'localhost', socket: tls }),
    /the socket has TLS already/,
  )
  tls.destroy()
  close()
})
