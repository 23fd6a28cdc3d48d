import type { FailureReason } from '../../errors.js'
import type { Notice } from '../../profiles/line-profile.js'
import { expect } from '../mechanism/expect.js'
import { CONTEXT, lineOf, linesOf, type ProfileUnderTest } from './under-test.js'

/** Each reason, with those as which a protocol of fewer words may let it be read. */
const READ_AS: Readonly<Record<FailureReason, readonly FailureReason[]>> = {
  malformed: ['malformed', 'invalid-credentials'],
  'mechanism-unavailable': ['mechanism-unavailable', 'invalid-credentials'],
  'encryption-required': ['encryption-required', 'invalid-credentials'],
  'invalid-credentials': ['invalid-credentials'],
  'not-authorized': ['not-authorized', 'invalid-credentials'],
  'account-disabled': ['account-disabled', 'invalid-credentials'],
  'credentials-expired': ['credentials-expired', 'invalid-credentials'],
  temporary: ['temporary'],
  aborted: ['aborted', 'malformed', 'invalid-credentials'],
  'limit-exceeded': ['limit-exceeded', 'malformed', 'invalid-credentials'],
  'server-not-authenticated': ['invalid-credentials'],
  unacceptable: ['invalid-credentials'],
}

const REASONS = Object.keys(READ_AS) as FailureReason[]

const NOTICES: readonly Notice[] = [
  'hello',
  'done',
  'go-on',
  'bye',
  'unknown-command',
  'bad-arguments',
  'out-of-order',
  'log-in-first',
  'start-tls-first',
  'no-start-tls',
  'line-too-long',
  'bad-line',
  'closing',
]

/** Told of failures before a proof: which of these was wrong is nobody's business. */
const TELLING = /user|name|account|password|exist|unknown|found|secret|token/i

export function testProfileFailures({ test, profile }: ProfileUnderTest): void {
  const told = (reason: FailureReason) => lineOf(profile.writeFailure(reason, CONTEXT))

  test('every failure has a text of one line, which is read as that failure', async () => {
    for (const reason of REASONS) {
      const reply = profile.readReply([told(reason)], 'authenticate', CONTEXT)
      expect(reply?.kind === 'refused', `${reason} is read as ${reply?.kind}`)
      expect(READ_AS[reason].includes(reply.reason), `${reason} is read as ${reply.reason}`)
      expect(reply.text !== '', `${reason} is read without its text`)
    }
  })

  test('credentials are refused in one text, which does not say what was wrong with them', async () => {
    const text = told('invalid-credentials')
    expect(text === told('invalid-credentials'), 'it differs from time to time')
    expect(!TELLING.test(text), `${JSON.stringify(text)} says too much`)
    // What may be told after the proof alone must not look like what is told before it.
    expect(told('temporary') !== text, 'a temporary failure is told as a verdict')
  })

  test('notices are lines, if anything', async () => {
    for (const notice of NOTICES) {
      const written = profile.writeNotice(notice, CONTEXT)
      if (written !== '') linesOf(written)
    }
  })

  test('the text of a refusal is fit for a message', async () => {
    const reply = profile.readReply(
      [`${told('invalid-credentials')} \x1b[31m\xe4${'x'.repeat(1000)}`],
      'authenticate',
      CONTEXT,
    )
    expect(reply?.kind === 'refused', 'it is not read as a refusal')
    expect(/^[\x20-\x7e]{1,300}$/.test(reply.text), `${JSON.stringify(reply.text)}`)
  })
}
