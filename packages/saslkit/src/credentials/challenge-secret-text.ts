import { hex, type Octets } from '../octets.js'
import type { Credential } from './credential.js'

/** Whose ways there are to write what CRAM-MD5 and DIGEST-MD5 keep. */
export type ChallengeSecretFormat = 'cram-md5' | 'digest-md5' | 'dovecot'

/** CRAM-MD5's HMAC state or DIGEST-MD5's HA1 as a system writes it. Undefined: it holds neither, or the format has it not. */
export function challengeSecretText({ secret, ha1 }: Credential, format: string): string | undefined {
  if (ha1) return written(ha1, format, 'digest-md5')
  return secret && 'hmacMd5State' in secret ? written(secret.hmacMd5State, format, 'cram-md5') : undefined
}

const written = (octets: Octets, format: string, bare: 'cram-md5' | 'digest-md5'): string | undefined =>
  format === 'dovecot' ? `{${bare.toUpperCase()}}${hex(octets)}` : format === bare ? hex(octets) : undefined
