import { requireKnown } from '../../require-known.js'

/**
 * Checks what a suite is given before the first case is registered: a case that fails for want of it tells nobody so.
 *
 * @throws TypeError that names what is missing, or what there is not: a case that is misspelt would not be tried.
 */
export function requireRow(
  row: object,
  suite: string,
  functions: readonly string[],
  objects: readonly string[],
  known: readonly string[],
): void {
  const given: Readonly<Record<string, unknown>> =
    typeof row === 'object' && row !== null ? (row as Readonly<Record<string, unknown>>) : {}
  const missing = [
    ...functions.filter((name) => typeof given[name] !== 'function'),
    ...objects.filter((name) => typeof given[name] !== 'object' || given[name] === null),
  ]
  if (missing.length)
    throw new TypeError(
      `${suite} needs ${missing.join(', ')}; pass { ${[...functions, ...objects].join(', ')} }, where test registers a case`,
    )
  requireKnown(row, known, suite)
}
