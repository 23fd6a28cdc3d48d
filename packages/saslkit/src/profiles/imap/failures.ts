/** What a failure is called in IMAP: RFC 5530 section 3; RFC 9051 section 6.2.2 for BAD. */
import type { FailureReason } from '../../errors.js'

const INVALID = 'NO [AUTHENTICATIONFAILED] Authentication credentials invalid'

export const FAILURES: Readonly<Record<FailureReason, string>> = {
  malformed: 'BAD Malformed authentication message',
  'mechanism-unavailable': 'NO [CANNOT] Authentication mechanism not available',
  'encryption-required': 'NO [PRIVACYREQUIRED] Encryption required',
  'invalid-credentials': INVALID,
  'not-authorized': 'NO [AUTHORIZATIONFAILED] Not authorized to act as the requested identity',
  'account-disabled': 'NO [CONTACTADMIN] Account disabled',
  'credentials-expired': 'NO [EXPIRED] Credentials expired',
  temporary: 'NO [UNAVAILABLE] Temporary authentication failure',
  aborted: 'BAD Authentication cancelled',
  'limit-exceeded': 'BAD Authentication message too long',
  // A client's own verdicts, which a server has no occasion for.
  'server-not-authenticated': INVALID,
  unacceptable: INVALID,
}

const BY_CODE: ReadonlyMap<string, FailureReason> = new Map([
  ['AUTHENTICATIONFAILED', 'invalid-credentials'],
  ['AUTHORIZATIONFAILED', 'not-authorized'],
  ['CANNOT', 'mechanism-unavailable'],
  ['CONTACTADMIN', 'account-disabled'],
  ['EXPIRED', 'credentials-expired'],
  ['INUSE', 'temporary'],
  ['LIMIT', 'limit-exceeded'],
  ['PRIVACYREQUIRED', 'encryption-required'],
  ['SERVERBUG', 'temporary'],
  ['UNAVAILABLE', 'temporary'],
])

/** NO without a code may mean any refusal (RFC 9051 section 6.2.2); most often, the credentials. */
export function failureReason(status: 'NO' | 'BAD' | 'BYE', text: string): FailureReason {
  const [, code = ''] = /^\[([A-Za-z0-9-]{1,32})[\] ]/.exec(text) ?? []
  const known = BY_CODE.get(code.toUpperCase())
  if (known) return known
  return status === 'NO' ? 'invalid-credentials' : status === 'BAD' ? 'malformed' : 'temporary'
}
