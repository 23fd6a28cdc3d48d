import { random } from '#crypto'
import type { Connection } from '../../connection.js'
import type { HashFunction } from '../../crypto/hash.js'
import { base64, type Octets, utf8 } from '../../octets.js'
import type { Obtainable, Password } from '../client-credentials.js'

/** Of this process alone, so that an id tells nobody anything of the password. */
let mark: Octets | undefined

/**
 * Says whose the keys in a cache are: those of this password; where it comes of a function, which keeping is to spare,
 * those of this server. By name and salt alone, the keys of the right password would serve whoever gives a wrong one, and
 * a server that copies another's salt would be shown a proof made for that one.
 */
export function keyOwner(): (
  hash: HashFunction,
  password: Obtainable<Password>,
  connection: Connection,
) => string {
  let last: Password | undefined
  let owner = ''
  return (hash, password, { service, host, port }) => {
    if (typeof password === 'function') return `${service}:${host}:${port}`
    // By identity: octets that were wiped after use still name what they were.
    if (password !== last) {
      mark ??= random(32)
      owner = base64(hash.hmac(mark, password instanceof Uint8Array ? password : utf8(String(password))))
      last = password
    }
    return owner
  }
}
