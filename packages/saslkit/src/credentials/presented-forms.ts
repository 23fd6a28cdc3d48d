import type { HashName } from '../crypto/hash.js'
import { type Octets, utf8 } from '../octets.js'
import type { CredentialPreparation, Owner } from './credential.js'
import { preparedOrRefused } from './prepared-or-refused.js'

/** A form in which a presented password is tried. */
export interface PresentedForm {
  readonly octets: Octets
  /** The rule refused the password: the work is done all the same, and the answer is no. */
  readonly refused: boolean
}

/**
 * A presented password as the credential's rule has it: one form, or two where the rule is not known and it matters. How
 * many depends on the password alone, so that time tells nothing of the account.
 *
 * @param hash of the SCRAM keys that it is checked by, if it is.
 * @throws TypeError for `mongodb` with SHA-1 and no username.
 */
export async function presentedForms(
  password: string,
  rule: CredentialPreparation,
  owner: Owner,
  hash: HashName | undefined,
): Promise<readonly PresentedForm[]> {
  const asSent = { octets: utf8(password), refused: false }
  const { username } = owner
  if (rule === 'mongodb' && hash === 'SHA-1' && username === undefined)
    throw new TypeError("MongoDB's SCRAM-SHA-1 keys hold the name: pass { username }")
  const context = { username: username ?? '', hash: hash ?? 'SHA-256' }
  const known = rule === 'unknown' ? 'saslprep' : rule
  const { text, refused } = await preparedOrRefused(password, known, 'query', context)
  if (rule !== 'unknown') return [{ octets: utf8(text), refused }]
  return text === password ? [asSent] : [asSent, { octets: utf8(text), refused }]
}
