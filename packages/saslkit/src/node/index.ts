/**
 * What only Node, and runtimes with its sockets, have: channel bindings and identities of connections, drivers that log in
 * and accept logins, and stores in files.
 */

export type { ChannelBindingOptions } from './bindings/channel-bindings.js'
export type { Role } from './bindings/tls-handshake.js'
export { tlsServerEndPoint } from './bindings/tls-server-end-point.js'
export { type ConnectionOptions, connectionOf, type SocketConnection } from './connection-of.js'
export { acceptLogin } from './drivers/accept-login.js'
export type { AcceptLoginOptions, Refused } from './drivers/accept-options.js'
export type { AcceptedLogin } from './drivers/attempt.js'
export { type Login, login } from './drivers/login.js'
export type { LoginOptions } from './drivers/login-options.js'
export type { FileStore, FileStoreOptions } from './stores/file-store.js'
export { htpasswdStore } from './stores/htpasswd-store.js'
export { type PasswdFileStoreOptions, passwdFileStore } from './stores/passwd-file-store.js'
export type { FileEvent } from './stores/watched-file.js'
export type { AlgorithmIdentifier } from './x509/algorithm-identifier.js'
export type { AlternativeName } from './x509/alternative-name.js'
export { type Certificate, type NameAttribute, parseCertificate } from './x509/certificate.js'
export { certificateIdentity, type IdentityKind, PERSONAL_NAMES } from './x509/certificate-identity.js'
export type { DerElement } from './x509/der.js'
