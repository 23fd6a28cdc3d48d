import { malformed } from '../../errors.js'
import { unavailable } from '../bindings/unavailable.js'
import { algorithmIdentifier } from './algorithm-identifier.js'
import { type DerElement, derChildren, derElement, explicit, SEQUENCE } from './der.js'

export const RSASSA_PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'
const SHA1 = '1.3.14.3.2.26'

/** RFC 4055 section 2.1 and NIST's registry. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  [SHA1, 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.5', 'sha512-224'],
  ['2.16.840.1.101.3.4.2.6', 'sha512-256'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
  ['1.3.36.3.2.1', 'ripemd160'],
  ['1.2.156.10197.1.401', 'sm3'],
])

/**
 * The hash function of RSASSA-PSS parameters (RFC 4055 section 3.1), if it is the one there: a mask generation
 * with another makes two, and RFC 5929 section 4.1 leaves the binding of two undefined.
 */
export function rsassaPssHash(parameters: DerElement | undefined): string {
  const fields = derChildren(parameters, SEQUENCE)
  let last = 0
  for (const { tag } of fields) {
    if (tag <= last || tag < explicit(0) || tag > explicit(3))
      throw malformed('RSASSA-PSS parameters out of order')
    last = tag
  }
  const field = (number: number) => fields.find(({ tag }) => tag === explicit(number))
  const hashField = field(0)
  const oid = hashField ? algorithmIdentifier(derElement(hashField.content, SEQUENCE)).oid : SHA1
  const maskOid = maskHash(field(1))
  if (maskOid !== oid)
    throw unavailable(
      'the server certificate is signed with RSASSA-PSS of two hash functions, for which RFC 5929 defines no hash',
    )
  const hash = HASHES.get(oid)
  if (!hash)
    throw unavailable(
      `the server certificate is signed with RSASSA-PSS of a hash that is not known here (${oid})`,
    )
  return hash
}

function maskHash(field: DerElement | undefined): string {
  if (!field) return SHA1
  const generation = algorithmIdentifier(derElement(field.content, SEQUENCE))
  if (generation.oid !== MGF1)
    throw unavailable(
      `the server certificate is signed with RSASSA-PSS of a mask generation that is not known here (${generation.oid})`,
    )
  return algorithmIdentifier(generation.parameters).oid
}
