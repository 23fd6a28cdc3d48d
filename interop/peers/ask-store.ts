/**
 * A program that opens an htpasswd file as a store, and answers each line of its input, `name password`, with who got in:
 * for what another user than root can and cannot read. Its clock is a day ahead, so that every change counts at once.
 */
import { createInterface } from 'node:readline'
import { htpasswdStore } from 'saslkit/node'
import { directory } from 'saslkit/stores'

const [, , path = ''] = process.argv
const store = await htpasswdStore(path, { now: () => Date.now() + 86_400_000 })
const { verifyPassword } = directory(store, { decoySecret: new Uint8Array(32) })

const answer = async (name: string, password: string): Promise<unknown> => {
  try {
    return await verifyPassword(name, password, { connection: { secure: true } })
  } catch (error) {
    return { thrown: error instanceof Error && 'code' in error ? error.code : String(error) }
  }
}

console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const [name = '', password = ''] = line.split(' ')
  console.log(JSON.stringify(await answer(name, password)))
}
