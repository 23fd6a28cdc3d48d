import { CREDENTIAL_LIMITS } from './limits.js'
import type { PasswordHashCost } from './make-password-hash.js'

function refuse(value: number | undefined, name: string, least: number, most: number): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < least || value > most))
    throw new RangeError(`${name}: a whole number from ${least} to ${most}`)
}

/**
 * What is made must be readable: the same bounds hold.
 *
 * @throws RangeError for a cost outside them, before any work.
 */
export function refuseCosts(scheme: string, cost: PasswordHashCost): void {
  const limits = CREDENTIAL_LIMITS
  const { lanes = 1, memory = 19_456, N = 131_072, r = 8 } = cost
  refuse(cost.iterations, 'iterations', 1000, limits.pbkdf2Iterations)
  refuse(cost.rounds, 'rounds', 1000, limits.cryptRounds)
  if (scheme === 'yescrypt') refuse(cost.cost, 'cost', 1, 9)
  else refuse(cost.cost, 'cost', 4, limits.bcryptCost)
  refuse(cost.lanes, 'lanes', 1, 255)
  refuse(cost.memory, 'memory', 8 * lanes, limits.argon2Memory)
  refuse(cost.passes, 'passes', 1, Math.floor(limits.argon2Work / memory))
  if (!Number.isInteger(Math.log2(N)) || N < 2) throw new RangeError('N: a power of 2')
  refuse(r, 'r', 1, Math.floor(Math.min(limits.scryptMemory / N, limits.scryptLanes) / 128))
  refuse(cost.p, 'p', 1, Math.floor(Math.min(limits.scryptWork / N, limits.scryptLanes) / (128 * r)))
}
