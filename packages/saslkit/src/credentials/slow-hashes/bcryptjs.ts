import { StoredCredentialError } from '../stored-credential-error.js'

export async function bcryptjs(password: string, cost: number, salt: string): Promise<string> {
  let hash: (password: string, salt: string) => Promise<string>
  try {
    hash = (await import('bcryptjs')).default.hash
  } catch (cause) {
    throw new StoredCredentialError('unavailable', 'bcrypt', 'install bcryptjs, or on Node @node-rs/bcrypt', {
      cause,
    })
  }
  return (await hash(password, `$2b$${String(cost).padStart(2, '0')}$${salt}`)).slice(-31)
}
