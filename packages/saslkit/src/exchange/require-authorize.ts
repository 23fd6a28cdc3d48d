import type { Authorize } from './server.js'

/** @throws TypeError for what cannot be asked: at once, for otherwise nobody would get in, and only the log would say why. */
export function requireAuthorize(authorize: Authorize | undefined): void {
  if (authorize !== undefined && typeof authorize !== 'function')
    throw new TypeError('authorize must be a function: (identity, context) => whether it may')
}
