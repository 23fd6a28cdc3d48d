import { type Awaitable, isPromise } from '../awaitable.js'
import type { StoredCredential } from '../credentials/stored-credential.js'
import { PreparationError } from '../strings/preparation-error.js'
import { preparePassword } from '../strings/prepare.js'

/**
 * A cleartext password as clients prepare it before they make a proof of it: SASLprep (RFC 5802 section 2.2,
 * draft-ietf-sasl-crammd5 section 2), or nothing where its owner's system does not.
 */
export function preparedSecret(secret: string, { preparation }: StoredCredential): Awaitable<string> {
  if (preparation === 'none') return secret
  const asItIs = (error: unknown): string => {
    if (error instanceof PreparationError) return secret
    throw error
  }
  try {
    const prepared = preparePassword(secret, 'saslprep', 'stored')
    return isPromise(prepared) ? Promise.resolve(prepared).catch(asItIs) : prepared
  } catch (error) {
    return asItIs(error)
  }
}
