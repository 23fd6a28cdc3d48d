import type { MechanismName } from 'saslkit'

const AS_SHA_256 = 'does what SCRAM-SHA-256 does, with another hash'
const AS_WITHOUT_PLUS = 'asks the directory what it asks without -PLUS'
const BY_TOKEN = 'asks the directory for no name: what a token is worth is for whoever verifies it'

/** Mechanisms that have no row, and why none is needed. */
export const LEFT_OUT: Readonly<Partial<Record<MechanismName, string>>> = {
  'SCRAM-SHA-224': AS_SHA_256,
  'SCRAM-SHA-384': AS_SHA_256,
  'SCRAM-SHA3-512': AS_SHA_256,
  'SCRAM-SHA-1-PLUS': AS_WITHOUT_PLUS,
  'SCRAM-SHA-224-PLUS': AS_WITHOUT_PLUS,
  'SCRAM-SHA-256-PLUS': AS_WITHOUT_PLUS,
  'SCRAM-SHA-384-PLUS': AS_WITHOUT_PLUS,
  'SCRAM-SHA-512-PLUS': AS_WITHOUT_PLUS,
  'SCRAM-SHA3-512-PLUS': AS_WITHOUT_PLUS,
  EXTERNAL: 'asks the directory nothing: the layer below has looked',
  OAUTHBEARER: BY_TOKEN,
  XOAUTH2: BY_TOKEN,
  LOGIN: 'asks the directory what PLAIN asks',
  ANONYMOUS: 'has no accounts',
}
