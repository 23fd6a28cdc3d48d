/**
 * SMTP AUTH (RFC 4954) and STARTTLS (RFC 3207). There is no additional data with success: a server sends it as a
 * challenge, which the client answers with an empty response.
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
} from './smtp/client.js'
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
} from './smtp/server.js'
