/** Messages of the other mechanisms, from their first octet to their last, and names at their bounds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServerExchange } from '../../src/exchange/server.js'
import { anonymousClient } from '../../src/mechanisms/anonymous.js'
import { cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { loginServer } from '../../src/mechanisms/login.js'
import { directoryName } from '../../src/mechanisms/names.js'
import { oauthBearerServer } from '../../src/mechanisms/oauthbearer.js'
import { parseGs2Header } from '../../src/mechanisms/parse-gs2-header.js'
import { plainServer } from '../../src/mechanisms/plain.js'
import { xoauth2Server } from '../../src/mechanisms/xoauth2.js'
import { text, utf8 } from '../../src/octets.js'
import type { ServerMechanism } from '../../src/step.js'
import { preparePassword } from '../../src/strings/prepare.js'

const malformed = { reason: 'malformed' }

test('a GS2 header has a flag, perhaps an authzid, and two commas', () => {
  const read = (message: string) => {
    const { flag, bindingType, authzid, text, length } = parseGs2Header(utf8(message))
    return [flag, bindingType, authzid, text, length]
  }
  assert.deepEqual(read('n,,n=user'), ['n', undefined, undefined, 'n,,', 3])
  assert.deepEqual(read('y,,n=user'), ['y', undefined, undefined, 'y,,', 3])
  assert.deepEqual(read('n,a=x,n=user'), ['n', undefined, 'x', 'n,a=x,', 6])
  assert.deepEqual(read('y,a=a=2Cb=3D,n=user'), ['y', undefined, 'a,b=', 'y,a=a=2Cb=3D,', 13])
  assert.deepEqual(read('p=tls-exporter,,'), ['p', 'tls-exporter', undefined, 'p=tls-exporter,,', 16])
  for (const message of [
    'x,,',
    'nn,,',
    'xn,,',
    'n',
    'n,',
    '',
    ',,',
    'p,,',
    'p=,,',
    'n,x,',
    'n,a=,',
    'F,n,,',
    'n,a=x\0,',
    'n,a==,',
  ])
    assert.throws(() => parseGs2Header(utf8(message)), malformed, message)
})

test('a name is as long as 255 octets of UTF-8, whatever its characters take', async () => {
  for (const [character, octets] of [
    ['x', 1],
    ['\u007e', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['\u{10000}', 4],
    ['\u{10ffff}', 4],
  ] as const) {
    // Controls are no names; so the characters at the bounds stand as they may.
    const of = (count: number, rest: number) => character.repeat(count) + 'x'.repeat(rest)
    const count = Math.floor(254 / octets)
    const fits = of(count, 255 - count * octets)
    if (/[\u0080-\u009f]/.test(character)) continue
    assert.equal(await directoryName(fits, 'none'), fits, character)
    assert.equal(await directoryName(`${fits}x`, 'none'), undefined, character)
  }
  assert.equal(await directoryName('\u00a0'.repeat(127), 'none'), '\u00a0'.repeat(127))
  assert.equal(await directoryName('\u00a0'.repeat(128), 'none'), undefined)
  for (const name of ['', 'a\0', 'a\u007f', 'a\u0085'])
    assert.equal(await directoryName(name, 'none'), undefined)
})

test('a name of 1,020 characters is prepared, and one of 1,021 is not looked at', async () => {
  // Soft hyphens are mapped to nothing (RFC 3454 table B.1).
  const of = (length: number) => 'tim'.padEnd(length, '\u00ad')
  assert.equal(await directoryName(of(1020), 'saslprep'), 'tim')
  assert.equal(await directoryName(of(1021), 'saslprep'), undefined)
})

test('a rule that there is not is a fault, and no name that nobody has', async () => {
  await assert.rejects(async () => directoryName('tim', 'nonsense' as never), {
    name: 'TypeError',
    message: /^unknown preparation: nonsense; known are saslprep, precis, postgresql, mongodb, none/,
  })
  await assert.rejects(
    async () => preparePassword('pencil', 'mongodb'),
    /^TypeError: .* needs \{ username, hash \}$/,
  )
  assert.equal(await directoryName('\u0007', 'saslprep'), undefined)
  assert.equal(await directoryName('\u0221', 'precis'), await directoryName('\u0221', 'precis'))
})

/** The reason of failure, or what the verifier was asked. */
async function sent(
  make: (directory: { verifyToken(token: string, request: unknown): boolean }) => ServerMechanism,
  message: string,
): Promise<unknown> {
  let asked: unknown
  const mechanism = make({
    verifyToken: (token, request) => {
      asked = { token, ...(request as object) }
      return true
    },
  })
  const reply = await new ServerExchange(mechanism, { connection: { secure: true } }).step(utf8(message))
  return asked ?? (reply.kind === 'failure' && reply.reason)
}
const bearer = (message: string) => sent(oauthBearerServer as never, message)
const xoauth2 = (message: string) => sent(xoauth2Server as never, message)

