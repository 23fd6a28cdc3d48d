// A row as PostgreSQL has it, of the password "pencil" (RFC 7677 section 3 has its salt).
import { makeStoredCredential } from 'saslkit/credentials'

export const password = 'pencil'
const { text } = await makeStoredCredential(password, {
  scheme: 'SCRAM-SHA-256',
  format: 'postgresql',
  iterations: 4096,
})
export const row: { readonly password: string } = { password: text }
export const keep = (_text: string): void => {}
export const { signal }: AbortController = new AbortController()
