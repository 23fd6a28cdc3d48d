// A passwd-file, and the secret of a server.
import { writeFile } from 'node:fs/promises'

export const password = 'tanstaaftanstaaf'
await writeFile('users', `tim:{PLAIN}${password}\n`)
export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(16)
