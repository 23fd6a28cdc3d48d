import { describeLogin, describePreparation } from './describe.ts'
import { explanationOf } from './explained.ts'
import { comparePreparation, PREPARATION_ROWS, type PreparationRow } from './preparation.ts'
import { preparationExplanationOf } from './preparation-explained.ts'
import { compare, type Ours, type Programs, ROWS, type Row, sameVerdict } from './row.ts'

export type AnyRow = Row | PreparationRow

export const ALL_ROWS: readonly AnyRow[] = [...ROWS, ...PREPARATION_ROWS]

/** What one of our halves, or our SASLprep, has shown beside another's. */
export interface RowResult {
  readonly row: AnyRow
  /** Which half of ours; undefined for preparation. */
  readonly role: 'client' | 'server' | undefined
  compared: number
  equal: number
  /** How often those on the other side let somebody in, or prepared a text. */
  accepted: number
  readonly explained: Map<string, number>
  /** In words, with what it takes to play each again. */
  readonly unexplained: string[]
}

export interface RowOptions {
  readonly seed: number
  readonly runs: number
  /** The first case. */
  readonly from?: number
  /** In place of our halves: broken ones, which must be found. */
  readonly ours?: Ours
}

/** Runs cases of one row. The same seed makes the same cases; nonces are the peers' own. */
export const resultsOf = (row: AnyRow, options: RowOptions, programs: Programs): Promise<RowResult[]> =>
  'mechanism' in row ? loginResults(row, options, programs) : preparationResults(row, options, programs)

const empty = (row: AnyRow, role: RowResult['role']): RowResult => ({
  row,
  role,
  compared: 0,
  equal: 0,
  accepted: 0,
  explained: new Map(),
  unexplained: [],
})

function count(
  result: RowResult,
  accepted: boolean,
  equal: boolean,
  why: () => string | undefined,
  what: () => string,
): void {
  result.compared++
  if (accepted) result.accepted++
  if (equal) {
    result.equal++
    return
  }
  const id = why()
  if (id === undefined) result.unexplained.push(what())
  else result.explained.set(id, (result.explained.get(id) ?? 0) + 1)
}

async function loginResults(
  row: Row,
  { seed, runs, from = 0, ours }: RowOptions,
  programs: Programs,
): Promise<RowResult[]> {
  const results = row.roles.map((role) => empty(row, role))
  for (let index = from; index < from + runs; index++)
    for (const comparison of await compare(row, seed, index, programs, ours))
      count(
        results.find(({ role }) => role === comparison.role)!,
        comparison.reference.server !== undefined,
        sameVerdict(comparison.ours, comparison.reference),
        () => explanationOf(comparison)?.id,
        () => describeLogin(comparison, seed),
      )
  return results
}

async function preparationResults(
  row: PreparationRow,
  { seed, runs, from = 0 }: RowOptions,
  programs: Programs,
): Promise<RowResult[]> {
  const result = empty(row, undefined)
  for (let index = from; index < from + runs; index++) {
    const comparison = await comparePreparation(row, seed, index, programs)
    const { ours, theirs } = comparison
    count(
      result,
      theirs !== undefined,
      ours === theirs,
      () => preparationExplanationOf(comparison)?.id,
      () => describePreparation(comparison, seed),
    )
  }
  return [result]
}
