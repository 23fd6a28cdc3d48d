import { requireKnown } from '../require-known.js'
import type { NamePreparation } from '../strings/prepare.js'
import { requireNamePreparation } from '../strings/require-preparation.js'

/**
 * @throws TypeError for what are no options of a server half, for a name that means nothing to it, and for a rule for names
 *   that there is not: at once, and not at each login.
 */
export function requireServerOptions(
  options: { readonly prepare?: NamePreparation | undefined },
  known: readonly string[],
  maker: string,
): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${maker} takes options as an object: { prepare: 'saslprep' }`)
  requireKnown(options, known, maker)
  requireNamePreparation(options.prepare, 'prepare')
}
