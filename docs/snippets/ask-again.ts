// The servers of mail-servers.ts, and somebody who mistypes the password once.
import './mail-servers.ts'

const typed = ['tanstaaftanstaff', 'tanstaaftanstaaf']

export async function ask(_prompt: string): Promise<string> {
  const password = typed.shift()
  if (password === undefined) throw new Error('asked once too often')
  return password
}
