import type { Strength } from './credential.js'

/** Below it a warning is due (NIST SP 800-132 section 5.2 asks for as many as can be borne, and once for 1,000). */
const ITERATIONS = 10_000

/** OWASP's least configuration of Argon2id, m = 7 MiB, in octets. */
const MEMORY = 7 * 2 ** 20

/** OWASP's least cost of bcrypt. */
const BCRYPT_COST = 10

export const strengthOfIterations = (iterations: number): Strength =>
  iterations >= ITERATIONS ? 'strong' : 'weak'

/** @param memory octets. */
export const strengthOfMemory = (memory: number): Strength => (memory >= MEMORY ? 'strong' : 'weak')

export const strengthOfBcrypt = (cost: number): Strength => (cost >= BCRYPT_COST ? 'strong' : 'weak')
