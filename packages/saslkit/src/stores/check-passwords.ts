import type { StoredCredential } from '../credentials/stored-credential.js'
import { StoredCredentialError } from '../credentials/stored-credential-error.js'
import { verifyPassword } from '../credentials/verify-password.js'
import type { Password, ReadAccount, Tell } from './read-account.js'
import type { VerifiedPasswords } from './verified-passwords.js'

export interface Checking {
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

/**
 * The same work as for the account, for one that does not exist: nothing fits, and nothing is remembered. What the work
 * is done on is a real account's, so that what comes of it is dropped where it arises.
 */
export async function checkInVain(
  like: ReadAccount,
  name: string,
  presented: string,
  { verified, tell, signal }: Checking,
): Promise<void> {
  const passwords = like.passwords.map(({ entries, credentials }) => ({ entries, credentials }))
  await checkPasswords({ ...like, name, passwords }, presented, {
    tell: (_, fault) => tell(like.name, fault),
    signal,
    verified: {
      clear() {},
      size: 0,
      check(of, password, verify) {
        const vainly = () => verify().then(() => false)
        return verified ? verified.check(of, password, vainly) : vainly()
      },
    },
  })
}

async function checkPassword(
  { name, realm }: ReadAccount,
  password: Password,
  presented: string,
  { verified, tell, signal }: Checking,
): Promise<{ readonly credential?: StoredCredential; readonly fault?: unknown }> {
  let { fault } = password
  for (const credential of checkedBy(password)) {
    const verify = () => verifyPassword(credential, presented, { username: name, realm, signal })
    try {
      const right = verified
        ? await verified.check([name, realm ?? '', credential.text], presented, verify)
        : await verify()
      return right ? { credential } : {}
    } catch (error) {
      if (!(error instanceof StoredCredentialError)) throw error
      tell(name, error) // a package that is missing, for one: another credential may do
      fault ??= error
    }
  }
  return { fault }
}
