import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * What MongoDB's SCRAM-SHA-1 takes in place of the password: MD5 of name and password, neither of them prepared
 * (MongoDB's driver specification of authentication). Both must be well-formed.
 */
export const mongodbDigest = (username: string, password: string): string =>
  bytesToHex(md5(new TextEncoder().encode(`${username}:mongo:${password}`)))
