/** Each known answer is read from its first character to its last, as the format that it is of. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStoredCredential, StoredCredentialError } from '../../src/credentials/index.js'
import { KNOWN_ANSWERS } from './known-answers.js'

/** What a text is read as; undefined where it is refused. */
function readAs(text: string, hint?: never): readonly [scheme: string, format: string] | undefined {
  try {
    const { scheme, format } = parseStoredCredential(text, { hint })
    return [scheme, format]
  } catch (error) {
    if (error instanceof StoredCredentialError) return undefined
    throw error
  }
}

for (const scheme of new Set(KNOWN_ANSWERS.map((answer) => answer.scheme)))
  test(`${scheme}: each text is read under its own format, and none with something before or behind it`, () => {
    for (const { text, format } of KNOWN_ANSWERS.filter((answer) => answer.scheme === scheme)) {
      assert.deepEqual(readAs(text, format as never), [scheme, format], text)
      assert.throws(() => parseStoredCredential(text, { hint: 'none such' as never }))
      if (format === 'cleartext' || scheme === 'cleartext') continue
      for (const altered of [`x${text}`, `$${text}`, `{X}${text}`])
        assert.notDeepEqual(readAs(altered), [scheme, format], altered)
    }
  })
