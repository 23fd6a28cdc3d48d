/** A login cut, broken off and split at every place where it can be, on the server's side. */
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { TLSSocket } from 'node:tls'
import type { Directory } from '../../src/directory.js'
import { startServerTls, upgradesWith } from '../../src/node/drivers/start-server-tls.js'
import { allowPlaintext } from '../../src/plaintext.js'
import { saslServer } from '../../src/server.js'
import { DIALECTS, type Dialect, GOOD } from './driver-dialects.js'
import { b64, directory, front, NAMES, type Raw, rawClient, rawTls, serverTls } from './driver-ends.js'
import { plainLoopback } from './loopback.js'

const open = (accounts: Directory) =>
  saslServer({ directory: accounts, policy: { mechanisms: ['PLAIN', 'LOGIN'], [allowPlaintext]: true } })

/** What a client says from the start to success and one command beyond, in one piece. */
const whole = ({ name, auth, noop }: Dialect) =>
  `${name === 'smtp' ? 'EHLO me\r\n' : noop}${auth('LOGIN')}${b64('tim')}\r\n${b64('tanstaaftanstaaf')}\r\nNEXT\r\n`

/** Until the event loop has been round, and what was written has gone where it goes. */
const turn = () => new Promise(setImmediate)

for (const name of NAMES) {
  const dialect = DIALECTS[name]
  const { profile, success } = dialect

  test(`${name}: an exchange split at each octet is the same exchange`, async (t) => {
    const { port, outcomes } = await front(t, profile, { server: open(await directory()) })
    const text = whole(dialect)
    for (let at = 1; at < text.length; at++) {
      const raw = await rawClient(t, port)
      raw.socket.setNoDelay()
      raw.say(text.slice(0, at))
      await turn()
      raw.say(text.slice(at))
      await raw.hear(new RegExp(success.source, 'm'))
      const login = await outcomes[at - 1]
      assert.equal(login?.identity.authcid, 'tim', `at ${at}`)
      // What comes behind may come later.
      let left = ''
      while (left.length < 6) {
        left += String(login.socket.read() ?? '')
        await turn()
      }
      assert.equal(left, 'NEXT\r\n', `at ${at}`)
      raw.socket.destroy()
    }
  })

  test(`${name}: an exchange may come octet by octet`, async (t) => {
    const { port, outcomes } = await front(t, profile, { server: open(await directory()) })
    const raw = await rawClient(t, port)
    raw.socket.setNoDelay()
    for (const octet of whole(dialect)) {
      raw.say(octet)
      await turn()
    }
    await raw.hear(new RegExp(success.source, 'm'))
    assert.equal((await outcomes[0])?.identity.authcid, 'tim')
  })

  /** Says all that comes before the step that is to be the last, and hears the answers. */
  const steps: readonly ((raw: Raw) => Promise<Raw>)[] = [
    async (raw) => raw,
    async (raw) => {
      await dialect.ready(raw)
      return raw
    },
    async (raw) => {
      raw.say(dialect.auth('LOGIN').slice(0, 7))
      return raw
    },
    async (raw) => {
      raw.say(dialect.auth('LOGIN').slice(7))
      await raw.hear(dialect.challenge)
      return raw
    },
    async (raw) => {
      raw.say(`${b64('tim')}\r\n`)
      await raw.hear(dialect.challenge)
      return raw
    },
    async (raw) => {
      raw.say('*\r\n')
      await raw.hear(dialect.failure.aborted)
      return raw
    },
    async (raw) => {
      raw.say(dialect.startTls)
      await raw.hear(dialect.startTlsReply)
      return raw
    },
    async (raw) => rawTls(undefined, raw),
    async (raw) => {
      if (name === 'smtp') {
        raw.say('EHLO me\r\n')
        await raw.hear(/^250 .*\r\n/m)
      }
      raw.say(dialect.auth('PLAIN'))
      await raw.hear(dialect.challenge)
      return raw
    },
  ]

  const ways: Readonly<Record<string, (raw: Raw) => unknown>> = {
    'takes leave without a word': (raw) => raw.socket.end(),
    'is cut off': ({ socket }) => (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy()),
    'is destroyed': (raw) => raw.socket.destroy(),
  }
  for (const [way, leave] of Object.entries(ways))
    test(`${name}: a client that ${way} leaves nothing behind, at any step`, async (t) => {
      const { signal } = new AbortController()
      for (let count = 0; count <= steps.length; count++) {
        const accounts = await directory()
        const { port, outcomes, sockets } = await front(t, profile, { server: open(accounts), signal })
        let raw = await rawClient(t, port)
        for (const step of steps.slice(0, count)) raw = await step(raw)
        leave(raw)
        while (!outcomes[0]) await turn()
        assert.equal(await outcomes[0], undefined, `after ${count} steps`)
        while (sockets.size > 0) await turn()
        assert.equal(getEventListeners(signal, 'abort').length, 0)
        assert.equal(upgradesWith(serverTls).waiting(), 0)
        assert.equal(accounts.asked, 0)
      }
    })

  test(`${name}: the signal ends the connection, at any step`, async (t) => {
    for (let count = 0; count <= steps.length; count++) {
      const ending = new AbortController()
      const { port, outcomes, sockets } = await front(t, profile, {
        server: open(await directory()),
        signal: ending.signal,
      })
      let raw = await rawClient(t, port)
      for (const step of steps.slice(0, count)) raw = await step(raw)
      while (!outcomes[0]) await turn()
      ending.abort()
      assert.equal(await outcomes[0], undefined, `after ${count} steps`)
      while (sockets.size > 0) await turn()
      assert.equal(getEventListeners(ending.signal, 'abort').length, 0)
      await raw.rest()
    }
  })

  test(`${name}: a client that goes while it is looked up frees the lookup`, async (t) => {
    let asked: (signal: AbortSignal | undefined) => void = () => {}
    const looking = new Promise<AbortSignal | undefined>((resolve) => {
      asked = resolve
    })
    const refused: string[] = []
    const server = open({
      verifyPassword(_authcid, _password, { signal }) {
        asked(signal)
        return new Promise(() => {})
      },
    })
    const { port, outcomes } = await front(t, profile, {
      server,
      onRefused: ({ reason }) => void refused.push(reason),
    })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(dialect.auth(`PLAIN ${GOOD}`))
    const signal = await looking
    assert.equal(signal?.aborted, false)
    raw.socket.resetAndDestroy()
    assert.equal(await outcomes[0], undefined)
    assert.equal(signal?.aborted, true)
    assert.deepEqual(refused, ['aborted'])
  })

  test(`${name}: a lookup that fails after all is over is nobody's business`, async (t) => {
    let fail: (error: Error) => void = () => {}
    let asked: () => void = () => {}
    const looking = new Promise<void>((resolve) => {
      asked = resolve
    })
    const server = open({
      verifyPassword: () =>
        new Promise((_, reject) => {
          fail = reject
          asked()
        }),
    })
    const ending = new AbortController()
    const { port, outcomes } = await front(t, profile, { server, signal: ending.signal })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(dialect.auth(`PLAIN ${GOOD}`))
    await looking
    ending.abort()
    assert.equal(await outcomes[0], undefined)
    fail(new Error('too late'))
    await turn()
  })

  test(`${name}: who is gone when the lookup succeeds is not logged in`, async (t) => {
    let succeed: () => void = () => {}
    let asked: () => void = () => {}
    const looking = new Promise<void>((resolve) => {
      asked = resolve
    })
    const server = open({
      verifyPassword: () =>
        new Promise((resolve) => {
          succeed = () => resolve(true)
          asked()
        }),
    })
    const { port, outcomes, sockets } = await front(t, profile, { server })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(dialect.auth(`PLAIN ${GOOD}`))
    await looking
    raw.socket.resetAndDestroy()
    while (sockets.size > 0) await turn()
    succeed()
    assert.equal(await outcomes[0], undefined)
  })
}

test('a handshake that is not to be leaves no socket behind', async () => {
  for (const signal of [AbortSignal.abort(), AbortSignal.timeout(1)]) {
    const { server, close } = await plainLoopback()
    assert.equal(await startServerTls(server, serverTls, signal), undefined)
    assert.equal(server.destroyed, true)
    close()
  }
  assert.equal(upgradesWith(serverTls).waiting(), 0)
})
