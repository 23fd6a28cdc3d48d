import { type Awaitable, andThen } from '../awaitable.js'
import type { TokenVerifier } from '../directory.js'
import { isProblem } from '../mechanisms/oauth.js'
import { own } from '../own.js'
import type { Context } from '../step.js'
import type { NamePreparation } from '../strings/prepare.js'
import { preparedName } from './prepared-name.js'
import type { StoredAccount } from './stored-account.js'

type VerifyToken = TokenVerifier['verifyToken']
type TokenVerdict = Awaited<ReturnType<VerifyToken>>

/**
 * Verifies tokens of accounts that are in a store: whoever issued the token may not know that the account is gone, or disabled.
 * No stand-in is looked at for a name that nobody has, as it is for passwords: the token was good, so whoever shows it may know.
 */
export const tokenVerifier =
  (
    find: (name: string, context: Context) => Awaitable<StoredAccount | undefined>,
    prepare: NamePreparation,
    verifyToken: VerifyToken,
  ): VerifyToken =>
  (token, request, context) =>
    andThen(verifyToken(token, request, context), (verdict): Awaitable<TokenVerdict> => {
      const name = nameIn(verdict)
      if (name === undefined) return verdict
      return andThen(preparedName(name, prepare), (prepared) =>
        andThen(prepared === undefined ? undefined : find(prepared, context), (account) =>
          account
            ? account.refused
              ? { refused: account.refused }
              : { authcid: account.name }
            : { refused: 'not-authorized' },
        ),
      )
    })

/** Undefined where the token is refused, and for what is no verdict, which the mechanism tells. */
function nameIn(verdict: TokenVerdict | null): string | undefined {
  if (typeof verdict !== 'object' || verdict === null) return undefined
  const refused = isProblem(verdict) || ('refused' in verdict && verdict.refused)
  const name = !refused && 'authcid' in verdict ? own(verdict, 'authcid') : undefined
  return typeof name === 'string' && name ? name : undefined
}
