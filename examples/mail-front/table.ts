export interface Row {
  readonly protocol: string
  readonly transport: string
  readonly attempt: string
  readonly binding: string
  readonly roundTrips: string
  readonly proved: string
  readonly milliseconds: string
  readonly result: string
}

const HEADINGS: Row = {
  protocol: 'protocol',
  transport: 'over',
  attempt: 'mechanism',
  binding: 'channel binding',
  roundTrips: 'round trips',
  proved: 'who proved themselves',
  milliseconds: 'ms',
  result: 'result',
}

const COLUMNS = Object.keys(HEADINGS) as (keyof Row)[]

export function table(rows: readonly Row[]): string {
  const widths = new Map(
    COLUMNS.map((column) => [column, Math.max(...[HEADINGS, ...rows].map((row) => row[column].length))]),
  )
  const right: ReadonlySet<keyof Row> = new Set(['roundTrips', 'milliseconds'])
  const line = (row: Row): string =>
    COLUMNS.map((column) => {
      const width = widths.get(column) ?? 0
      return right.has(column) ? row[column].padStart(width) : row[column].padEnd(width)
    })
      .join('  ')
      .trimEnd()
  const rule = COLUMNS.map((column) => '─'.repeat(widths.get(column) ?? 0)).join('  ')
  return [line(HEADINGS), rule, ...rows.map(line)].join('\n')
}
