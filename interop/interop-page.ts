import { differentialSection } from './differential-section.ts'
import type { LoginResult, Result, StoredResult } from './results.ts'

/** The results as a page of Markdown: a table for each of our roles, a row for what was shown in the same way. */
export function interopPage(results: readonly Result[]): string {
  const logins = results.filter(
    (result): result is LoginResult => result.role === 'client' || result.role === 'server',
  )
  const stored = results.filter((result) => result.role === 'stored')
  return `# Who we log in to, and who logs in to us

Programs that nobody here wrote, on loopback. \`npm run interop:record\` runs the tests and writes this page, which holds
only what passed in that run. "Bound" names the channel binding that the login was bound by.

## Our client

${table('Server', logins, 'client')}
## Our server

${table('Client', logins, 'server')}
## Credentials that we made

Each was loaded into the server in the server's own way, for a password in ASCII and one beyond it, and then asked by a
login. "From" another system: its keys, converted.

${storedTable(stored)}
${differentialSection(results)}`
}

interface Row {
  readonly name: string
  readonly transports: readonly string[]
  readonly shown: string
}

function table(other: string, results: readonly LoginResult[], ours: LoginResult['role']): string {
  const rows = mergeTransports(rowsOf(results.filter(({ role }) => role === ours)))
  const lines = rows.map(
    ({ name, transports, shown }) => `| ${name} | ${transports.join(', ')} | ${shown} |\n`,
  )
  return `| Mechanism | ${other} | Protocol | Bound | Over | Shown |\n|---|---|---|---|---|---|\n${lines.sort().join('')}`
}

function rowsOf(results: readonly LoginResult[]): Row[] {
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

function storedTable(results: readonly StoredResult[]): string {
  const rows = new Map<string, string[]>()
  for (const { peer, by, shows, scheme } of results) {
    const row = `${peer.name} ${peer.version} | ${by} | ${shows}`
    rows.set(row, [...(rows.get(row) ?? []), scheme])
  }
  const lines = [...rows].map(([row, schemes]) => `| ${row} | ${schemes.sort().join(', ')} |\n`)
  return `| Server | Asked by | Shown | Credentials |\n|---|---|---|---|\n${lines.sort().join('')}`
}
