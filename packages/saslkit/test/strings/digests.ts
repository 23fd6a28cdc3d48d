import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PreparationError } from '../../src/strings/preparation-error.js'

interface Digests {
  readonly source: string
  readonly saslprep: { readonly codePoints: readonly string[]; readonly sequences: readonly string[] }
  readonly precis: {
    readonly known: string
    readonly codePoints: readonly string[]
    readonly sequences: readonly string[]
  }
}

/** What tools/make-string-digests.py found. */
export const EXPECTED: Digests = readVectors('string-digests.json')

export const BLOCK = 4096
export const LIMIT = 0x110000

/** From test/vectors, which the compiler does not copy. */
export function readVectors<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../test/vectors/${file}`, import.meta.url), 'utf8'))
}

export function digest(outcomes: readonly string[]): string {
  const hash = createHash('sha256')
  for (const outcome of outcomes) hash.update(`${outcome}\n`)
  return hash.digest('hex').slice(0, 16)
}

// Millions of refusals are compared, and nobody reads their stacks.
Error.stackTraceLimit = 0

/** "=" and what came out, or "!" and the rule. */
export function outcome(prepare: () => string): string {
  try {
    return `=${prepare()}`
  } catch (error) {
    if (error instanceof PreparationError) return `!${error.rule}`
    throw error
  }
}
