import { grantOf, type Run } from './run.ts'

/**
 * Who did what, and who believes in success: for the statistics.
 *
 * @param signs whether the mechanism's messages can be signed anew.
 */
export function outcomeOf(run: Run, signs: boolean): string {
  const { lies, attack, touched } = run
  const by = !touched
    ? 'untouched'
    : signs && attack.resign
      ? 'signed anew'
      : lies.length
        ? 'lied to'
        : 'changed'
  const granted = grantOf(run) !== undefined
  const ends = granted ? (run.content ? 'both' : 'server alone') : run.content ? 'client alone' : 'neither'
  return `${by}: ${ends}`
}
