import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requireHostname } from '../../src/profiles/line-text.js'
import { requireCapabilities } from '../../src/profiles/require-capabilities.js'

test('who passes no host, or no capabilities, is told what they are', () => {
  for (const none of [undefined, null, 'mail.example', 7]) {
    assert.throws(() => requireHostname(none as never), /^TypeError: pass \{ hostname \}/)
    assert.throws(() => requireCapabilities(none as never), /^TypeError: capabilities must be \{ mechanisms/)
  }
})
