/** No name is left out of a harness in silence, and none stays there that is no more. Harnesses outside use it as well. */
import assert from 'node:assert/strict'

export interface Rows {
  /** The names that the harness has rows for; the same one may come again. */
  readonly rows: Iterable<string>
  /** Where a row is added, for the reader of a failure: `timing/rows.ts`. */
  readonly rowsAt: string
  /** Why other names need none; no reason is taken where this is missing. */
  readonly leftOut?: Readonly<Record<string, string>>
  /** Where that is written. */
  readonly leftOutAt?: string
}

/** Throws an AssertionError that says of each name what to do, unless each has either a row or a reason to have none. */
export function requireRows(
  names: readonly string[],
  { rows, rowsAt, leftOut = {}, leftOutAt = 'the reasons' }: Rows,
): void {
  const [known, having] = [new Set(names), new Set(rows)]
  const orReason = Object.keys(leftOut).length ? `, or to ${leftOutAt} why it needs no row` : ''
  const reasons = new Set(Object.keys(leftOut))
  const stale = (listed: Iterable<string>, at: string) =>
    [...listed]
      .filter((name) => !known.has(name))
      .map((name) => `take ${name} from ${at}: nothing is called so`)
  assert.ok(known.size, `no names to hold ${rowsAt} against`)
  const wrong = [
    ...[...known]
      .filter((name) => !having.has(name) && !reasons.has(name))
      .map((name) => `add ${name} to ${rowsAt}${orReason}`),
    ...[...reasons]
      .filter((name) => having.has(name))
      .map((name) => `take ${name} from ${leftOutAt}: ${rowsAt} has it`),
    ...stale(having, rowsAt),
    ...stale(reasons, leftOutAt),
  ]
  assert.ok(wrong.length === 0, wrong.join('\n'))
}
