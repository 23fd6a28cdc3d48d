import type { StoredCredential } from '../credentials/stored-credential.js'
import { StoredCredentialError } from '../credentials/stored-credential-error.js'
import { verifyPassword } from '../credentials/verify-password.js'
import type { Password, ReadAccount, Tell } from './read-account.js'
import type { VerifiedPasswords } from './verified-passwords.js'

export interface Checking {
  /** Whose password it is to be: the canonical name, or the one that nobody has. */
  readonly name: string
  /**
   * The account is another's, and stands in for one that does not exist, so that the same work is done: nothing fits, and
   * nothing is remembered. Its verdicts are dropped where they arise.
   */
  readonly inVain: boolean
  readonly verified: VerifiedPasswords | undefined
  readonly tell: Tell
  readonly signal: AbortSignal | undefined
}

/** Which of an account's passwords it was, by its place, and what it was checked by. */
export interface Proved {
  readonly place: number
  readonly credential: StoredCredential
}

/** What passwords can be checked by: first what is good for nothing else, since SCRAM keys are there for SCRAM. */
export const checkedBy = ({ credentials }: Password): readonly StoredCredential[] =>
  credentials
    .filter(({ serves }) => serves.includes('password'))
    .toSorted((a, b) => Number(a.serves.length > 1) - Number(b.serves.length > 1))

export const canCheck = ({ passwords }: ReadAccount): boolean =>
  passwords.some((password) => checkedBy(password).length > 0)

/**
 * Tries a password against each that the account holds. A wrong one is tried against them all; time tells nothing of
 * what is stored but the kind of account.
 *
 * @throws what could not be read or checked, where nothing else fits: it may have been the one.
 */
export async function checkPasswords(
  account: ReadAccount,
  presented: string,
  checking: Checking,
): Promise<Proved | undefined> {
  let fault: unknown
  for (const [place, password] of account.passwords.entries()) {
    const verdict = await checkPassword(account, password, presented, checking)
    if (verdict.credential) return { place, credential: verdict.credential }
    fault ??= verdict.fault
  }
  if (fault !== undefined) throw fault
  return undefined
}

async function checkPassword(
  { name: of, realm }: ReadAccount,
  password: Password,
  presented: string,
  { name, inVain, verified, tell, signal }: Checking,
): Promise<{ readonly credential?: StoredCredential; readonly fault?: unknown }> {
  let fault = inVain ? undefined : password.fault
  for (const credential of checkedBy(password)) {
    const owner = { username: name, realm, signal }
    const verify = async () => (await verifyPassword(credential, presented, owner)) && !inVain
    try {
      const right = verified
        ? await verified.check(identified(credential, name, realm, inVain), presented, verify)
        : await verify()
      return right ? { credential } : {}
    } catch (error) {
      if (!(error instanceof StoredCredentialError)) throw error
      tell(of, error) // a package that is missing, for one: another credential may do
      fault ??= error
    }
  }
  return { fault }
}

/** One text may be two credentials, by how it is read: a password that looks like a hash, for one. */
const identified = (
  { scheme, format, preparation, text }: StoredCredential,
  name: string,
  realm: string | undefined,
  inVain: boolean,
): readonly string[] => [String(inVain), name, realm ?? '', scheme, format, preparation, text]
