/** Servers that our client must not believe, or wait for without end. */
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { NAMES, PROTOCOLS, scripted } from './driver-ends.js'
import { attempt, isSasl, LINE, speak, TONGUES, turn, turnsOf } from './driver-tongues.js'

for (const name of NAMES) {
  const protocol = PROTOCOLS[name]
  const tongue = TONGUES[name]
  const turns = turnsOf(tongue)

  test(`${name}: an exchange, and what comes behind it stays in the socket`, async (t) => {
    const { port } = await scripted(t, async (raw) => {
      await speak(raw, tongue, 4)
      raw.say(`${tongue.success(2)}NEXT\r\n`)
    })
    const done = await attempt(protocol, port)
    assert.equal(done.mechanism, 'LOGIN')
    assert.equal(String(done.socket.read()), 'NEXT\r\n')
    done.socket.destroy()
  })

  test(`${name}: replies may come octet by octet`, async (t) => {
    const { port } = await scripted(t, async (raw) => {
      raw.socket.setNoDelay()
      for (const [i, text] of turns.entries()) {
        if (i > 0) await raw.hear(LINE)
        for (const octet of text) {
          raw.say(octet)
          await turn()
        }
      }
    })
    const done = await attempt(protocol, port)
    assert.equal(done.roundTrips, 3)
    done.socket.destroy()
  })

  test(`${name}: a server that goes away at any step is a connection lost`, async (t) => {
    for (let count = 0; count < turns.length; count++)
      for (const cut of ['end', 'half', 'reset'] as const) {
        const { port } = await scripted(t, async (raw) => {
          await speak(raw, tongue, count)
          if (cut === 'half') raw.say(turns[count]!.slice(0, 3))
          if (cut === 'reset') raw.socket.resetAndDestroy()
          else raw.socket.end()
        })
        const { signal } = new AbortController()
        await assert.rejects(attempt(protocol, port, { options: { signal } }), isSasl('temporary'))
        assert.equal(getEventListeners(signal, 'abort').length, 0)
      }
  })

  test(`${name}: the signal ends the wait for a server that says nothing, at any step`, async (t) => {
    for (let count = 0; count < turns.length; count++) {
      const ending = new AbortController()
      let silent: () => void = () => {}
      const silence = new Promise<void>((resolve) => {
        silent = resolve
      })
      const { port, played, sockets } = await scripted(t, async (raw) => {
        await speak(raw, tongue, count)
        silent()
        await raw.rest()
      })
      const going = attempt(protocol, port, { options: { signal: ending.signal } })
      going.catch(() => {})
      await silence
      ending.abort(new Error('enough'))
      await assert.rejects(going, isSasl('aborted'))
      await Promise.all(played)
      while (sockets.size > 0) await turn()
      assert.equal(getEventListeners(ending.signal, 'abort').length, 0)
    }
    const late = AbortSignal.abort()
    const { port } = await scripted(t, () => {})
    await assert.rejects(attempt(protocol, port, { options: { signal: late } }), isSasl('aborted'))
  })

  test(`${name}: what is no reply ends the login, at any step`, async (t) => {
    const nonsense = [
      'hello\r\n',
      '\r\n',
      '\0\r\n',
      `${turns[0]!.trim()}\n`,
      'HTTP/1.1 200 OK\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01',
      `${'A'.repeat(30_000)}\r\n`,
      'A'.repeat(30_000),
      '* x\r\n'.repeat(300),
      '250-x\r\n'.repeat(300),
      `+OK in\r\n${'X\r\n'.repeat(300)}`,
    ]
    for (let count = 0; count < turns.length; count++)
      for (const text of nonsense) {
        if (text.startsWith(turns[count]!)) continue // that is a reply
        const { port } = await scripted(t, async (raw) => {
          await speak(raw, tongue, count)
          raw.say(text)
          raw.socket.end()
        })
        const result = await attempt(protocol, port).catch((error) => error)
        assert.ok(
          result instanceof SaslError,
          `${JSON.stringify(text.slice(0, 20))} after ${count}: ${result}`,
        )
      }
  })

  test(`${name}: a reply without end is not read without end`, async (t) => {
    const line = { smtp: '250-', imap: '* ', pop3: '' }[name]
    for (const filler of [`${line}x\r\n`, `${line}${'x'.repeat(20_000)}\r\n`]) {
      let octets = 0
      const { port, played } = await scripted(t, async (raw) => {
        raw.say(tongue.greeting)
        await raw.hear(LINE)
        if (name === 'pop3') raw.say('+OK\r\n')
        while (raw.socket.writable && octets < 3_000_000) {
          raw.say(filler)
          octets += filler.length
          await turn()
        }
      })
      await assert.rejects(attempt(protocol, port), isSasl('limit-exceeded'))
      await Promise.all(played)
      assert.ok(octets < 3_000_000)
    }
  })
}
