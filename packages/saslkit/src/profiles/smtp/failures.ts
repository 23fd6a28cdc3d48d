/** What a failure is called in SMTP: RFC 4954 section 6, RFC 5248 for the enhanced codes, RFC 3207 section 4. */
import type { FailureReason } from '../../errors.js'

const INVALID = '535 5.7.8 Authentication credentials invalid'

export const FAILURES: Readonly<Record<FailureReason, string>> = {
  malformed: '501 5.5.2 Malformed authentication message',
  'mechanism-unavailable': '504 5.5.4 Authentication mechanism not available',
  'encryption-required': '538 5.7.11 Encryption required for this authentication mechanism',
  'invalid-credentials': INVALID,
  'not-authorized': '535 5.7.8 Not authorized to act as the requested identity',
  'account-disabled': '535 5.7.13 Account disabled',
  'credentials-expired': '535 5.7.8 Credentials expired',
  temporary: '454 4.7.0 Temporary authentication failure',
  aborted: '501 5.7.0 Authentication cancelled',
  'limit-exceeded': '500 5.5.6 Authentication message too long',
  // A client's own verdicts, which a server has no occasion for.
  'server-not-authenticated': INVALID,
  unacceptable: INVALID,
}

const BY_ENHANCED: ReadonlyMap<string, FailureReason> = new Map([
  ['5.5.6', 'limit-exceeded'],
  ['5.7.8', 'invalid-credentials'],
  ['5.7.9', 'mechanism-unavailable'], // too weak for this user
  ['5.7.10', 'encryption-required'],
  ['5.7.11', 'encryption-required'],
  ['5.7.13', 'account-disabled'],
])

const BY_CODE: ReadonlyMap<string, FailureReason> = new Map([
  ['432', 'credentials-expired'], // a password transition is needed
  ['500', 'mechanism-unavailable'],
  ['501', 'malformed'],
  ['502', 'mechanism-unavailable'],
  ['503', 'mechanism-unavailable'],
  ['504', 'mechanism-unavailable'],
  ['523', 'encryption-required'],
  ['524', 'encryption-required'],
  ['525', 'account-disabled'],
  ['530', 'encryption-required'], // "Must issue a STARTTLS command first"
  ['534', 'mechanism-unavailable'],
  ['535', 'invalid-credentials'],
  ['538', 'encryption-required'],
])

/** What a reply of class 4 or 5 means. Codes without a meaning here are the server's policy: `not-authorized`. */
export function failureReason(code: string, text: string): FailureReason {
  const [, enhanced = ''] = /^([45]\.\d{1,3}\.\d{1,3})(?: |$)/.exec(text) ?? []
  if (code === '501' && enhanced === '5.7.0') return 'aborted'
  const known = BY_ENHANCED.get(enhanced) ?? BY_CODE.get(code)
  return known ?? (code.startsWith('4') ? 'temporary' : 'not-authorized')
}
