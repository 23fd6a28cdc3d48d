/** What a failure is called in POP3: -ERR, and the codes of RFC 3206. */
import type { FailureReason } from '../../errors.js'

const INVALID = '-ERR [AUTH] Authentication credentials invalid'

export const FAILURES: Readonly<Record<FailureReason, string>> = {
  malformed: '-ERR Malformed authentication message',
  'mechanism-unavailable': '-ERR Authentication mechanism not available',
  'encryption-required': '-ERR Encryption required for this authentication mechanism',
  'invalid-credentials': INVALID,
  'not-authorized': '-ERR [AUTH] Not authorized to act as the requested identity',
  'account-disabled': '-ERR [AUTH] Account disabled',
  'credentials-expired': '-ERR [AUTH] Credentials expired',
  temporary: '-ERR [SYS/TEMP] Temporary authentication failure',
  aborted: '-ERR Authentication cancelled',
  'limit-exceeded': '-ERR Authentication message too long',
  // A client's own verdicts, which a server has no occasion for.
  'server-not-authenticated': INVALID,
  unacceptable: INVALID,
}

const BY_CODE: ReadonlyMap<string, FailureReason> = new Map([
  ['AUTH', 'invalid-credentials'],
  ['IN-USE', 'temporary'],
  ['LOGIN-DELAY', 'temporary'],
  ['SYS/TEMP', 'temporary'],
  ['SYS/PERM', 'temporary'], // somebody has to mend it; it is no verdict on the credentials either
])

/** -ERR without a code may mean any refusal; most often, the credentials. */
export function failureReason(text: string): FailureReason {
  const [, code = ''] = /^\[([A-Za-z/-]{1,32})\]/.exec(text) ?? []
  return BY_CODE.get(code.toUpperCase()) ?? 'invalid-credentials'
}
