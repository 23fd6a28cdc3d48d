import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as imap from '../../src/profiles/imap.js'
import * as pop3 from '../../src/profiles/pop3.js'
import * as smtp from '../../src/profiles/smtp.js'

const context = { tag: 'a1', hostname: 'mail.example.org' }

test('what is no greeting is quoted, as far as it can be printed', () => {
  const said = `+OK\u0007 "${'x'.repeat(100)}`
  const quoted = `"+OK? \\"${'x'.repeat(64 - 6)}"`
  assert.throws(() => imap.readReply([said], 'greeting', context), {
    reason: 'malformed',
    message: `not an IMAP greeting: ${quoted}`,
  })
  assert.throws(() => smtp.readReply([said], 'greeting'), { message: `not an SMTP greeting: ${quoted}` })
  assert.throws(() => pop3.readReply(['220 mail'], 'greeting'), {
    message: 'not a POP3 greeting: "220 mail"',
  })
})

test('later on nothing is quoted: a server may say again what we told it', () => {
  for (const asked of ['capabilities', 'start-tls', 'authenticate'] as const)
    for (const read of [imap.readReply, smtp.readReply, pop3.readReply])
      assert.throws(
        () => read(['AHRpbQBzZWNyZXQ='], asked, context),
        (error) => error instanceof Error && !error.message.includes('AHRp'),
      )
})
