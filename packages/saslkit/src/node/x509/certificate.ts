/**
 * X.509 certificates (RFC 5280 section 4.1): the parts that channel bindings and identities are made of, read from the
 * octets. A runtime's own text forms cannot be told apart from what a name contains (CVE-2025-59154).
 */
import { malformed } from '../../errors.js'
import type { Octets } from '../../octets.js'
import { isOctets } from '../../require-octets.js'
import { type AlgorithmIdentifier, algorithmIdentifier } from './algorithm-identifier.js'
import { type AlternativeName, alternativeName } from './alternative-name.js'
import {
  BIT_STRING,
  BOOLEAN,
  type DerElement,
  derChildren,
  derElement,
  expectTag,
  explicit,
  INTEGER,
  OCTET_STRING,
  objectIdentifier,
  SEQUENCE,
  SET,
} from './der.js'
import { stringText } from './string-text.js'

/** One attribute of a distinguished name. */
export interface NameAttribute {
  /** Dotted decimal: '2.5.4.3' is the common name. */
  readonly oid: string
  /** Absent where the value is no text, or ill-formed. */
  readonly text?: string | undefined
}

/** What is read of a certificate (RFC 5280 section 4.1): whose it is, by whom, and by what it was signed. */
export interface Certificate {
  /** DER, as the peer sent it. */
  readonly raw: Octets
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** The attributes in the certificate's order, its sets of several flattened. */
  readonly issuer: readonly NameAttribute[]
  readonly subject: readonly NameAttribute[]
  /** In the certificate's order. */
  readonly subjectAltNames: readonly AlternativeName[]
}

/** What OpenSSL accepts of a whole certificate chain is 100 KiB. */
const MAX_CERTIFICATE = 128 * 1024

const SUBJECT_ALT_NAME = '2.5.29.17'

/**
 * Reads a certificate, and believes nothing of it: whether it is verified is the TLS stack's to say.
 *
 * @throws SaslError `malformed`; TypeError for PEM, and for what is no octets.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  requireDer(der)
  const [tbs, signatureAlgorithm] = signedParts(der)
  const fields = derChildren(tbs, SEQUENCE)
  let at = fields[0]?.tag === explicit(0) ? 1 : 0
  expectTag(fields[at++], INTEGER) // serialNumber
  expectTag(fields[at++], SEQUENCE) // signature
  const issuer = distinguishedName(fields[at++])
  expectTag(fields[at++], SEQUENCE) // validity
  const subject = distinguishedName(fields[at++])
  expectTag(fields[at++], SEQUENCE) // subjectPublicKeyInfo
  const last = fields.at(-1)
  // Unique identifiers may stand between, [1] and [2]; extensions are [3], and the last.
  const extensions = fields.length > at && last?.tag === explicit(3) ? last : undefined
  return {
    raw: new Uint8Array(der),
    signatureAlgorithm: algorithmIdentifier(signatureAlgorithm),
    issuer,
    subject,
    subjectAltNames: extensions ? subjectAltNames(extensions) : [],
  }
}

const PEM = [...'-----BEGIN '].map((character) => character.charCodeAt(0))

/** A TLS stack hands out DER alone: who comes with PEM has read a file. */
function requireDer(der: Uint8Array): void {
  if (!isOctets(der) || PEM.every((octet, at) => der[at] === octet))
    throw new TypeError('a certificate must be DER, in octets: pass new X509Certificate(pem).raw')
}

/** The algorithm alone, for a certificate of whose other parts nothing is asked. */
export const signatureAlgorithmOf = (der: Uint8Array): AlgorithmIdentifier =>
  algorithmIdentifier(signedParts(der)[1])

function signedParts(der: Uint8Array): readonly [DerElement, DerElement] {
  if (der.length > MAX_CERTIFICATE) throw malformed('a certificate of more than 128 KiB')
  const [tbs, algorithm, signature, another] = derChildren(derElement(der, SEQUENCE), SEQUENCE)
  if (another) throw malformed('a certificate of more than three parts')
  expectTag(signature, BIT_STRING)
  return [expectTag(tbs, SEQUENCE), expectTag(algorithm, SEQUENCE)]
}

function distinguishedName(element: DerElement | undefined): readonly NameAttribute[] {
  return derChildren(element, SEQUENCE).flatMap((relative) =>
    derChildren(relative, SET).map((attribute) => {
      const [oid, value, another] = derChildren(attribute, SEQUENCE)
      if (!value || another) throw malformed('an attribute of a name that is not a pair')
      return { oid: objectIdentifier(oid), text: stringText(value) }
    }),
  )
}

function subjectAltNames(field: DerElement): readonly AlternativeName[] {
  let names: readonly AlternativeName[] | undefined
  for (const extension of derChildren(derElement(field.content, SEQUENCE), SEQUENCE)) {
    const parts = derChildren(extension, SEQUENCE)
    if (objectIdentifier(parts[0]) !== SUBJECT_ALT_NAME) continue
    // RFC 5280 section 4.2: one instance of each.
    if (names) throw malformed('a certificate with two subjectAltName extensions')
    const value = parts[1]?.tag === BOOLEAN ? parts[2] : parts[1]
    if (value !== parts.at(-1)) throw malformed('an extension of too many parts')
    names = derChildren(derElement(expectTag(value, OCTET_STRING).content, SEQUENCE), SEQUENCE).map(
      alternativeName,
    )
  }
  return names ?? []
}
