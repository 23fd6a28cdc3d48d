/** From outside, an account that does not exist, one without fitting keys, and a wrong password are the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPromise } from '../../src/awaitable.js'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import { memoryDirectory } from '../../src/credentials/memory-directory.js'
import { hmacMd5State } from '../../src/crypto/hmac-md5-state.js'
import type { Refusal, ScramHash, ScramLookup, Secret, Verdict } from '../../src/directory.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange, type ServerReply } from '../../src/exchange/server.js'
import { cramMd5Client, cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { plainServer } from '../../src/mechanisms/plain.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { hex, text, unbase64, utf8 } from '../../src/octets.js'
import { converse, type Outcome } from '../../src/testing/mechanism/converse.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'

const secretOf = (seed: number) => new Uint8Array(32).fill(seed)
const ITERATIONS = 4096
const DECOYS = { decoySecret: secretOf(1), decoyIterations: ITERATIONS }

const real = await makeScramCredentials('SHA-256', 'pencil', { iterations: ITERATIONS })
const lookup: ScramLookup = {
  scramCredentials: (authcid, hash) => (authcid === 'user' && hash === 'SHA-256' ? real : undefined),
}

interface Asked {
  readonly salt: string
  readonly length: number
  readonly iterations: number
  readonly rest: string
}

async function ask(
  name: string,
  options: Partial<Parameters<typeof scramServer>[2]> = {},
  hash: ScramHash = 'SHA-256',
): Promise<Asked> {
  const reply = await new ServerExchange(scramServer(hash, lookup, { ...DECOYS, ...options })).step(
    utf8(`n,,n=${name},r=abc`),
  )
  assert.ok(reply.kind === 'challenge')
  const [, salt, iterations, rest] = /^r=abc[A-Za-z0-9+/]{24},s=([^,]+),i=(\d+)(.*)$/.exec(
    text(reply.challenge),
  )!
  return { salt: salt!, length: unbase64(salt!).length, iterations: Number(iterations), rest: rest! }
}

const NAMES = Array.from({ length: 200 }, (_, at) => `unknown${at}`)

test('each unknown name has its salt, whenever it is asked, and looks like a known one', async () => {
  const known = await ask('user')
  const salts = new Set<string>([known.salt])
  for (const name of NAMES) {
    const [first, second, third] = [await ask(name), await ask(name), await ask(name)]
    assert.deepEqual(second, first)
    assert.deepEqual(third, first)
    assert.deepEqual({ ...first, salt: '' }, { ...known, salt: '' })
    salts.add(first.salt)
  }
  assert.equal(salts.size, NAMES.length + 1)
})

test('the salts are the same after a restart and on another node with the secret, and others without', async () => {
  for (const name of NAMES.slice(0, 20)) {
    const { salt } = await ask(name)
    assert.equal((await ask(name, { decoySecret: secretOf(1).slice() })).salt, salt)
    assert.notEqual((await ask(name, { decoySecret: secretOf(2) })).salt, salt)
  }
})

test('the salts of one name differ by hash, as those of a real account do', async () => {
  const hashes = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512'] as const
  const salts = await Promise.all(hashes.map(async (hash) => (await ask('unknown', {}, hash)).salt))
  assert.equal(new Set(salts).size, hashes.length)
})

test('decoys have the shape that real accounts are given', async () => {
  for (const decoySaltLength of [1, 12, 16, 32, 33, 64, 100, 1024])
    assert.equal((await ask('unknown', { decoySaltLength })).length, decoySaltLength)
  assert.equal((await ask('unknown', { decoyIterations: 600_000 })).iterations, 600_000)
  const long = unbase64((await ask('unknown', { decoySaltLength: 96 })).salt)
  assert.equal(new Set([0, 32, 64].map((at) => hex(long.slice(at, at + 32)))).size, 3, 'a salt that repeats')
})

test('a name has one salt however it is written, and a name that cannot be prepared has one as well', async () => {
  assert.equal((await ask('\uff55nknown')).salt, (await ask('unknown')).salt)
  for (const name of ['us\u0007er', 'user\u202e', '\ue000', 'a'.repeat(300), '\u0221', '\u05d0a']) {
    const first = await ask(name)
    assert.deepEqual(await ask(name), first)
    assert.equal(first.length, 16)
  }
})

test('a known user without keys for this hash is as an unknown one', async () => {
  const { salt, ...shape } = await ask('user', {}, 'SHA-512')
  const { salt: other, ...unknown } = await ask('other', {}, 'SHA-512')
  assert.deepEqual(shape, unknown)
  assert.notEqual(salt, other)
  const outcome = await login('user', 'pencil', {}, 'SHA-512')
  assert.deepEqual(ending(outcome.server), ending((await login('other', 'pencil', {}, 'SHA-512')).server))
})

const login = (
  authcid: string,
  password: string,
  held: { refused?: Refusal['refused'] } = {},
  hash: ScramHash = 'SHA-256',
): Promise<Outcome> =>
  converse({
    client: new ClientExchange(scramClient(hash, { authcid, password })),
    server: new ServerExchange(
      scramServer(
        hash,
        {
          async scramCredentials(...question) {
            const found = await lookup.scramCredentials(...question)
            return found && { ...found, ...held }
          },
        },
        DECOYS,
      ),
    ),
  })

const ending = (reply: ServerReply | undefined): unknown => {
  assert.ok(reply?.kind === 'failure')
  return [reply.reason, reply.additionalData && text(reply.additionalData), String(reply.cause)]
}

test('SCRAM ends alike for an unknown user, a wrong password, and a disabled user with a wrong password', async () => {
  const ends = [
    await login('resu', 'pencil'),
    await login('user', 'eraser'),
    await login('user', 'eraser', { refused: 'account-disabled' }),
    await login('us\u202eer'.slice(0, 2), 'pencil'),
  ].map(({ server }) => ending(server))
  for (const end of ends)
    assert.deepEqual(end, ['invalid-credentials', 'e=invalid-proof', 'SaslError: wrong proof'])
})

test('that an account is disabled, or its password has run out, is told to whoever has proved themselves', async () => {
  for (const refused of ['account-disabled', 'credentials-expired', 'not-authorized'] as const) {
    const { server, clientError } = await login('user', 'pencil', { refused })
    assert.ok(server?.kind === 'failure' && server.reason === refused)
    assert.equal(text(server.additionalData!), 'e=other-error')
    assert.ok(clientError !== undefined)
  }
})

test('PLAIN and CRAM-MD5 end alike for them, too', async () => {
  const directory = await memoryDirectory(
    [
      { authcid: 'user', password: 'pencil' },
      { authcid: 'gone', password: 'pencil', refused: 'account-disabled' },
    ],
    { hashes: [] },
  )
  const plain = async (authcid: string, password: string) => {
    const exchange = new ServerExchange(plainServer(directory), { connection: { secure: true } })
    return exchange.step(utf8(`\0${authcid}\0${password}`))
  }
  const cram = async (authcid: string, password: string) => {
    const { server } = await converse({
      client: new ClientExchange(cramMd5Client({ authcid, password })),
      server: new ServerExchange(cramMd5Server(directory)),
    })
    return server!
  }
  for (const run of [plain, cram]) {
    const [unknown, wrong, disabled] = [
      await run('resu', 'pencil'),
      await run('user', 'eraser'),
      await run('gone', 'eraser'),
    ]
    assert.deepEqual(unknown, wrong)
    assert.deepEqual(disabled, wrong)
    assert.ok(wrong.kind === 'failure' && wrong.reason === 'invalid-credentials')
    const proved = await run('gone', 'pencil')
    assert.ok(proved.kind === 'failure' && proved.reason === 'account-disabled')
  }
})

test('CRAM-MD5 makes its HMAC for an unknown user as well', async () => {
  const { hashFunction } = await import('#crypto')
  const md5 = await hashFunction('MD5')
  const { hmac } = md5
  const calls: number[] = []
  for (const secret of ['pencil', undefined]) {
    let made = 0
    const exchange = new ServerExchange(cramMd5Server({ secret: () => secret }, { challenge: () => '<a@b>' }))
    await exchange.step(undefined)
    md5.hmac = (...given) => {
      made++
      return hmac(...given)
    }
    await exchange.step(utf8(`user ${'0'.repeat(32)}`))
    md5.hmac = hmac
    calls.push(made)
  }
  assert.deepEqual(calls, [1, 1])
})

test('a password is stretched as often for an unknown user as for a known one', async () => {
  const scram = { 'SHA-256': real }
  const { hashFunction } = await import('#crypto')
  const salt = secretOf(3)
  const key = await (await hashFunction('SHA-256')).pbkdf2(utf8('pencil'), salt, ITERATIONS)
  const kinds = [
    { authcid: 'user', scram },
    { authcid: 'user', pbkdf2: { hash: 'SHA-256', salt, iterations: ITERATIONS, key } },
  ] as const
  for (const account of kinds) {
    const directory = await memoryDirectory([account], { hashes: [] })
    const verdict = async (authcid: string, password: string): Promise<[Verdict, number]> => {
      let verdict: Verdict
      const calls = await countPbkdf2('SHA-256', async () => {
        verdict = await directory.verifyPassword(authcid, password, { connection: { secure: true } })
      })
      return [verdict, calls]
    }
    assert.deepEqual(await verdict('user', 'pencil'), [{ authcid: 'user' }, 1])
    assert.deepEqual(await verdict('user', 'eraser'), [false, 1])
    assert.deepEqual(await verdict('resu', 'pencil'), [false, 1])
    assert.deepEqual(await verdict('user', 'pen\u0007cil'), [false, 1], 'a password that cannot be prepared')
  }
})

test('unknown names look like most of the accounts in memory, whatever their keys look like', async () => {
  const keys = async (iterations: number, saltLength: number) => ({
    'SHA-256': await makeScramCredentials('SHA-256', 'pencil', {
      iterations,
      salt: new Uint8Array(saltLength).fill(1),
    }),
  })
  const directory = await memoryDirectory([
    { authcid: 'odd', scram: await keys(8192, 32) },
    { authcid: 'user', scram: await keys(5000, 12) },
    { authcid: 'resu', scram: await keys(5000, 12) },
  ])
  const look = async (name: string, options: Partial<Parameters<typeof scramServer>[2]> = {}) => {
    const mechanism = scramServer('SHA-256', directory, { decoySecret: secretOf(1), ...options })
    const reply = await new ServerExchange(mechanism).step(utf8(`n,,n=${name},r=abc`))
    assert.ok(reply.kind === 'challenge')
    const [, salt, iterations] = /,s=([^,]+),i=(\d+)$/.exec(text(reply.challenge))!
    return [unbase64(salt!).length, Number(iterations)]
  }
  assert.deepEqual(await look('user'), [12, 5000])
  assert.deepEqual(await look('unknown'), [12, 5000])
  assert.deepEqual(await look('unknown', { decoyIterations: 4096, decoySaltLength: 16 }), [16, 4096])
  assert.equal(directory.decoyShape('SHA-512'), undefined)
})

test('CRAM-MD5 makes an HMAC for an unknown name in the way in which it does for known ones', async () => {
  const state = hmacMd5State(utf8('pencil'))
  const secrets: Record<string, Secret> = { state: { hmacMd5State: state }, clear: { secret: 'pencil' } }
  const mechanism = cramMd5Server({ secret: (authcid) => secrets[authcid] })
  const waits = (authcid: string) => {
    const exchange = new ServerExchange(mechanism)
    exchange.step(undefined)
    return isPromise(exchange.step(utf8(`${authcid} ${'0'.repeat(32)}`)))
  }
  for (const known of ['state', 'clear', 'state']) assert.equal(waits(known), waits('unknown'), known)
})

test('an account in memory that has nothing to check a password by is as one that does not exist', async () => {
  const directory = await memoryDirectory([
    { authcid: 'user', scram: { 'SHA-256': real } },
    { authcid: 'other', hmacMd5State: hmacMd5State(utf8('pencil')) },
  ])
  for (const name of ['user', 'other', 'unknown']) {
    const work = async () => {
      const { verifyPassword } = directory
      assert.equal(await verifyPassword(name, 'eraser', { connection: { secure: true } }), false)
    }
    assert.equal(await countPbkdf2('SHA-256', work), 1, name)
  }
})
