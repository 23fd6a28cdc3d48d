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

/** @throws TypeError for what is to make known answers, and cannot be called. */
export function requireFunction(make: (() => string) | undefined, what: string): void {
  if (make !== undefined && typeof make !== 'function')
    throw new TypeError(`${what} must be a function that gives text: () => '…'`)
}
