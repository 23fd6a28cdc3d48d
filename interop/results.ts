import { appendFileSync } from 'node:fs'

import type { Peer } from './peers/require-peer.ts'

/** What one test of an exchange has shown. */
export interface LoginResult {
  /** Who was on the other side. */
  readonly peer: Pick<Peer, 'name' | 'version'>
  readonly mechanism: string
  /** Which half was ours. */
  readonly role: 'client' | 'server'
  readonly protocol: 'no protocol' | 'SMTP' | 'IMAP' | 'POP3'
  readonly transport: 'stdio' | 'cleartext' | 'STARTTLS' | 'TLS'
  /** The channel binding type, where the login was bound. */
  readonly binding?: string | undefined
  /** In a few words: "logs in", "wrong password refused". */
  readonly shows: string
}

/** What one test has shown of a stored credential that we made. */
export interface StoredResult {
  /** The server that keeps it. */
  readonly peer: Pick<Peer, 'name' | 'version'>
  readonly role: 'stored'
  /** What is kept: "argon2id". */
  readonly scheme: string
  /** What was asked with a password: "PLAIN", "simple bind". */
  readonly by: string
  readonly shows: string
}

/** What came of putting one of our halves, or our SASLprep, in a peer's place, case by case. */
export interface DifferentialResult {
  readonly peer: Pick<Peer, 'name' | 'version'>
  readonly role: 'differential'
  /** Which half was ours; undefined for SASLprep. */
  readonly half: 'client' | 'server' | undefined
  readonly mechanism: string
  /** Whose server the peer's client was held against. */
  readonly against: string
  readonly compared: number
  readonly equal: number
  /** How often the peer's own halves let somebody in. */
  readonly accepted: number
  /** How often which explanation applied. */
  readonly explained: Readonly<Record<string, number>>
}

/** Why we differ from others in some cases. */
export interface ExplanationResult {
  readonly role: 'explanation'
  readonly id: string
  readonly text: string
  readonly source: string
}

export type Result = LoginResult | StoredResult | DifferentialResult | ExplanationResult

/** Names the file that results go to, one line of JSON each; unset in a normal run, which leaves no trace. */
export const RESULTS_FILE = 'SASLKIT_INTEROP_RESULTS'

export function record(result: Result): void {
  const file = process.env[RESULTS_FILE]
  if (file) appendFileSync(file, `${JSON.stringify(result)}\n`)
}
