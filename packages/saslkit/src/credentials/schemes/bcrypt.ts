/**
 * bcrypt, `$2b$12$…`; `$2a$` and `$2y$` are the same for every password that has no NUL. It hashes 72 octets of a
 * password, and whatever follows them is let through: new ones are made of no longer passwords.
 */
import { derivations, random } from '#crypto'
import { bcrypt } from '#slow-hashes'
import { type Octets, text as textOf, utf8 } from '../../octets.js'
import type { Credential, CredentialFormat } from '../credential.js'
import { strengthOfBcrypt } from '../strength.js'
import { bounded } from './bounds.js'
import { hashedPassword } from './hashed-password.js'
import { type Reading, refusals, type Scheme } from './scheme.js'

export const BCRYPT_OCTETS = 72

const DIGITS = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const FORM = /^\$2([a-z]?)\$([0-9]{2})\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/

export function parseBcrypt(text: string, { limits }: Reading, format: CredentialFormat): Credential {
  const refused = refusals('bcrypt')
  const fields = FORM.exec(text)
  if (!fields) throw refused.malformed('not $2b$cost$ and 53 digits')
  const [, variant, digits, salt, kept] = fields
  if (!'aby'.includes(variant || 'x')) throw refused.unsupported('a variant that is none of 2a, 2b and 2y')
  const cost = bounded(digits!.replace(/^0/, ''), 'cost', 4, limits.bcryptCost, refused)
  return hashedPassword({
    scheme: 'bcrypt',
    format,
    strength: strengthOfBcrypt(cost),
    parameters: { cost, variant: `2${variant}` },
    significantOctets: BCRYPT_OCTETS,
    crypt: true,
    kept: kept!,
    hash: (password) => bcrypt(textOf(password), cost, salt!),
  })
}

export const bcryptCrypt: Scheme = {
  name: 'bcrypt',
  formats: ['crypt', 'htpasswd', 'passlib', 'phc', 'dovecot'],
  shape: /^\$2[a-z]?\$/,
  parse: (text, reading) => parseBcrypt(text, reading, reading.hint ?? 'crypt'),
}

/** @throws RangeError for a password over 72 octets, or one with a NUL. */
export async function makeBcrypt(
  password: string,
  cost = 12,
  variant: '2b' | '2y',
  salt: Octets = random(16),
  signal?: AbortSignal,
): Promise<string> {
  if (utf8(password).length > BCRYPT_OCTETS)
    throw new RangeError(
      'bcrypt counts 72 octets of a password; pass a shorter one, or choose another scheme',
    )
  const digits = bcryptBase64(salt)
  const hash = await derivations.run(() => bcrypt(password, cost, digits), signal)
  return `$${variant}$${String(cost).padStart(2, '0')}$${digits}${hash}`
}

function bcryptBase64(octets: Octets): string {
  let digits = ''
  let value = 0
  let bits = 0
  for (const octet of octets) {
    value = (value << 8) | octet
    for (bits += 8; bits >= 6; bits -= 6) digits += DIGITS[(value >> (bits - 6)) & 63]
    value &= 63
  }
  return bits ? digits + DIGITS[(value << (6 - bits)) & 63] : digits
}
