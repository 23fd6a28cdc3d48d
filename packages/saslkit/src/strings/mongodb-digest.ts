import { md5 } from '../crypto/md5.js'

/**
 * What MongoDB's SCRAM-SHA-1 takes in place of the password: MD5 of name and password, neither of them prepared
 * (MongoDB's driver specification of authentication). Both must be well-formed.
 */
export function mongodbDigest(username: string, password: string): string {
  const digest = md5(new TextEncoder().encode(`${username}:mongo:${password}`))
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('')
}
