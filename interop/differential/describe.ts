import type { Verdict } from './converse.ts'
import type { PreparationComparison } from './preparation.ts'
import type { Comparison } from './row.ts'

/** A difference that nobody has explained, with what it takes to play it again. */
export function describeLogin(
  { row, index, login, role, ours, reference }: Comparison,
  seed: number,
): string {
  const { account, typed, binding, edit, least } = login
  return [
    `${row.name}, our ${role}: npm run differential -- --only "${row.name}" --seed ${seed} --case ${index}`,
    `  ours ${said(ours)}; theirs ${said(reference)}`,
    `  account ${JSON.stringify(account.name)} ${JSON.stringify(account.password)}, ${account.iterations} iterations; typed ${JSON.stringify(typed)}; least ${least}`,
    `  binding ${binding.client ? binding.type : 'none'} / ${binding.server ? binding.type : 'none'}; edit ${JSON.stringify(edit) ?? 'none'}`,
    ...ours.wire.map((line) => `  ours    ${line}`),
    ...reference.wire.map((line) => `  theirs  ${line}`),
  ].join('\n')
}

function said({ server, client, why }: Verdict): string {
  if (!server) return `nobody let in (${why})`
  const as = server.authzid === undefined ? '' : ` as ${JSON.stringify(server.authzid)}`
  return `${JSON.stringify(server.authcid)} let in${as}${client ? '' : `, not believed (${why})`}`
}

export const describePreparation = (
  { row, index, text, ours, theirs }: PreparationComparison,
  seed: number,
): string =>
  `${row.name}: npm run differential -- --only "${row.name}" --seed ${seed} --case ${index}\n  ${codes(text)}\n  ours ${codes(ours)}; theirs ${codes(theirs)}`

const codes = (text: string | undefined): string =>
  text === undefined
    ? 'refused'
    : [...text]
        .map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
        .join(' ')
