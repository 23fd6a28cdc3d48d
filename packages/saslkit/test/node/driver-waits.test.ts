/** What an error says of a login that came to nothing: what was waited for, and what may have been meant. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { saslClient } from '../../src/client.js'
import { SaslError } from '../../src/errors.js'
import { type LoginOptions, login } from '../../src/node/index.js'
import * as imap from '../../src/profiles/imap.js'

const client = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' })

/** A server that says a few lines, each when it has heard something, and then falls silent or hangs up. */
async function server(t: TestContext, lines: readonly string[], then: () => void): Promise<number> {
  const listener = createServer((socket) => {
    const rest = [...lines]
    const say = () => {
      const line = rest.shift()
      if (line !== undefined) socket.write(line)
      else if (then === hangUp) socket.end()
      else then()
    }
    socket.on('error', () => socket.destroy())
    socket.on('data', say)
    say()
    t.after(() => socket.destroy())
  }).listen(0, '127.0.0.1')
  t.after(() => listener.close())
  await new Promise((resolve) => listener.once('listening', resolve))
  return (listener.address() as AddressInfo).port
}

const hangUp = () => {}

async function fate(options: Partial<LoginOptions>): Promise<SaslError> {
  const error = await login({ protocol: imap, tls: 'none', client, ...options }).then(
    () => new Error('a login'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof SaslError, String(error))
  return error
}

const at = (port: number) => ({ host: '127.0.0.1', port })

const SAID = ['* OK ready\r\n', '* CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256\r\ns1 OK\r\n']
const AWAITED = [
  "the server's greeting",
  'the capabilities of the server',
  'the answer of the server to our authentication',
]

for (const [said, awaited] of AWAITED.entries()) {
  test(`an abort tells that we waited for ${awaited}`, async (t) => {
    const ending = new AbortController()
    const enough = () => ending.abort(new Error('enough'))
    const socket = connect(await server(t, SAID.slice(0, said), said ? enough : () => {}), '127.0.0.1')
    await once(socket, 'connect')
    if (!said) enough()
    const error = await fate({ socket, signal: ending.signal })
    assert.equal(error.reason, 'aborted')
    // Nothing has come yet: perhaps each waits for the other.
    const hint = said
      ? ''
      : ": does the port speak TLS from the first octet on? Then pass tls: 'implicit'. Or was the greeting read before the socket was passed? It has to be left there"
    assert.equal(error.message, `the login was aborted, waiting for ${awaited}${hint}`)
    assert.equal((error.cause as Error).message, 'enough')
  })

  test(`a connection that ends tells that we waited for ${awaited}`, async (t) => {
    const error = await fate(at(await server(t, SAID.slice(0, said), hangUp)))
    assert.equal(error.reason, 'temporary')
    assert.equal(error.message, `the server closed the connection; we waited for ${awaited}`)
  })
}

test('an abort tells that we waited for the TLS handshake', async (t) => {
  const ending = new AbortController()
  const port = await server(t, [], () => ending.abort())
  const { message } = await fate({ ...at(port), signal: ending.signal, tls: 'implicit' })
  assert.match(message, /^the login was aborted, waiting for the (TLS handshake|connection)$/)
})

test('a server of STARTTLS with nothing for a connection in the clear is told of', async (t) => {
  const said = ['* OK ready\r\n', '* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\ns1 OK\r\n']
  const { reason, message } = await fate(at(await server(t, said, hangUp)))
  assert.equal(reason, 'encryption-required')
  assert.match(message, /^no mechanism can be used:\n {2}PLAIN: .*no TLS\n/)
  assert.match(message, /\nthe server offers nothing else without TLS; pass tls: 'starttls'$/)
  const without = ['* OK ready\r\n', '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\ns1 OK\r\n']
  assert.doesNotMatch((await fate(at(await server(t, without, hangUp)))).message, /starttls/)
  for (const [capability, expected] of [
    ['STARTTLS', 'encryption-required'],
    ['ID', 'mechanism-unavailable'],
  ] as const) {
    const none = ['* OK ready\r\n', `* CAPABILITY IMAP4rev1 ${capability}\r\ns1 OK\r\n`]
    const refused = await fate(at(await server(t, none, hangUp)))
    assert.equal(refused.reason, expected)
    assert.equal(/pass tls: 'starttls'$/.test(refused.message), capability === 'STARTTLS')
  }
})

test('what greets in another protocol is quoted', async (t) => {
  const { reason, message } = await fate(at(await server(t, ['+OK POP3 ready\r\n'], hangUp)))
  assert.equal(reason, 'malformed')
  assert.equal(message, 'not an IMAP greeting: "+OK POP3 ready"')
})

test('TLS with a server that speaks first asks whether STARTTLS was meant', async (t) => {
  const { reason, message } = await fate({ ...at(await server(t, SAID, hangUp)), tls: 'implicit' })
  assert.equal(reason, 'server-not-authenticated')
  assert.match(message, /the server does not speak TLS here; is it a port for STARTTLS\?$/)
})
