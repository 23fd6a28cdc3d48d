import { readVectors } from '../vectors.js'

/** A credential that some program made. */
export interface KnownAnswer {
  readonly source: string
  readonly password: string
  readonly scheme: string
  readonly format: string
  readonly username?: string
  readonly text: string
}

export const KNOWN_ANSWERS: readonly KnownAnswer[] = readVectors<{ credentials: readonly KnownAnswer[] }>(
  'stored-credentials.json',
).credentials
