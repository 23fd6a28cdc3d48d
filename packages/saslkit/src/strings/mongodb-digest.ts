import { hashFunction } from '#crypto'
import { type Awaitable, andThen } from '../awaitable.js'
import { hex, utf8 } from '../octets.js'

/**
 * What MongoDB's SCRAM-SHA-1 takes in place of the password: MD5 of name and password, neither of them prepared
 * (MongoDB's driver specification of authentication).
 */
export const mongodbDigest = (username: string, password: string): Awaitable<string> =>
  andThen(hashFunction('MD5'), (md5) => hex(md5.digest(utf8(`${username}:mongo:${password}`))))
