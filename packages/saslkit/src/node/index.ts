/**
 * What only Node, and runtimes with its sockets, have: channel bindings and identities of connections, and drivers that log
 * in and accept logins.
 */

export { acceptLogin } from './accept-login.js'
export type { AcceptLoginOptions, Refused } from './accept-options.js'
export type { AlgorithmIdentifier } from './algorithm-identifier.js'
export type { AlternativeName } from './alternative-name.js'
export type { AcceptedLogin } from './attempt.js'
export { type Certificate, type NameAttribute, parseCertificate } from './certificate.js'
export { certificateIdentity, type IdentityKind, PERSONAL_NAMES } from './certificate-identity.js'
export type { ChannelBindingOptions } from './channel-bindings.js'
export { type ConnectionOptions, connectionOf, type SocketConnection } from './connection-of.js'
export type { DerElement } from './der.js'
export { type Login, login } from './login.js'
export type { LoginOptions } from './login-options.js'
export type { Role } from './tls-handshake.js'
export { tlsServerEndPoint } from './tls-server-end-point.js'
