import type { Identity } from '../step.js'

/** What a mechanism need not say, said. */
const UNSAID = { authzid: undefined, anonymous: undefined }
const NAMES = Object.keys(UNSAID)

/**
 * The identity with nothing in it that every object has: what somebody has put on Object.prototype (prototype pollution) is
 * nobody to act as.
 */
export const ownIdentity = (identity: Identity): Identity =>
  NAMES.some((name) => name in Object.prototype) ? { ...UNSAID, ...identity } : identity
