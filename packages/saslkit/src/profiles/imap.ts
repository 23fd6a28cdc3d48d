/**
 * AUTHENTICATE and LOGIN of IMAP (RFC 9051, RFC 3501), initial responses (SASL-IR, RFC 4959), response codes (RFC 5530).
 * There is no additional data with success: a server sends it as a challenge, which the client answers with an empty
 * response.
 */

export { readResponse, writeCancel, writeResponse } from './base64-line.js'
export {
  carriesInitialResponse,
  readReply,
  writeAuthenticateCommand,
  writeCapabilitiesCommand,
  writeStartTlsCommand,
} from './imap/client.js'
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
} from './imap/server.js'
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
