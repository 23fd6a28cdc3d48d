import type { Verdict } from './converse.ts'
import type { LoginCase } from './login-case.ts'

/**
 * What must come of OAUTHBEARER (RFC 7628) and XOAUTH2, where no library has another server to compare with: whoever
 * shows the account's token is in, as whom it asks to be.
 */
export function ruled({ mechanism, account, typed }: LoginCase): Verdict {
  const authzid = mechanism === 'XOAUTH2' ? typed.name : typed.authzid
  const good = typed.token === account.token && account.name !== ''
  if (!good) return { server: undefined, client: false, why: 'the rule', wire: [] }
  const other = authzid === '' || authzid === account.name ? undefined : authzid
  return { server: { authcid: account.name, authzid: other }, client: true, why: '', wire: [] }
}
