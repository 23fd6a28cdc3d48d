import { requireKnown } from '../require-known.js'

/** What stands in where none were passed, and need not be looked at. */
export const NO_OPTIONS: Readonly<Record<string, never>> = Object.freeze({})

/**
 * @throws TypeError for what are no options of one exchange, and for a name that means nothing here: a limit that is misspelt
 *   is none.
 */
export function requireOptions(options: object, known: readonly string[], what: string): void {
  if (options === NO_OPTIONS) return
  if (typeof options !== 'object' || options === null)
    throw new TypeError('pass options as an object: { signal, maxLength, maxSteps }')
  requireKnown(options, known, what)
}
