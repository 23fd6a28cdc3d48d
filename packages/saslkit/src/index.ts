export * from './client.js'
export { malformed } from './errors.js'
export { base64, EMPTY, fromBase64, text, utf8 } from './octets.js'
export * from './server.js'
