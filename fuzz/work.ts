/**
 * Counts the work that the library asks node:crypto for. Imported before the library, so that nothing is taken from
 * node:crypto before it is counted.
 */
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

interface Work {
  /** Digests and HMACs. */
  digests: number
  /** Octets that went into them. */
  octets: number
  derivations: number
  /** The most iterations that a derivation was asked for. */
  iterations: number
}

const done: Work = { digests: 0, octets: 0, derivations: 0, iterations: 0 }

/** Starts anew. */
export function resetWork(): void {
  done.digests = 0
  done.octets = 0
  done.derivations = 0
  done.iterations = 0
}

/** Since the last reset. */
export const workDone = (): Readonly<Work> => done

function digested(data: unknown): void {
  done.digests++
  if (typeof data === 'string' || data instanceof Uint8Array) done.octets += data.length
}

const { hash, createHash, createHmac, pbkdf2 } = crypto

/** For the harness's own work. */
export const uncounted = { createHash, createHmac }

Object.assign(crypto, {
  hash: (algorithm: string, data: string | Uint8Array, encoding: 'hex') => {
    digested(data)
    return hash(algorithm, data, encoding)
  },
  createHash: (...given: Parameters<typeof createHash>) => {
    digested(undefined)
    return createHash(...given)
  },
  createHmac: (...given: Parameters<typeof createHmac>) => {
    digested(undefined)
    return createHmac(...given)
  },
  pbkdf2: (...given: Parameters<typeof pbkdf2>) => {
    done.derivations++
    done.iterations = Math.max(done.iterations, given[2])
    pbkdf2(...given)
  },
})
syncBuiltinESMExports()
