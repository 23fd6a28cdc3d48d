import { normalize } from './normalize.js'
import { PreparationError } from './preparation-error.js'
import { mapCharacters, refuseUnassigned, refuseUnprepared, saslprepClasses } from './saslprep.js'

/**
 * A password as PostgreSQL prepares it for SCRAM-SHA-256 (libpq and server, src/common/saslprep.c): SASLprep as a stored
 * string, and the password as it is where that fails or leaves nothing. PostgreSQL differs from RFC 3454 in two ways that
 * are kept here, since keys depend on them: what is prohibited, unassigned or right-to-left is sought before
 * normalization, not after it, and normalization is that of the current Unicode.
 *
 * @throws PreparationError `prohibited` on a lone surrogate, which has no octets that could be used as they are.
 */
export function postgresqlPassword(password: string): string {
  const mapped = mapCharacters(password)
  const classes = saslprepClasses(mapped)
  try {
    refuseUnassigned(classes)
    refuseUnprepared(classes)
  } catch (error) {
    if (error instanceof PreparationError) return password
    throw error
  }
  return normalize(mapped, 'NFKC') || password
}
