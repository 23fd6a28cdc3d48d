/**
 * AUTH of POP3 (RFC 5034), STLS (RFC 2595), CAPA (RFC 2449), response codes (RFC 3206). There is no additional data with
 * success: a server sends it as a challenge, which the client answers with an empty response. There is no APOP, neither
 * in the greeting nor as a command: it rests on MD5 of a cleartext password.
 */

export { readResponse, writeCancel, writeResponse } from './base64-line.js'
export type {
  Asked,
  Capabilities,
  Command,
  CommandBody,
  LineContext,
  LineLimits,
  LineProfile,
  Notice,
  Reply,
} from './line-profile.js'
export {
  carriesInitialResponse,
  readReply,
  writeAuthenticateCommand,
  writeCapabilitiesCommand,
  writeStartTlsCommand,
} from './pop3/client.js'
export {
  baseCapabilities,
  helloFirst,
  limits,
  readCommand,
  service,
  writeCapabilities,
  writeChallenge,
  writeFailure,
  writeGreeting,
  writeNotice,
  writeStartTls,
  writeSuccess,
} from './pop3/server.js'
