import fc from 'fast-check'
import { type MessageEdit, messageEdit } from '../edits/message-edit.ts'

/** What somebody in between does to one exchange. */
export interface Attack {
  /** Which of the row's cells. */
  readonly cell: number
  /** Makes the nonces and challenges of this run, so that it can be played again. */
  readonly nonce: number
  readonly edits: readonly { readonly message: number; readonly edit: MessageEdit }[]
  /** What the client is told in place of the server's reply of that number. */
  readonly lie: { readonly reply: number; readonly word: Lie } | undefined
  /** Whoever edits knows the account's secret, and signs anew what was signed: a peer that strays, rather than a third. */
  readonly resign: boolean
  /** Messages arrive as views of a larger buffer. */
  readonly pooled: boolean
}

/**
 * - `success`: the server is said to have sent success alone; `success-with`: with the octets that it did send.
 * - `challenge`: its octets are said to be a challenge.
 * - `failure`: it is said to have refused.
 * - `again`: the client is told nothing, and the server is sent the same message once more.
 */
export type Lie = 'success' | 'success-with' | 'challenge' | 'failure' | 'again'

const edits = fc.array(fc.record({ message: fc.nat(59), edit: messageEdit }), { minLength: 0, maxLength: 3 })

const lie = fc.record({
  reply: fc.nat(3),
  word: fc.constantFrom<Lie>('success', 'success-with', 'challenge', 'failure', 'again'),
})

/** @param cells how many there are. */
export const attack = (cells: number): fc.Arbitrary<Attack> =>
  fc.record({
    cell: fc.nat(cells - 1),
    nonce: fc.nat(0xffffff),
    edits,
    lie: fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 7 },
      { arbitrary: lie as fc.Arbitrary<Attack['lie']>, weight: 1 },
    ),
    resign: fc.nat(3).map((n) => n === 3),
    pooled: fc.boolean(),
  })

export const UNTOUCHED: Omit<Attack, 'cell'> = {
  nonce: 0xffffff + 1,
  edits: [],
  lie: undefined,
  resign: false,
  pooled: false,
}
