import { describe, test } from 'node:test'
import * as imap from '../../src/profiles/imap.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import * as pop3 from '../../src/profiles/pop3.js'
import * as smtp from '../../src/profiles/smtp.js'
import { testProfile } from '../../src/testing/index.js'
import { PROFILE_NAMES } from '../public-names.js'
import { requireRows } from '../require-rows.js'

const PROFILES: Readonly<Record<string, LineProfile>> = { smtp, imap, pop3 }

test('every profile passes it', () => {
  requireRows(PROFILE_NAMES, { rows: Object.keys(PROFILES), rowsAt: 'test/profiles/shared-suite.test.ts' })
})

for (const [name, profile] of Object.entries(PROFILES)) describe(name, () => testProfile({ test, profile }))
