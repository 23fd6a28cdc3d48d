// A row as PostgreSQL has it, of the password "pencil" (RFC 7677 section 3 has its salt), and one of sasldb2.
import { makeStoredCredentials as make, makeStoredCredential } from 'saslkit/credentials'

export const makeStoredCredentials: typeof make = make
export const password = 'pencil'
const { text } = await makeStoredCredential(password, {
  scheme: 'SCRAM-SHA-256',
  format: 'postgresql',
  iterations: 4096,
})
export const row: { readonly password: string } = { password: text }
export const keep = (_text: string, _name?: string): void => {}
export const { signal }: AbortController = new AbortController()

const hex = (octets: string): string => Buffer.from(octets).toString('hex')
export const dump: string = `VERSION=3
HEADER=END
 ${hex('tim\0example.org\0userPassword')}
 ${hex(password)}
DATA=END
`
