import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { connect as tlsConnect } from 'node:tls'
import { authority, front, NAMES, PROTOCOLS, type Raw, scripted, serverTls } from './driver-ends.js'
import { attempt, isSasl, LINE, TONGUES } from './driver-tongues.js'

for (const name of NAMES) {
  const protocol = PROTOCOLS[name]
  const tongue = TONGUES[name]

  test(`${name}: a server without STARTTLS, or one that refuses it, is left`, async (t) => {
    let heard = ''
    const { port, played } = await scripted(t, async (raw) => {
      raw.say(tongue.greeting)
      await raw.hear(LINE)
      raw.say(tongue.capabilities('PLAIN'))
      heard = await raw.rest()
    })
    const options = { tls: 'starttls' } as const
    await assert.rejects(
      attempt(protocol, port, { options }),
      isSasl('encryption-required', /offers no STARTTLS/),
    )
    await Promise.all(played)
    assert.equal(heard, '')
    const refusing = await scripted(t, async (raw) => {
      raw.say(tongue.greeting)
      await raw.hear(LINE)
      raw.say(tongue.capabilities('PLAIN', true))
      await raw.hear(LINE)
      raw.say(tongue.refusal(2))
    })
    await assert.rejects(
      attempt(protocol, refusing.port, { options }),
      isSasl('encryption-required', /refused STARTTLS/),
    )
  })

  test(`${name}: octets behind the reply to STARTTLS are refused`, async (t) => {
    for (const injected of [
      tongue.capabilities('PLAIN'),
      tongue.success(3),
      'x',
      '\x16\x03\x01\x00\x01\x01',
    ]) {
      const { port } = await scripted(t, async (raw) => {
        raw.say(tongue.greeting)
        await raw.hear(LINE)
        raw.say(tongue.capabilities('PLAIN', true))
        await raw.hear(LINE)
        raw.say(tongue.startTls(2) + injected)
        await raw.rest()
      })
      await assert.rejects(
        attempt(protocol, port, { options: { tls: 'starttls' } }),
        isSasl('server-not-authenticated', /before TLS/),
      )
    }
  })

  test(`${name}: cleartext where the handshake should be is no handshake`, async (t) => {
    const { port } = await scripted(t, async (raw) => {
      raw.say(tongue.greeting)
      await raw.hear(LINE)
      raw.say(tongue.capabilities('PLAIN', true))
      await raw.hear(LINE)
      raw.say(tongue.startTls(2))
      await raw.hear(/./s)
      raw.say(tongue.capabilities('PLAIN'))
    })
    await assert.rejects(
      attempt(protocol, port, { options: { tls: 'starttls' } }),
      isSasl('server-not-authenticated', /handshake failed/),
    )
  })

  test(`${name}: what was offered before TLS counts for nothing after it`, async (t) => {
    // As if somebody in between had put in a list of their own.
    const { port } = await front(t, {
      ...protocol,
      writeCapabilities: (capabilities, context) =>
        protocol.writeCapabilities(
          capabilities.startTls ? { ...capabilities, mechanisms: ['X-STOLEN', 'PLAIN'] } : capabilities,
          context,
        ),
    })
    const done = await attempt(protocol, port, { options: { tls: 'starttls' } })
    assert.match(done.mechanism, /^SCRAM-.*-PLUS$/)
    assert.ok(!done.considered.some((each) => each.name === 'X-STOLEN'))
    done.socket.destroy()
  })

  test(`${name}: a certificate for another host, or of an unknown authority, is refused`, async (t) => {
    for (const implicit of [true, false]) {
      const { port, outcomes } = await front(t, protocol, { implicit })
      const tls = implicit ? 'implicit' : 'starttls'
      const socket = connect(port, '127.0.0.1')
      await assert.rejects(
        attempt(protocol, port, { options: { tls, socket, port: undefined, host: 'mail.example.org' } }),
        isSasl('server-not-authenticated', /ERR_TLS_CERT_ALTNAME_INVALID/),
      )
      await assert.rejects(
        attempt(protocol, port, { options: { tls, tlsOptions: {} } }),
        isSasl('server-not-authenticated', /handshake failed/),
      )
      for (const outcome of outcomes) assert.equal(await outcome, undefined)
    }
  })

  test(`${name}: a server that offers nothing but STARTTLS over TLS is not told to begin it`, async (t) => {
    const { port } = await scripted(
      t,
      async (raw) => {
        raw.say(tongue.greeting)
        await raw.hear(LINE)
        raw.say(tongue.capabilities('', true))
      },
      serverTls,
    )
    await assert.rejects(
      attempt(protocol, port, { options: { tls: 'implicit' } }),
      isSasl('mechanism-unavailable', /^(?!.*starttls)/s),
    )
  })

  test(`${name}: sockets of the caller's own`, async (t) => {
    const implicit = await front(t, protocol, { implicit: true })
    const secured = tlsConnect({ host: 'localhost', port: implicit.port, ca: authority.certificate })
    const one = await attempt(protocol, 0, {
      options: { tls: 'implicit', socket: secured, host: undefined, port: undefined },
    })
    assert.equal(one.socket, secured)
    const raw = connect(implicit.port, '127.0.0.1')
    const two = await attempt(protocol, 0, { options: { tls: 'implicit', socket: raw, port: undefined } })
    assert.equal(two.connection.secure, true)
    const clear = await front(t, protocol)
    const three = await attempt(protocol, 0, {
      options: { tls: 'starttls', socket: connect(clear.port, '127.0.0.1'), port: undefined },
    })
    assert.match(three.mechanism, /-PLUS$/)
    for (const { socket } of [one, two, three]) socket.destroy()
  })
}

test('IMAP: PREAUTH is refused, with TLS to come and with TLS there', async (t) => {
  let heard = ''
  const script = async (raw: Raw) => {
    raw.say('* PREAUTH in already\r\n')
    heard += await raw.rest()
  }
  const clear = await scripted(t, script)
  const tls = await scripted(t, script, serverTls)
  await assert.rejects(
    attempt(PROTOCOLS.imap, clear.port, { options: { tls: 'starttls' } }),
    isSasl('unacceptable'),
  )
  await assert.rejects(
    attempt(PROTOCOLS.imap, tls.port, { options: { tls: 'implicit' } }),
    isSasl('unacceptable'),
  )
  assert.equal(heard, '')
})
