export { type AllowBroken, allowBroken } from './allow-broken.js'
export type { ChallengeSecretFormat } from './challenge-secret-text.js'
export { type ConvertOptions, convert } from './convert.js'
export type {
  CredentialFormat,
  CredentialPreparation,
  Owner,
  Service,
  Strength,
} from './credential.js'
export { CREDENTIAL_LIMITS, type CredentialLimits } from './limits.js'
export type { PasswordHashCost, PasswordHashScheme } from './make-password-hash.js'
export {
  type MakeScheme,
  type MakeStoredCredentialOptions,
  makeStoredCredential,
} from './make-stored-credential.js'
export { type MakeStoredCredentialsOptions, makeStoredCredentials } from './make-stored-credentials.js'
export { type ParseOptions, parseStoredCredential } from './parse.js'
export type { ScramFormat } from './schemes/scram/writers.js'
export type { ScramPresetName } from './scram-presets.js'
export type { StoredCredential } from './stored-credential.js'
export { StoredCredentialError, type StoredCredentialProblem } from './stored-credential-error.js'
export { type VerifyOptions, verifyPassword } from './verify-password.js'
export type { WantedCredentials } from './wanted-credentials.js'
