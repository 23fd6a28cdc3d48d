/**
 * What `getSession()` of node:tls serialises (SSL_SESSION of OpenSSL, and of BoringSSL under Bun) tells what no function
 * does: whether TLS 1.2 used the extended master secret (RFC 7627), and the peer's certificate. `getPeerX509Certificate`
 * of Node has that once for a client (it takes it out of the chain), and never when the session was resumed (20.20,
 * 24.21).
 */
import type { Octets } from '../../octets.js'
import {
  BOOLEAN,
  type DerElement,
  derElement,
  derElements,
  explicit,
  INTEGER,
  SEQUENCE,
} from '../x509/der.js'

export interface TlsSession {
  /** Meaningful below TLS 1.3 only. */
  readonly extendedMasterSecret: boolean
  /** In DER. */
  readonly peerCertificate?: Octets | undefined
}

/** What Node 24.21 puts before a client's session: this, two octets of length, the server's name. */
const NODE_PREFIX = Buffer.from('\0nodejs:tls:session:1\0', 'latin1')

const PEER = explicit(3)

/** Of OpenSSL: an INTEGER, with SSL_SESS_FLAG_EXTMS as one of its bits. */
const OPENSSL_FLAGS = explicit(13)
const OPENSSL_EXTMS = 1

/** Of BoringSSL: a BOOLEAN, where OpenSSL has an OCTET STRING. */
const BORINGSSL_EXTMS = explicit(17)

/** Undefined where the octets are in no form that we know. */
export function parseTlsSession(octets: Uint8Array): TlsSession | undefined {
  try {
    const fields = derElements(derElement(withoutPrefix(octets), SEQUENCE).content)
    const peer = fields.find(({ tag }) => tag === PEER)
    return {
      extendedMasterSecret: fields.some(saysExtended),
      peerCertificate: peer && new Uint8Array(peer.content),
    }
  } catch {
    return undefined
  }
}

function saysExtended(field: DerElement): boolean {
  if (field.tag !== OPENSSL_FLAGS && field.tag !== BORINGSSL_EXTMS) return false
  const [value] = derElements(field.content)
  if (field.tag === OPENSSL_FLAGS)
    return value?.tag === INTEGER && ((value.content.at(-1) ?? 0) & OPENSSL_EXTMS) !== 0
  return value?.tag === BOOLEAN && value.content.length === 1 && value.content.at(0) === 0xff
}

function withoutPrefix(session: Uint8Array): Uint8Array {
  const octets = Buffer.from(session.buffer, session.byteOffset, session.length)
  if (!octets.subarray(0, NODE_PREFIX.length).equals(NODE_PREFIX)) return octets
  return octets.subarray(NODE_PREFIX.length + 2 + octets.readUInt16BE(NODE_PREFIX.length))
}
