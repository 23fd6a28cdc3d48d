import { random, sameOctets } from '#crypto'
import type { Connection } from '../../connection.js'
import type { HashFunction } from '../../crypto/hash.js'
import { base64, EMPTY, type Octets, utf8 } from '../../octets.js'
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
  const ownerOf = owners()
  // One server asks for the same each time, and a text that a Map knows already is found far sooner.
  let last = { salt: EMPTY, iterations: 0, owner: '', id: '' }
  return (hash, { salt, iterations }, password, connection) => {
    const owner = ownerOf(hash, password, connection)
    if (iterations !== last.iterations || !sameOctets(salt, last.salt) || owner !== last.owner) {
      const id = `${hash.name} ${iterations} ${base64(salt)} ${owner} ${authcid}`
      last = { salt, iterations, owner, id }
    }
    return last.id
  }
}

function owners(): (hash: HashFunction, password: Obtainable<Password>, connection: Connection) => string {
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
