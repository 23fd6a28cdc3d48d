/** What is wanted of a figure, and what it was. */
export interface Target {
  readonly name: string
  readonly wanted: string
  readonly measured: string
  /** Undefined where it could not be measured here. */
  readonly met: boolean | undefined
}

/** One part of the report: Markdown, and the targets that it settles. */
export interface Section {
  readonly title: string
  readonly lines: readonly string[]
  readonly targets: readonly Target[]
}

export const mark = ({ met }: Target): string => (met === undefined ? '?' : met ? '✓' : '✗')

/** A Markdown table, with columns wide enough to read as plain text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}
