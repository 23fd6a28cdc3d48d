import type { Result } from './results.ts'

/** The results as a page of Markdown: one table for each of our roles, one row for each way to log in. */
export function interopPage(results: readonly Result[]): string {
  const logins = new Map<string, Result[]>()
  for (const result of results) logins.set(loginOf(result), [...(logins.get(loginOf(result)) ?? []), result])
  const peers = new Map(results.map(({ peer }) => [peer.name, peer.version]))
  return `# Who we log in to, and who logs in to us

Real programs on loopback, each in a version of Debian's. \`npm run interop:record\` runs them and writes this page; a row
stands here only because its test passed in that run. "Bound" names the channel binding that the login was bound by.

${[...peers].map(([name, version]) => `${name} ${version}`).join(' · ')}

## Our client

${table('Server', logins, 'client')}
## Our server

${table('Client', logins, 'server')}`
}

const loginOf = ({ role, mechanism, peer, protocol, transport, binding = '' }: Result): string =>
  JSON.stringify([role, mechanism, peer.name, protocol, transport, binding])

function table(other: string, logins: ReadonlyMap<string, readonly Result[]>, ours: Result['role']): string {
  const rows: string[] = []
  for (const group of logins.values()) {
    const { role, mechanism, peer, protocol, transport, binding = '' } = group[0]!
    if (role !== ours) continue
    const shown = group.map(({ shows }) => shows).join('; ')
    rows.push(`| ${mechanism} | ${peer.name} | ${protocol} | ${transport} | ${binding} | ${shown} |\n`)
  }
  return `| Mechanism | ${other} | Protocol | Transport | Bound | Shown |\n|---|---|---|---|---|---|\n${rows.sort().join('')}`
}
