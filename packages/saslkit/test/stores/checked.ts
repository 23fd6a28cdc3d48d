/** What the tests of checking passwords share. */
import { StoredCredentialError } from '../../src/credentials/index.js'
import { StoredCredential } from '../../src/credentials/stored-credential.js'
import type { VerifiedPasswords } from '../../src/stores/index.js'

export interface Checked {
  readonly verified: VerifiedPasswords
  /** What passwords were checked against, in this order: whether in vain, name, realm, scheme. */
  readonly against: string[]
}

/** Notes what passwords are checked against in place of doing the work: none is right. */
export function noting(): Checked {
  const against: string[] = []
  const verified: VerifiedPasswords = {
    async check([inVain, name, realm, scheme]) {
      against.push([inVain, name, realm, scheme].join(' '))
      return false
    },
    clear() {},
    size: 0,
  }
  return { verified, against }
}

/** A credential whose package is missing. */
export const unavailable: StoredCredential = new StoredCredential('unavailable', {
  scheme: 'bcrypt',
  format: 'crypt',
  strength: 'strong',
  serves: ['password'],
  preparation: 'none',
  parameters: {},
  verify: () => Promise.reject(new StoredCredentialError('unavailable', 'bcrypt', 'install it')),
})
