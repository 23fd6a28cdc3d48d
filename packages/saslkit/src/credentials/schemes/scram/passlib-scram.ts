/**
 * passlib's `$scram$iterations$salt$sha-1=…,sha-256=…`: one salt and count, and for each hash the salted password of RFC
 * 5802 section 3, from which the keys follow. Whoever reads it can log in as the account: it is worth more than keys.
 */
import { hashFunction } from '#crypto'
import { andThen } from '../../../awaitable.js'
import type { ScramHash } from '../../../directory.js'
import { isScramHash, SCRAM_HASHES } from '../../../mechanisms/scram/hashes.js'
import { credentialsOf, keysOfSalted } from '../../../mechanisms/scram/keys.js'
import type { Octets } from '../../../octets.js'
import { ab64, fromAb64 } from '../../encodings/unpadded-base64.js'
import { bounded, boundedSalt, ofLength } from '../bounds.js'
import { refusals, type Scheme } from '../scheme.js'
import { SCRAM_SIZES, scramLike } from './scram-credential.js'
import type { ScramWriter } from './scram-writer.js'

export const passlibScram: Scheme = {
  name: 'SCRAM (passlib)',
  formats: ['passlib'],
  shape: /^\$scram\$/,
  parse(text, { limits }) {
    const refused = refusals(this.name)
    const fields = text.split('$')
    if (fields.length !== 5) throw refused.malformed('not $scram$iterations$salt$digests')
    const [, , count, encodedSalt, digests] = fields
    const iterations = bounded(count, 'iterations', 1, limits.pbkdf2Iterations, refused)
    const salt = boundedSalt(fromAb64(encodedSalt!), limits, refused)
    const salted = new Map<ScramHash, Octets>()
    for (const entry of digests!.split(',')) {
      const [, name, encoded] = /^([a-z0-9-]+)=([A-Za-z0-9./+]+)$/.exec(entry) ?? []
      if (!name) throw refused.malformed('digests are not name=digest')
      const hash = name.toUpperCase()
      if (!isScramHash(hash)) continue // passlib can hold others, such as md5
      if (salted.has(hash)) throw refused.malformed('a hash that is there twice')
      salted.set(hash, ofLength(fromAb64(encoded!), SCRAM_SIZES[hash], 'digest', refused))
    }
    const hashes = SCRAM_HASHES.filter((hash) => salted.has(hash))
    if (!hashes.length) throw refused.unsupported('no hash of the SCRAM family')
    return scramLike(
      'passlib',
      'saslprep',
      { iterations, salt },
      {
        hashes,
        checkedBy: hashes[0]!,
        saltedPassword: (hash) => salted.get(hash),
        keys: (hash) => {
          const known = salted.get(hash)
          return (
            known &&
            andThen(hashFunction(hash), (h) => credentialsOf(h, keysOfSalted(h, known), salt, iterations))
          )
        },
      },
    )
  },
}

export const passlibWriter: ScramWriter = {
  hashes: SCRAM_HASHES.filter((hash) => hash !== 'SHA3-512'),
  preparation: 'saslprep',
  needsSaltedPassword: true,
  write: ({ hash, keys: { iterations, salt }, saltedPassword }) =>
    `$scram$${iterations}$${ab64(salt)}$${hash.toLowerCase()}=${ab64(saltedPassword!)}`,
}
