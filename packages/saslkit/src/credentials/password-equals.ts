import { utf8 } from '../octets.js'
import { sameSecret } from './same-secret.js'

/**
 * Compares passwords in time that tells nothing of where they differ, nor of their lengths beyond what hashing them
 * takes. It answers at once, on every runtime: a promise would be true in any `if`.
 *
 * @throws TypeError for what is no text, and for a lone surrogate.
 */
export function passwordEquals(one: string, other: string): boolean {
  if (typeof one !== 'string' || typeof other !== 'string')
    throw new TypeError('passwords are compared as text; pass two strings')
  return sameSecret(utf8(one), utf8(other))
}
