import type { MechanismName } from 'saslkit'

const BY_HASH = 'keeps what SCRAM-SHA-256 keeps, of another hash'
const BY_HASH_PLUS = 'keeps what SCRAM-SHA-256-PLUS keeps, of another hash'

/** Mechanisms that have no case, and why none is needed. */
export const LEFT_OUT: Readonly<Partial<Record<MechanismName, string>>> = {
  'SCRAM-SHA-224': BY_HASH,
  'SCRAM-SHA-384': BY_HASH,
  'SCRAM-SHA3-512': BY_HASH,
  'SCRAM-SHA-1-PLUS': BY_HASH_PLUS,
  'SCRAM-SHA-224-PLUS': BY_HASH_PLUS,
  'SCRAM-SHA-384-PLUS': BY_HASH_PLUS,
  'SCRAM-SHA-512-PLUS': BY_HASH_PLUS,
  'SCRAM-SHA3-512-PLUS': BY_HASH_PLUS,
}