test('OAUTHBEARER is a header, keys with values between octets of 1, and one token', async () => {
  const asked = (await bearer('n,a=tim,\x01host=h\x01port=1\x01auth=Bearer t\x01\x01')) as Record<
    string,
    unknown
  >
  assert.deepEqual([asked.token, asked.authzid, asked.host, asked.port], ['t', 'tim', 'h', 1])
  for (const [port, taken] of [
    ['65535', 65_535],
    ['143', 143],
  ] as const)
    assert.equal(
      ((await bearer(`n,,\x01port=${port}\x01auth=Bearer t\x01\x01`)) as { port: number }).port,
      taken,
    )
  for (const message of [
    'n,,auth=Bearer t\x01\x01',
    'n,,xauth=Bearer t\x01\x01',
    'n,,\x01auth=Bearer t\x01',
    'n,,\x01auth=Bearer t',
    'n,,\x01auth=Bearer \x01\x01',
    'n,,\x01auth=x Bearer t\x01\x01',
    'n,,\x01auth=Basic t\x01\x01',
    'n,,\x01host=h\x01\x01',
    'n,,\x011x=h\x01auth=Bearer t\x01\x01',
    'n,,\x01 auth=x\x01auth=Bearer t\x01\x01',
    'n,,\x01host\x01auth=Bearer t\x01\x01',
    'n,,\x01auth=Bearer t\x01AUTH=Bearer u\x01\x01',
    'n,,\x01port=0\x01auth=Bearer t\x01\x01',
    'n,,\x01port=01\x01auth=Bearer t\x01\x01',
    'n,,\x01port=65536\x01auth=Bearer t\x01\x01',
    'p=tls-exporter,,\x01auth=Bearer t\x01\x01',
  ])
    assert.equal(await bearer(message), 'malformed', JSON.stringify(message))
})

test('XOAUTH2 is a user and a token between octets of 1, and nothing before them', async () => {
  const asked = (await xoauth2('user=tim\x01auth=Bearer t\x01\x01')) as Record<string, unknown>
  assert.equal(asked.token, 't')
  for (const message of [
    'xuser=tim\x01auth=Bearer t\x01\x01',
    'user=\x01auth=Bearer t\x01\x01',
    'user=tim\x01auth=Bearer \x01\x01',
    'user=tim\x01auth=Bearer t t\x01\x01',
    'user=tim\x01auth=Bearer t\x01',
    'user=tim\x01auth=Bearer t\x01\x01x',
  ])
    assert.equal(await xoauth2(message), 'malformed', JSON.stringify(message))
})

test('a name that nobody can have is not looked up', async () => {
  let asked = 0
  const verifyPassword = () => {
    asked++
    return true
  }
  for (const mechanism of [loginServer({ verifyPassword }), plainServer({ verifyPassword })]) {
    const exchange = new ServerExchange(mechanism, { connection: { secure: true } })
    const name = 'x'.repeat(300)
    let reply = await exchange.step(utf8(mechanism.name === 'LOGIN' ? name : `\0${name}\0pencil`))
    if (reply.kind === 'challenge') reply = await exchange.step(utf8('pencil'))
    assert.equal(reply.kind === 'failure' && reply.reason, 'invalid-credentials')
  }
  assert.equal(asked, 0)
})

test('a CRAM-MD5 challenge names the host of the mechanism, of the connection, or localhost', async () => {
  const sent = async (hostname?: string, host?: string) => {
    const mechanism = cramMd5Server({ secret: () => undefined }, { hostname } as never)
    const reply = await new ServerExchange(mechanism, { connection: { secure: true, host } as never }).step(
      undefined,
    )
    return reply.kind === 'challenge' ? text(reply.challenge) : ''
  }
  assert.match(await sent(), /^<[A-Za-z0-9+/]{24}@localhost>$/)
  assert.match(await sent(undefined, 'b.example'), /@b\.example>$/)
  assert.match(await sent('a.example', 'b.example'), /@a\.example>$/)
})

test('trace information that is no text is refused by its name', () => {
  assert.throws(() => anonymousClient({ trace: 7 as never }), /^TypeError: trace/)
})

test('a CRAM-MD5 digest is 32 digits of lower case', async () => {
  for (const [digit, reason] of [
    ['0', 'invalid-credentials'],
    ['9', 'invalid-credentials'],
    ['a', 'invalid-credentials'],
    ['f', 'invalid-credentials'],
    ['/', 'malformed'],
    [':', 'malformed'],
    ['`', 'malformed'],
    ['g', 'malformed'],
    ['A', 'malformed'],
  ] as const) {
    const exchange = new ServerExchange(cramMd5Server({ secret: () => 'pencil' }))
    await exchange.step(undefined)
    const reply = await exchange.step(utf8(`tim ${digit.repeat(32)}`))
    assert.equal(reply.kind === 'failure' && reply.reason, reason, digit)
  }
})

test('a PLAIN message has two NULs', async () => {
  for (const [message, end] of [
    ['', 'malformed'],
    ['tim', 'malformed'],
    ['tim\0', 'malformed'],
    ['\0tim', 'malformed'],
    ['tim\0pencil', 'malformed'],
    ['\0tim\0', 'malformed'],
    ['\0\0pencil', 'malformed'],
    ['\0tim\0pen\0cil', 'malformed'],
    ['\0tim\0pencil', 'success'],
    ['tim\0tim\0pencil', 'success'],
  ] as const) {
    const exchange = new ServerExchange(plainServer({ verifyPassword: () => true }), {
      connection: { secure: true },
    })
    const reply = await exchange.step(utf8(message))
    assert.equal(reply.kind === 'failure' ? reply.reason : reply.kind, end, JSON.stringify(message))
  }
})
