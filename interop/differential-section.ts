import type { DifferentialResult, ExplanationResult, Result } from './results.ts'

/** Of docs/interop.md: what came of random logins, with our halves in the place of others'. */
export function differentialSection(results: readonly Result[]): string {
  const rows = results.filter((result) => result.role === 'differential')
  const explanations = results.filter((result) => result.role === 'explanation')
  const compared = rows.reduce((sum, row) => sum + row.compared, 0)
  return `
## Login by login, beside others

Random logins (names, passwords, authorization identities, salts, iteration counts, channel bindings, nonces, messages
edited on the way) are run by a library's own two halves, and again with one of ours in the place of one of them. A
library without a server of the kind is held against another's, named in the table. The verdict of both sides, and who
came in as whom, must be the same, or the difference must be one that is explained below: ${thousands(compared)} comparisons,
none without. "Let in" counts the logins that succeeded there. \`npm run differential\` makes more; it prints a seed that
makes the same ones again.

| Mechanism | In the place of | Ours | Against | Compared | Let in | Equal | Explained |
|---|---|---|---|---|---|---|---|
${rows.map(line).sort().join('')}
What we do otherwise than others on purpose, or they than they should:

| | Times | Difference | Rule |
|---|---|---|---|
${explanations.map((one) => explanationLine(one, rows)).join('')}`
}

function line({
  mechanism,
  peer,
  half,
  against,
  compared,
  accepted,
  equal,
  explained,
}: DifferentialResult): string {
  const why = Object.entries(explained)
    .sort(([, one], [, other]) => other - one)
    .map(([id, times]) => `${id} ${times}`)
  const cells = [
    mechanism,
    `${peer.name} ${peer.version}`,
    half ?? 'SASLprep',
    half === undefined ? '' : against,
    thousands(compared),
    thousands(accepted),
    thousands(equal),
    why.join(', '),
  ]
  return `| ${cells.join(' | ')} |\n`
}

function explanationLine(
  { id, text, source }: ExplanationResult,
  rows: readonly DifferentialResult[],
): string {
  const times = rows.reduce((sum, { explained }) => sum + (explained[id] ?? 0), 0)
  return `| ${id} | ${thousands(times)} | ${text} | ${source} |\n`
}

const thousands = (count: number): string => count.toLocaleString('en-US')
