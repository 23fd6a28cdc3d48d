import type { Result } from './results.ts'

/** The results as a page of Markdown: a table for each of our roles, a row for what was shown in the same way. */
export function interopPage(results: readonly Result[]): string {
  return `# Who we log in to, and who logs in to us

Programs that nobody here wrote, on loopback. \`npm run interop:record\` runs the tests and writes this page, which holds
only what passed in that run. "Bound" names the channel binding that the login was bound by.

## Our client

${table('Server', results, 'client')}
## Our server

${table('Client', results, 'server')}`
}

interface Row {
  readonly name: string
  readonly transports: readonly string[]
  readonly shown: string
}

function table(other: string, results: readonly Result[], ours: Result['role']): string {
  const rows = mergeTransports(rowsOf(results.filter(({ role }) => role === ours)))
  const lines = rows.map(
    ({ name, transports, shown }) => `| ${name} | ${transports.join(', ')} | ${shown} |\n`,
  )
  return `| Mechanism | ${other} | Protocol | Bound | Over | Shown |\n|---|---|---|---|---|---|\n${lines.sort().join('')}`
}

function rowsOf(results: readonly Result[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { mechanism, peer, protocol, transport, binding = '', shows } of results) {
    const name = `${mechanism} | ${peer.name} ${peer.version} | ${protocol} | ${binding}`
    const key = `${name} ${transport}`
    const known = rows.get(key)
    rows.set(key, { name, transports: [transport], shown: known ? `${known.shown}; ${shows}` : shows })
  }
  return [...rows.values()]
}

function mergeTransports(rows: readonly Row[]): Row[] {
  const merged = new Map<string, Row>()
  for (const row of rows) {
    const key = `${row.name} ${row.shown}`
    merged.set(key, { ...row, transports: [...(merged.get(key)?.transports ?? []), ...row.transports] })
  }
  return [...merged.values()]
}
