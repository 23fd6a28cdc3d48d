// A client that logs in by PLAIN, and its lines.
import { type Connection, memoryDirectory, type SaslServer, saslServer } from 'saslkit'

export const server: SaslServer = saslServer({
  directory: await memoryDirectory([{ authcid: 'tim', password: 'tanstaaftanstaaf' }]),
  decoySecret: new Uint8Array(16),
})
export const connection: Connection = { secure: true }
export const { signal }: AbortController = new AbortController()

const said = ['AUTH PLAIN', btoa('\0tim\0tanstaaftanstaaf')]
const expected = ['+ ', 'OK ']

export const readLine = async (): Promise<string> => said.shift() ?? '*'

export function write(line: string): void {
  if (line !== expected.shift()) throw new Error(line)
}
