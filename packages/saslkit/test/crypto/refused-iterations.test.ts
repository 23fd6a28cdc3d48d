/** A runtime that refuses so many iterations of PBKDF2, as Cloudflare's does over 100,000: a reason, on either side. */
import '../browser-seams.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const {
  ClientExchange,
  SaslError,
  makeScramCredentials,
  memoryDirectory,
  saslServer,
  scramClient,
  text,
  utf8,
} = await import('../../src/index.js')

const web = await import('../../src/crypto/web.js')
const { hashFunction } = await import('#crypto')
/** Bun passes over the hooks that put the one in the place of the other. */
const skip = hashFunction === web.hashFunction ? false : 'this runtime takes no other seam than its own'

const MOST = 100_000
const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const
const iterations = MOST + 1
const connection = { secure: true }
const tim = { authcid: 'tim', password: 'pencil' }

/** In words of workerd, which enforces its limit at Cloudflare alone. */
async function whereThatIsTooMany(work: () => Promise<void>): Promise<void> {
  const { subtle } = crypto
  const { deriveBits } = subtle
  const refusing: typeof deriveBits = async (algorithm, key, length) => {
    const { iterations: asked } = algorithm as { readonly iterations: number }
    if (asked > MOST)
      throw new DOMException(
        `Pbkdf2 failed: iteration counts above ${MOST} are not supported (requested ${asked}).`,
        'NotSupportedError',
      )
    return deriveBits.call(subtle, algorithm, key, length)
  }
  Object.defineProperty(subtle, 'deriveBits', { value: refusing, configurable: true })
  try {
    await work()
  } finally {
    Reflect.deleteProperty(subtle, 'deriveBits')
  }
}

const refused = (error: unknown): boolean =>
  error instanceof SaslError &&
  error.reason === 'unacceptable' &&
  error.message === `this runtime refuses ${iterations} iterations` &&
  (error.cause as Error).name === 'NotSupportedError'

test('every hash that the runtime derives keys with says so', () =>
  whereThatIsTooMany(async () => {
    for (const name of HASHES) {
      const hash = await web.hashFunction(name)
      await assert.rejects(hash.pbkdf2(utf8('pencil'), utf8('salt'), iterations), refused)
      assert.equal((await hash.pbkdf2(utf8('pencil'), utf8('salt'), 1)).length, hash.size)
    }
  }))

test('a client says so, with the count that the server asks for', { skip }, () =>
  whereThatIsTooMany(async () => {
    for (const hash of HASHES) {
      const exchange = new ClientExchange(scramClient(hash, tim))
      const first = text((await exchange.start())!)
      const nonce = first.slice(first.lastIndexOf('=') + 1)
      const asked = utf8(`r=${nonce}server,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=${iterations}`)
      await assert.rejects(async () => exchange.challenge(asked), refused)
    }
  }),
)

test('a server answers that it cannot tell, and has the reason as cause', { skip }, async () => {
  const directory = await memoryDirectory([
    { authcid: 'tim', pbkdf2: { hash: 'SHA-256', salt: utf8('salt'), iterations, key: new Uint8Array(32) } },
  ])
  const server = saslServer({ directory, policy: { mechanisms: ['PLAIN'] } })
  await whereThatIsTooMany(async () => {
    const reply = await server.begin('PLAIN', connection).step(utf8('\0tim\0pencil'))
    assert.ok(reply.kind === 'failure')
    assert.equal(reply.reason, 'temporary')
    assert.ok(refused((reply.cause as Error).cause))
  })
})

test('who makes credentials is told, and what the runtime takes is made', { skip }, () =>
  whereThatIsTooMany(async () => {
    await assert.rejects(makeScramCredentials('SHA-256', 'pencil', { iterations }), refused)
    assert.equal((await makeScramCredentials('SHA-256', 'pencil', { iterations: 4096 })).storedKey.length, 32)
  }),
)
