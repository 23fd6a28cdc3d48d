import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseStoredCredential, verifyPassword } from '../../src/credentials/index.js'
import { KNOWN_ANSWERS } from './known-answers.js'

const sources = new Set(KNOWN_ANSWERS.map(({ source }) => source))

for (const source of sources)
  describe(source, () => {
    for (const { text, password, scheme, format, username } of KNOWN_ANSWERS.filter(
      (answer) => answer.source === source,
    )) {
      const title = `${scheme} (${format}), ${/^[ -~]*$/.test(password) ? 'ASCII' : 'beyond ASCII'}`
      test(title, async () => {
        const stored = parseStoredCredential(text)
        assert.equal(stored.scheme, scheme)
        assert.equal(stored.format, format)
        assert.equal(stored.text, text)
        if (scheme === 'otp') {
          assert.deepEqual(stored.serves, ['OTP'])
          return
        }
        assert.ok(stored.serves.includes('password'))
        assert.equal(await verifyPassword(stored, password, { username }), true)
        assert.equal(await verifyPassword(stored, `x${password}`, { username }), false)
        const longer = await verifyPassword(stored, `${password}x`, { username })
        assert.equal(
          longer,
          (stored.significantOctets ?? 10_000) <= new TextEncoder().encode(password).length,
        )
      })
    }
  })
