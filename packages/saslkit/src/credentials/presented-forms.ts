import type { HashName } from '../crypto/hash.js'
import { type Octets, utf8 } from '../octets.js'
import { PreparationError } from '../strings/preparation-error.js'
import { preparePassword } from '../strings/prepare.js'
import type { CredentialPreparation, Owner } from './credential.js'

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
 * @throws TypeError for `mongodb` with SHA-1 and no username.
 */
export async function presentedForms(
  password: string,
  rule: CredentialPreparation,
  owner: Owner,
  hash: HashName,
): Promise<readonly PresentedForm[]> {
  const asSent = { octets: utf8(password), refused: false }
  if (rule === 'none') return [asSent]
  const { username } = owner
  if (rule === 'mongodb' && hash === 'SHA-1' && username === undefined)
    throw new TypeError("MongoDB's SCRAM-SHA-1 keys hold the name: pass { username }")
  const context = rule === 'mongodb' ? { username: username ?? '', hash } : undefined
  const known = rule === 'unknown' ? 'saslprep' : rule
  const prepared = await prepareOr(password, () => preparePassword(password, known, 'query', context))
  if (rule !== 'unknown') return [{ octets: utf8(prepared.text), refused: prepared.refused }]
  return prepared.refused || prepared.text === password
    ? [asSent]
    : [asSent, { octets: utf8(prepared.text), refused: false }]
}

async function prepareOr(
  password: string,
  prepare: () => PromiseLike<string> | string,
): Promise<{ readonly text: string; readonly refused: boolean }> {
  try {
    return { text: await prepare(), refused: false }
  } catch (error) {
    if (error instanceof PreparationError) return { text: password, refused: true }
    throw error
  }
}
