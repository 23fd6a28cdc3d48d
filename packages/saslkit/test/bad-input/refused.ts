import assert from 'node:assert/strict'
import { test } from 'node:test'

/** What TypeScript does not let through, and JavaScript does. */
export const careless = (value: unknown): never => value as never

/** A call, and what it is told: the error's name, and words of its message. */
export type Row = readonly [call: string, () => unknown, RegExp]

/** Each call is refused with a TypeError or RangeError of ours: what the engine says when it trips tells nobody what to pass. */
export function testRefused(rows: readonly Row[]): void {
  for (const [call, run, told] of rows)
    test(call, async () => {
      await assert.rejects(
        async () => run(),
        (error) => {
          assert.ok(error instanceof TypeError || error instanceof RangeError, String(error))
          assert.doesNotMatch(
            error.message,
            /Cannot |is not a function|is not iterable|private member|undefined \(/,
          )
          assert.match(String(error), told)
          return true
        },
      )
    })
}
