/** Servers that do not keep to the exchange. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { type ClientStep, respond } from '../../src/step.js'
import { b64, NAMES, PROTOCOLS, scripted } from './driver-ends.js'
import { attempt, isSasl, LINE, offer, speak, TONGUES, turnsOf } from './driver-tongues.js'

for (const name of NAMES) {
  const protocol = PROTOCOLS[name]
  const tongue = TONGUES[name]
  const turns = turnsOf(tongue)

  test(`${name}: success before the mechanism is content is not believed`, async (t) => {
    const { port } = await scripted(t, async (raw) => {
      await offer(raw, tongue, 'SCRAM-SHA-256')
      raw.say(tongue.success(2))
      assert.equal(await raw.rest(), '')
    })
    await assert.rejects(attempt(protocol, port), isSasl('server-not-authenticated'))
    const early = await scripted(t, async (raw) => {
      await offer(raw, tongue, 'LOGIN')
      raw.say(tongue.success(2))
    })
    await assert.rejects(attempt(protocol, early.port), isSasl('server-not-authenticated'))
  })

  test(`${name}: success in place of the last message of SCRAM is not believed, nor is a wrong one`, async (t) => {
    const nonceOf = (line: string) =>
      /r=(.*)$/.exec(Buffer.from(line.trim().split(' ').at(-1)!, 'base64').toString())![1]!
    for (const last of [tongue.success(2), tongue.challenge(b64(`v=${b64('x'.repeat(32))}`))]) {
      let cancelled = ''
      const { port, played } = await scripted(t, async (raw) => {
        const first = await offer(raw, tongue, 'SCRAM-SHA-256')
        raw.say(tongue.challenge(b64(`r=${nonceOf(first)}abc,s=${b64('salt')},i=4096`)))
        await raw.hear(LINE)
        raw.say(last)
        cancelled = await raw.rest()
      })
      await assert.rejects(attempt(protocol, port), isSasl('server-not-authenticated'))
      await Promise.all(played)
      // Where the server waits for a response, it is told that none will come.
      assert.equal(cancelled, last === tongue.success(2) ? '' : '*\r\n')
    }
  })

  test(`${name}: what the mechanism refuses is cancelled on the wire`, async (t) => {
    for (const [challenge, reason] of [
      [b64('r=not-ours,s=c2FsdA==,i=4096'), 'server-not-authenticated'],
      ['%%%%', 'malformed'],
      ['AA', 'malformed'],
      [b64('x'.repeat(17_000)), 'limit-exceeded'],
    ] as const) {
      let heard = ''
      const { port, played } = await scripted(t, async (raw) => {
        await offer(raw, tongue, 'SCRAM-SHA-256')
        raw.say(tongue.challenge(challenge))
        heard = await raw.rest()
      })
      const error = await attempt(protocol, port).catch((thrown) => thrown)
      assert.ok(error instanceof SaslError)
      if (challenge.length < 100 && reason === 'malformed') assert.equal(error.reason, reason)
      await Promise.all(played)
      assert.equal(heard, '*\r\n', challenge.slice(0, 20))
    }
  })

  test(`${name}: challenges without end are not answered without end`, async (t) => {
    let answered = 0
    const { port, played } = await scripted(t, async (raw) => {
      await offer(raw, tongue, 'X-LOOP')
      for (;;) {
        raw.say(tongue.challenge(''))
        if ((await raw.hear(LINE)) === '*\r\n') return
        answered++
      }
    })
    const loop = (): ClientStep => respond(new Uint8Array(1), loop)
    const mechanisms = [{ name: 'X-LOOP', start: loop }]
    await assert.rejects(attempt(protocol, port, { policy: { mechanisms } }), isSasl('limit-exceeded'))
    await Promise.all(played)
    assert.equal(answered, 8)
  })

  test(`${name}: a credentials function that throws is heard, and the server told`, async (t) => {
    let heard = ''
    const { port, played } = await scripted(t, async (raw) => {
      await speak(raw, tongue, 3)
      raw.say(turns[3]!)
      heard = await raw.rest()
    })
    const credentials = {
      authcid: 'tim',
      password: () => {
        throw new RangeError('no keyring')
      },
    }
    // LOGIN wants the password when the server does.
    await assert.rejects(attempt(protocol, port, { credentials }), /no keyring/)
    await Promise.all(played)
    assert.equal(heard, '*\r\n')
  })

  test(`${name}: a prompt that nobody answers ends with the signal`, async (t) => {
    const ending = new AbortController()
    let heard = ''
    const { port, played } = await scripted(t, async (raw) => {
      await speak(raw, tongue, 3)
      raw.say(turns[3]!)
      heard = await raw.rest()
    })
    const credentials = {
      authcid: 'tim',
      password: () => {
        ending.abort()
        return new Promise<string>(() => {})
      },
    }
    const going = attempt(protocol, port, { credentials, options: { signal: ending.signal } })
    await assert.rejects(going, isSasl('aborted'))
    await Promise.all(played)
    assert.equal(heard, '*\r\n')
  })

  test(`${name}: a refusal is a failure with the server's words, as far as they are fit to print`, async (t) => {
    const { port } = await scripted(t, async (raw) => {
      await offer(raw, tongue, 'LOGIN')
      const long = `\x1b[31m${'x'.repeat(2000)}`
      raw.say(tongue.refusal(2).replace('no', long))
    })
    const error = await attempt(protocol, port).catch((thrown) => thrown)
    isSasl('invalid-credentials', /the server refused LOGIN: .*\?\[31mx+$/)(error)
    assert.ok(error.message.length < 300)
  })

  test(`${name}: a server without mechanisms, or without capabilities, is said to have none`, async (t) => {
    const bare = await scripted(t, async (raw) => {
      raw.say(tongue.greeting)
      await raw.hear(LINE)
      raw.say(tongue.capabilities(''))
    })
    await assert.rejects(attempt(protocol, bare.port), { name: 'NoMechanism', considered: [] })
    const old = await scripted(t, async (raw) => {
      raw.say(tongue.greeting)
      await raw.hear(LINE)
      raw.say({ smtp: '502 5.5.1 no\r\n', imap: 's1 BAD no\r\n', pop3: '-ERR no\r\n' }[name])
    })
    await assert.rejects(attempt(protocol, old.port), { name: 'NoMechanism' })
    const names = Array.from({ length: 65 }, (_, i) => `X-${i}`).join(' ')
    const many = await scripted(t, (raw) => offer(raw, tongue, names).then(() => {}))
    await assert.rejects(attempt(protocol, many.port), isSasl('limit-exceeded'))
  })

  test(`${name}: after a failure nothing weaker is tried`, async (t) => {
    let heard = ''
    const { port, played } = await scripted(t, async (raw) => {
      await offer(raw, tongue, 'SCRAM-SHA-256 PLAIN LOGIN')
      raw.say(tongue.refusal(2))
      heard = await raw.rest()
    })
    await assert.rejects(attempt(protocol, port), isSasl('invalid-credentials'))
    await Promise.all(played)
    assert.equal(heard, '')
  })

  test(`${name}: a server that goes away after a refused token has refused it`, async (t) => {
    const { port } = await scripted(t, async (raw) => {
      await offer(raw, tongue, 'XOAUTH2')
      raw.say(tongue.refusal(2))
      raw.socket.end()
    })
    let asked = 0
    const token = () => `token${++asked}`
    await assert.rejects(
      attempt(protocol, port, { credentials: { authcid: 'tim', token } }),
      isSasl('invalid-credentials'),
    )
    assert.equal(asked, 2)
  })
}
