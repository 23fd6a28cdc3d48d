import type { ScramVariant } from '../mechanisms/scram/variant.js'

/**
 * The names of the mechanisms that a policy can name: a misspelled one does not compile. One of your own is named by
 * being there as itself. For a name that is read from elsewhere, `name as MechanismName` will do: of an unknown one,
 * `saslClient` and `saslServer` throw a RangeError that lists those that are known.
 */
export type MechanismName =
  | `SCRAM-${ScramVariant}`
  | 'EXTERNAL'
  | 'OAUTHBEARER'
  | 'XOAUTH2'
  | 'CRAM-MD5'
  | 'PLAIN'
  | 'LOGIN'
  | 'ANONYMOUS'
