import type { NamePreparation } from '../strings/prepare.js'
import { requireNamePreparation } from '../strings/require-preparation.js'

/** @throws TypeError for what are no options of a server half, and for a rule for names that there is not: at once, and not at each login. */
export function requireServerOptions(
  options: { readonly prepare?: NamePreparation | undefined },
  maker: string,
): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${maker} takes options as an object: { prepare: 'saslprep' }`)
  requireNamePreparation(options.prepare, 'prepare')
}
