import { type Awaitable, isPromise } from '../awaitable.js'
import type { StoredCredential } from '../credentials/stored-credential.js'
import { PreparationError } from '../strings/preparation-error.js'
import { preparePassword } from '../strings/prepare.js'

/**
 * A cleartext password as clients prepare it before they make a proof of it: by the credential's rule, and by SASLprep
 * (RFC 5802 section 2.2, draft-ietf-sasl-crammd5 section 2) where that is not known, or is MongoDB's for SHA-256.
 */
export function preparedSecret(secret: string, { preparation }: StoredCredential): Awaitable<string> {
  const rule = preparation === 'unknown' || preparation === 'mongodb' ? 'saslprep' : preparation
  const asItIs = (error: unknown): string => {
    if (error instanceof PreparationError) return secret
    throw error
  }
  try {
    const prepared = preparePassword(secret, rule, 'stored')
    return isPromise(prepared) ? Promise.resolve(prepared).catch(asItIs) : prepared
  } catch (error) {
    return asItIs(error)
  }
}
