/** How long a password may be that a directory is asked about. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Connection,
  loginServer,
  plainServer,
  ServerExchange,
  type ServerReply,
  saslServer,
  utf8,
} from '../../src/index.js'

const connection: Connection = { secure: true, service: 'smtp' }
const NAME = 'a'.repeat(255)

/** A directory to which every password is right. */
function watched() {
  const asked: number[] = []
  const verifyPassword = (_: string, password: string): boolean => {
    asked.push(utf8(password).length)
    return true
  }
  return { asked, directory: { verifyPassword } }
}

/** What the mechanism says to a password. */
type Say = (exchange: ServerExchange, password: string) => Promise<ServerReply>

const sayPlain: Say = async (exchange, password) => exchange.step(utf8(`\0${NAME}\0${password}`))

const sayLogin: Say = async (exchange, password) => {
  await exchange.step(undefined)
  await exchange.step(utf8(NAME))
  return exchange.step(utf8(password))
}

const ROWS = [
  ['PLAIN', plainServer, sayPlain],
  ['LOGIN', loginServer, sayLogin],
] as const

const outcome = (reply: ServerReply): string => (reply.kind === 'failure' ? reply.reason : reply.kind)

for (const [name, make, say] of ROWS) {
  for (const maxPasswordLength of [undefined, 1, 4, 1024, 1025, 5000, 100_000])
    test(`${name}: ${maxPasswordLength ?? 'by default 1,024'} octets are taken, one more asks no directory`, async () => {
      const limit = maxPasswordLength ?? 1024
      for (const [password, end] of [
        ['x'.repeat(limit), 'success'],
        ['x'.repeat(limit + 1), 'limit-exceeded'],
        ['\u20ac'.repeat(limit), 'limit-exceeded'],
      ] as const) {
        const { asked, directory } = watched()
        const options = { maxPasswordLength }
        assert.equal(
          outcome(await say(new ServerExchange(make(directory, options), { connection }), password)),
          end,
        )
        assert.deepEqual(asked, end === 'success' ? [limit] : [])

        const server = saslServer({ directory, maxPasswordLength })
        assert.equal(outcome(await say(server.begin(name, connection), password)), end)
        assert.deepEqual(asked, end === 'success' ? [limit, limit] : [])
      }
    })

  test(`${name}: octets are counted, not characters`, async () => {
    for (const [password, end] of [
      [`${'\u20ac'.repeat(341)}x`, 'success'],
      [`${'\u20ac'.repeat(341)}xx`, 'limit-exceeded'],
    ] as const) {
      const { asked, directory } = watched()
      assert.equal(outcome(await say(new ServerExchange(make(directory), { connection }), password)), end)
      assert.deepEqual(asked, end === 'success' ? [1024] : [])
    }
  })

  test(`${name}: an exchange's own limit for messages raises none for passwords`, async () => {
    const { asked, directory } = watched()
    const exchange = new ServerExchange(make(directory), { connection, maxLength: 100_000 })
    assert.equal(outcome(await say(exchange, 'x'.repeat(1025))), 'limit-exceeded')
    assert.deepEqual(asked, [])
  })

  test(`${name}: a limit that is no positive whole number is refused at once`, () => {
    const { directory } = watched()
    for (const wrong of [
      0,
      -1,
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '1024',
      null,
      2 ** 53,
    ] as number[]) {
      const refusal = {
        name: 'RangeError',
        message: 'maxPasswordLength must be a whole number of octets, 1 at least',
      }
      assert.throws(() => make(directory, { maxPasswordLength: wrong }), refusal)
      assert.throws(() => saslServer({ directory, maxPasswordLength: wrong }), refusal)
      assert.throws(() => saslServer({ directory: {}, maxPasswordLength: wrong }), refusal)
    }
  })
}

test('PLAIN: names have 2,048 octets of a message beside the password, however long that may be', async () => {
  for (const [maxPasswordLength, longest] of [
    [undefined, 3072],
    [4096, 6144],
  ] as const) {
    const { directory } = watched()
    assert.equal(plainServer(directory, { maxPasswordLength }).maxLength, longest)
  }
})

test('LOGIN: a name has 1,024 octets also where passwords have fewer', () => {
  const { directory } = watched()
  for (const [maxPasswordLength, longest] of [
    [undefined, 1024],
    [8, 1024],
    [4096, 4096],
  ] as const)
    assert.equal(loginServer(directory, { maxPasswordLength }).maxLength, longest)
})
