import { random, sameOctets } from '#crypto'
import type { Connection } from '../../connection.js'
import type { HashFunction } from '../../crypto/hash.js'
import { base64, type Octets, utf8 } from '../../octets.js'
import type { Obtainable, Password } from '../client-credentials.js'
import type { ServerFirst } from './messages.js'

/** Of this process alone, so that an id tells nobody anything of the password. */
let mark: Octets | undefined

/**
 * Names what keys belong to: account, salt and count, and the password; where that comes of a function, which keeping is to
 * spare, this server. By name and salt alone, the keys of the right password would serve whoever gives a wrong one, and a
 * server that copies another's salt would be shown a proof made for that one.
 */
export function keyIds(
  authcid: string,
): (
  hash: HashFunction,
  first: ServerFirst,
  password: Obtainable<Password>,
  connection: Connection,
) => string {
  let known: Password | undefined
  let owner = ''
  // One server asks for the same each time, and a text that a Map knows already is found far sooner.
  let last: ServerFirst | undefined
  let id = ''
  return (hash, first, password, { service, host, port }) => {
    const owned = owner
    if (typeof password === 'function') owner = `${service}:${host}:${port}`
    // By identity: octets that were wiped after use still name what they were.
    else if (password !== known) {
      mark ??= random(32)
      owner = base64(hash.hmac(mark, password instanceof Uint8Array ? password : utf8(String(password))))
      known = password
    }
    const { salt, iterations } = first
    if (owner !== owned || iterations !== last?.iterations || !sameOctets(salt, last.salt))
      id = `${hash.name} ${iterations} ${base64(salt)} ${owner} ${authcid}`
    last = first
    return id
  }
}
