import { describe, test } from 'node:test'
import * as imap from '../../src/profiles/imap.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import * as pop3 from '../../src/profiles/pop3.js'
import * as smtp from '../../src/profiles/smtp.js'
import { testProfile } from '../../src/testing/index.js'

const PROFILES: readonly (readonly [string, LineProfile])[] = [
  ['SMTP', smtp],
  ['IMAP', imap],
  ['POP3', pop3],
]

for (const [name, profile] of PROFILES) describe(name, () => testProfile({ test, profile }))
