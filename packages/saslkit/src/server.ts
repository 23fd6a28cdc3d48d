export type { Awaitable } from './awaitable.js'
export type { ChannelBinding, ChannelBindingType, Connection, Offered } from './connection.js'
export { consult } from './consult.js'
export type { Pbkdf2Credentials } from './credentials/account-check.js'
export { type MakeScramOptions, makeScramCredentials } from './credentials/make-scram-credentials.js'
export type { MemoryAccount } from './credentials/memory-account.js'
export { type MemoryDirectoryOptions, memoryDirectory } from './credentials/memory-directory.js'
export { passwordEquals } from './credentials/password-equals.js'
export type { HashName } from './crypto/hash.js'
export { hmacMd5FromState, hmacMd5State } from './crypto/hmac-md5-state.js'
export type {
  Directory,
  DirectoryWith,
  Held,
  PasswordVerifier,
  Refusal,
  ScramCredentials,
  ScramHash,
  ScramLookup,
  ScramShape,
  Secret,
  SecretLookup,
  TokenProblem,
  TokenRequest,
  TokenVerifier,
  Verdict,
} from './directory.js'
export { type FailureReason, malformed, SaslError } from './errors.js'
export {
  type Authorize,
  ServerExchange,
  type ServerExchangeOptions,
  type ServerReply,
} from './exchange/server.js'
export { type AnonymousServerOptions, anonymousServer } from './mechanisms/anonymous.js'
export { type CramMd5ServerOptions, cramMd5Server } from './mechanisms/cram-md5.js'
export { externalServer } from './mechanisms/external.js'
export { type LoginServerOptions, loginServer } from './mechanisms/login.js'
export { oauthBearerServer } from './mechanisms/oauthbearer.js'
export { type PlainServerOptions, plainServer } from './mechanisms/plain.js'
export type { ChannelBindingPolicy } from './mechanisms/scram/binding.js'
export { type ScramServerOptions, scramServer } from './mechanisms/scram/server.js'
export type { ScramVariant } from './mechanisms/scram/variant.js'
export { xoauth2Server } from './mechanisms/xoauth2.js'
export type { MechanismName } from './negotiation/mechanism-name.js'
export {
  type BeginOptions,
  type SaslServer,
  type SaslServerOptions,
  type ServerPolicy,
  saslServer,
} from './negotiation/server.js'
export { SERVER_MECHANISMS } from './negotiation/server-table.js'
export { EMPTY, type Octets } from './octets.js'
export { allowPlaintext, type PlaintextOptions } from './plaintext.js'
export { base64, fromBase64, text, utf8 } from './public-octets.js'
export {
  type Challenge,
  type Context,
  challenge,
  clientFirst,
  type Failure,
  failure,
  type Identity,
  type SecurityLayer,
  type ServerMechanism,
  type ServerStep,
  type Success,
  success,
} from './step.js'
export type { NamePreparation, Preparation } from './strings/prepare.js'
