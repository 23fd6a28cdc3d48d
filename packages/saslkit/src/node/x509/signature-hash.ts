import { unavailable } from '../bindings/unavailable.js'
import type { AlgorithmIdentifier } from './algorithm-identifier.js'
import { RSASSA_PSS, rsassaPssHash } from './rsassa-pss.js'

/**
 * Signature algorithms with one hash function, by the names of node:crypto. From RFC 3279, RFC 4055, RFC 5758 and RFC
 * 8017; NIST's registry (2.16.840.1.101.3.4.3) for SHA-3; OIW (1.3.14), TeleTrusT (1.3.36) and GB/T 33560 (SM2).
 */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.4', 'md5'],
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.3.14.3.2.29', 'sha1'],
  ['1.2.840.113549.1.1.14', 'sha224'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.113549.1.1.15', 'sha512-224'],
  ['1.2.840.113549.1.1.16', 'sha512-256'],
  ['2.16.840.1.101.3.4.3.13', 'sha3-224'],
  ['2.16.840.1.101.3.4.3.14', 'sha3-256'],
  ['2.16.840.1.101.3.4.3.15', 'sha3-384'],
  ['2.16.840.1.101.3.4.3.16', 'sha3-512'],
  ['1.3.36.3.3.1.2', 'ripemd160'],
  // DSA
  ['1.2.840.10040.4.3', 'sha1'],
  ['2.16.840.1.101.3.4.3.1', 'sha224'],
  ['2.16.840.1.101.3.4.3.2', 'sha256'],
  ['2.16.840.1.101.3.4.3.3', 'sha384'],
  ['2.16.840.1.101.3.4.3.4', 'sha512'],
  ['2.16.840.1.101.3.4.3.5', 'sha3-224'],
  ['2.16.840.1.101.3.4.3.6', 'sha3-256'],
  ['2.16.840.1.101.3.4.3.7', 'sha3-384'],
  ['2.16.840.1.101.3.4.3.8', 'sha3-512'],
  // ECDSA
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.1', 'sha224'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  ['2.16.840.1.101.3.4.3.9', 'sha3-224'],
  ['2.16.840.1.101.3.4.3.10', 'sha3-256'],
  ['2.16.840.1.101.3.4.3.11', 'sha3-384'],
  ['2.16.840.1.101.3.4.3.12', 'sha3-512'],
  ['1.2.156.10197.1.501', 'sm3'],
])

/** Those that sign the certificate itself, or have their hash inside: RFC 8410, RFC 9881, RFC 9909. */
const HASHLESS: ReadonlyMap<string, string> = new Map([
  ['1.3.101.112', 'Ed25519'],
  ['1.3.101.113', 'Ed448'],
  ['2.16.840.1.101.3.4.3.17', 'ML-DSA-44'],
  ['2.16.840.1.101.3.4.3.18', 'ML-DSA-65'],
  ['2.16.840.1.101.3.4.3.19', 'ML-DSA-87'],
  ...Array.from({ length: 12 }, (_, i) => [`2.16.840.1.101.3.4.3.${20 + i}`, 'SLH-DSA'] as const),
])

/**
 * The one hash function of a signature algorithm, by its name in node:crypto.
 *
 * @throws SaslError `mechanism-unavailable` where there is none, there are several, or we do not know; `malformed`.
 */
export function signatureHash(algorithm: AlgorithmIdentifier): string {
  if (algorithm.oid === RSASSA_PSS) return rsassaPssHash(algorithm.parameters)
  const hash = HASHES.get(algorithm.oid)
  if (hash) return hash
  const name = HASHLESS.get(algorithm.oid)
  throw unavailable(
    name
      ? `the server certificate is signed with ${name}, for which RFC 5929 defines no hash`
      : `the server certificate is signed with an algorithm whose hash is not known here (${algorithm.oid})`,
  )
}
