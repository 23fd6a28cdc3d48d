import type { Range, Target } from './target.ts'

/** One part of the report: Markdown, the targets that it settles, and what can be drawn. */
export interface Section {
  readonly title: string
  readonly lines: readonly string[]
  readonly targets: readonly Target[]
  readonly bars?: readonly Bar[] | undefined
}

/** How many times as many of something we do as another. */
export interface Bar {
  /** Of what. */
  readonly group: string
  /** Whom. */
  readonly over: string
  readonly ratio: number
  readonly range?: Range | undefined
}

/** A Markdown table, with columns wide enough to read as plain text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}
