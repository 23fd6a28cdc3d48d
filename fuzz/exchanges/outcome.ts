import { grantOf, type Run } from './run.ts'

/** Who did what, and who believes in success: for the statistics. */
export function outcomeOf(run: Run): string {
  const { lies, attack, touched } = run
  const by = !touched ? 'untouched' : attack.resign ? 'signed anew' : lies.length ? 'lied to' : 'changed'
  const granted = grantOf(run) !== undefined
  const ends = granted ? (run.content ? 'both' : 'server alone') : run.content ? 'client alone' : 'neither'
  return `${by}: ${ends}`
}
