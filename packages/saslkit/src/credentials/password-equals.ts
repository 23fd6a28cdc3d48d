import { utf8 } from '../octets.js'
import { sameSecret } from './same-secret.js'

/**
 * Compares passwords in time that tells nothing of where they differ, nor of their lengths beyond what hashing them
 * takes. It answers at once, on every runtime: a promise would be true in any `if`.
 */
export const passwordEquals = (one: string, other: string): boolean => sameSecret(utf8(one), utf8(other))
