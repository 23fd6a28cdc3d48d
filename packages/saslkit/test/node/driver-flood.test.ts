/** Clients that send more than anybody asked for: it costs us little, and keeps nobody else waiting. */
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { linesOf } from '../../src/node/drivers/lines-of.js'
import { front, NAMES, PROTOCOLS, rawClient, serverTls } from './driver-ends.js'
import { type Ends, plainLoopback, TlsLoopback } from './loopback.js'

/** Does nothing, and is answered by a line. */
const NOTHING = { smtp: 'NOOP\r\n', imap: 'a NOOP\r\n', pop3: 'NOOP\r\n' } as const

/** POP3 has no word for it. */
const BYE = {
  smtp: '421 4.7.0 Closing connection\r\n',
  imap: '* BYE Closing connection\r\n',
  pop3: '',
} as const

async function overTls(t: TestContext): Promise<Ends<Socket>> {
  const loopback = await TlsLoopback.listen(serverTls)
  t.after(() => loopback.close())
  return loopback.connect()
}

async function inTheClear(t: TestContext): Promise<Ends<Socket>> {
  const loopback = await plainLoopback()
  t.after(() => loopback.close())
  return loopback
}

for (const secure of [true, false])
  test(`what a client sends and nobody reads stays with it, ${secure ? 'over TLS' : 'in the clear'}`, async (t) => {
    const { client, server } = await (secure ? overTls(t) : inTheClear(t))
    client.write('\r\n'.repeat(2_000_000))
    const lines = linesOf(server, new AbortController().signal)
    let most = 0
    for (let read = 0; read < 20_000; read++) {
      assert.equal(await lines.readLine(100), '')
      most = Math.max(most, lines.unread())
      if (read % 10 === 0) await nextTurn()
    }
    lines.release()
    assert.ok(most <= 256 * 1024, `${most} octets were taken in`)
  })

for (const name of NAMES) {
  test(`${name}: who sends many commands at once lets others have a turn`, async (t) => {
    const { port } = await front(t, PROTOCOLS[name], { maxCommands: 1000 })
    const raw = await rawClient(t, port)
    await raw.hear(/\r\n/)
    let turns = 0
    let ended = false
    const turn = () => {
      turns++
      if (!ended) setImmediate(turn)
    }
    setImmediate(turn)
    raw.say(NOTHING[name].repeat(1000))
    await raw.rest()
    ended = true
    assert.ok(turns >= 900, `${turns} turns`)
  })

  test(`${name}: who never logs in is let go after a hundred commands, or as many as are allowed`, async (t) => {
    for (const maxCommands of [undefined, 3]) {
      const { port, outcomes } = await front(t, PROTOCOLS[name], { maxCommands })
      const raw = await rawClient(t, port)
      await raw.hear(/\r\n/)
      raw.say(NOTHING[name].repeat(150))
      const heard = await raw.rest()
      assert.equal(heard.split('\r\n').length - 1, (maxCommands ?? 100) + (BYE[name] ? 1 : 0))
      assert.ok(heard.endsWith(BYE[name]), heard.slice(-60))
      assert.equal(await outcomes[0], undefined)
    }
  })
}

test('IMAP: what a literal holds that nobody asked for is no command', async (t) => {
  const inner = 'b LOGIN tim tanstaaftanstaaf\r\n'
  for (const before of ['a ID ("name" ', 'a LOGIN "t\\im" ', 'a LOGIN tim ~', 'a NOOP ', '* ']) {
    const { port, outcomes } = await front(t, PROTOCOLS.imap, { implicit: false })
    const raw = await rawClient(t, port)
    await raw.hear(/\r\n/)
    raw.say(`${before}{${inner.length}+}\r\n${inner})\r\n`)
    assert.equal(await raw.rest(), '* BYE Closing connection\r\n', before)
    assert.equal(await outcomes[0], undefined)
  }
})
