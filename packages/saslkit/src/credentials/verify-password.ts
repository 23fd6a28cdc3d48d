import { utf8 } from '../octets.js'
import { requireKnown } from '../require-known.js'
import { requireSignal } from '../require-signal.js'
import type { Owner } from './credential.js'
import { presentedForms } from './presented-forms.js'
import { credentialOf, type StoredCredential } from './stored-credential.js'

export interface VerifyOptions extends Owner {
  /** Octets of the longest password that is looked at; default 1,024. */
  readonly maxLength?: number | undefined
  /** Frees the caller, with its `reason`. */
  readonly signal?: AbortSignal | undefined
}

const OPTIONS = Object.keys({
  username: true,
  realm: true,
  maxLength: true,
  signal: true,
} satisfies Record<keyof VerifyOptions, true>)

/**
 * Checks a password, as it was sent, against a stored credential. It takes the time that the credential's hash takes,
 * whatever the password; slow hashes wait for their turn in the pool that key derivations share.
 *
 * Of bcrypt, DES and PLAIN-TRUNC only the first `significantOctets` of a password count.
 *
 * @throws TypeError for a credential that no password can be checked against (`serves` lacks `password`), one that needs
 *   the username and is not told it, a password with a lone surrogate, or options that there are not.
 * @throws StoredCredentialError `unavailable` where a package has to be installed; SaslError `temporary` when too much is
 *   waiting, `unacceptable` where the runtime refuses so many iterations of PBKDF2; `signal.reason` when aborted.
 */
export async function verifyPassword(
  stored: StoredCredential,
  password: string,
  options: VerifyOptions = {},
): Promise<boolean> {
  requireKnown(options, OPTIONS, 'verifyPassword')
  const { maxLength = 1024, signal } = options
  const { verify, scram, preparation, refusesNul } = credentialOf(stored)
  requireSignal(signal)
  if (typeof password !== 'string') throw new TypeError('password must be text; pass a string')
  if (!verify) throw new TypeError(`${stored.scheme} credentials cannot be checked against a password`)
  signal?.throwIfAborted()
  // Of the password alone: the answer tells nothing of the account.
  if (password === '' || utf8(password).length > maxLength) return false
  const forms = await presentedForms(password, preparation, options, scram?.checkedBy)
  let good = false
  for (const { octets, refused } of forms) {
    const fits = await verify(octets, options, signal, preparation)
    good ||= fits && !refused
  }
  return good && !(refusesNul && password.includes('\0'))
}
