// A passwd-file, and the secret of a server.
import { writeFile } from 'node:fs/promises'

await writeFile('users', 'tim:{PLAIN}tanstaaftanstaaf\n')
export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(16)
