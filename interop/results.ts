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

export type Result = LoginResult | StoredResult

/** Names the file that results go to, one line of JSON each; unset in a normal run, which leaves no trace. */
export const RESULTS_FILE = 'SASLKIT_INTEROP_RESULTS'

export function record(result: Result): void {
  const file = process.env[RESULTS_FILE]
  if (file) appendFileSync(file, `${JSON.stringify(result)}\n`)
}
