import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { hex, utf8 } from '../../src/octets.js'
import { HASHES, SEAMS } from './both-seams.js'

const password = utf8('pencil')
const salt = utf8('sixteen octets..')
/** Long enough to be at work while the test looks. */
const MANY = 200_000
/** Where WebCrypto lacks the hash, and JavaScript does the work. */
const inJavaScript = (seam: string, hash: string) =>
  seam !== 'node:crypto' && ['MD5', 'SHA-224', 'SHA3-512'].includes(hash)

for (const [seam, { hashFunction }] of SEAMS) {
  test(`${seam}: PBKDF2 for every hash leaves the event loop free while it works`, async () => {
    for (const name of HASHES) {
      const hash = await hashFunction(name)
      let turns = 0
      let working = true
      const derived = hash.pbkdf2(password, salt, inJavaScript(seam, name) ? 40_000 : MANY).finally(() => {
        working = false
      })
      while (working) {
        turns++
        await new Promise((resolve) => setImmediate(resolve))
      }
      await derived
      assert.ok(turns > 1, `${name}: the event loop turned ${turns} times`)
    }
  })

  test(`${seam}: an aborted signal starts no PBKDF2`, async () => {
    const hash = await hashFunction('SHA-256')
    const gone = new Error('gone')
    await assert.rejects(hash.pbkdf2(password, salt, 4096, AbortSignal.abort(gone)), gone)
  })

  test(`${seam}: aborting frees the caller of a PBKDF2 at work`, async () => {
    const hash = await hashFunction('SHA-256')
    const abort = new AbortController()
    const derived = hash.pbkdf2(password, salt, MANY, abort.signal)
    setImmediate(() => abort.abort(new Error('gone')))
    await assert.rejects(derived, /gone/)
    // The slot comes free all the same.
    assert.equal((await hash.pbkdf2(password, salt, 1)).length, 32)
  })

  test(`${seam}: aborting frees the caller of a PBKDF2 in the queue, and the others go on`, async () => {
    const hash = await hashFunction('SHA-256')
    const abort = new AbortController()
    const running = Array.from({ length: 6 }, () => hash.pbkdf2(password, salt, 20_000))
    const waiting = hash.pbkdf2(password, salt, MANY, abort.signal)
    const behind = hash.pbkdf2(password, salt, 1)
    abort.abort(new Error('gone'))
    await assert.rejects(waiting, /gone/)
    const keys = new Set((await Promise.all(running)).map(hex))
    assert.equal(keys.size, 1)
    assert.equal(hex(await behind), hex(await hash.pbkdf2(password, salt, 1)))
  })

  test(`${seam}: a queue that is full is temporary, and empties`, async () => {
    const hash = await hashFunction('SHA-256')
    const abort = new AbortController()
    const first = Array.from({ length: 3 }, () => hash.pbkdf2(password, salt, 20_000))
    const flood = Array.from({ length: 4096 + 8 }, () =>
      hash.pbkdf2(password, salt, 1, abort.signal).then(
        () => 'done',
        (error: unknown) => (error instanceof SaslError ? error.reason : 'aborted'),
      ),
    )
    abort.abort()
    const ends = await Promise.all(flood)
    assert.ok(ends.includes('temporary'), 'nobody was turned away')
    assert.ok(!ends.includes('done'))
    await Promise.all(first)
    assert.equal((await hash.pbkdf2(password, salt, 1)).length, 32)
  })

  test(`${seam}: a PBKDF2 that cannot be done rejects, and keeps no slot`, async () => {
    const hash = await hashFunction('SHA-256')
    for (let i = 0; i < 8; i++) await assert.rejects(hash.pbkdf2(password, salt, 0))
    assert.equal((await hash.pbkdf2(password, salt, 1)).length, 32)
  })
}
