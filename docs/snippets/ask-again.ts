// The servers of mail-servers.ts, and somebody who mistypes the password once; then, somebody who never gets it right.
import assert from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import { afterwards } from './mail-servers.ts'

let typed: Iterator<string> = ['tanstaaftanstaff', 'tanstaaftanstaaf'].values()

export async function ask(_prompt: string): Promise<string> {
  const { value, done } = typed.next()
  if (done) throw new Error('asked once too often')
  return value
}

afterwards.push(async () => {
  typed = Array.from({ length: 3 }, (_, at) => `wrong ${at}`).values()
  const again = import(`${pathToFileURL(process.argv[1]!).href}?again`)
  await assert.rejects(again, { name: 'SaslError', reason: 'invalid-credentials' })
})
