import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as imap from '../../src/profiles/imap.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import * as pop3 from '../../src/profiles/pop3.js'
import * as smtp from '../../src/profiles/smtp.js'
import { testProfile } from '../../src/testing/index.js'
import { PROFILE_NAMES } from '../public-names.js'

const PROFILES: Readonly<Record<string, LineProfile>> = { smtp, imap, pop3 }

test('every profile passes it', () => {
  assert.deepEqual(
    PROFILE_NAMES.filter((name) => !Object.hasOwn(PROFILES, name)),
    [],
    'add it to test/profiles/shared-suite.test.ts',
  )
})

for (const [name, profile] of Object.entries(PROFILES)) describe(name, () => testProfile({ test, profile }))
