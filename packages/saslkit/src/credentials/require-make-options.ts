import { requireKnown } from '../require-known.js'
import type { MakeStoredCredentialOptions } from './make-stored-credential.js'

type Named = Exclude<keyof MakeStoredCredentialOptions, symbol>

const OPTIONS: Readonly<Record<Named, true>> = {
  scheme: true,
  format: true,
  preset: true,
  preparation: true,
  iterations: true,
  cost: true,
  rounds: true,
  memory: true,
  passes: true,
  lanes: true,
  N: true,
  r: true,
  p: true,
  salt: true,
  username: true,
  realm: true,
  signal: true,
}
const NAMES = Object.keys(OPTIONS)

/** @throws TypeError for what there is not: a cost that is misspelt would be the usual one. */
export const requireMakeOptions = (options: MakeStoredCredentialOptions, what: string): void =>
  requireKnown(options, NAMES, what)
