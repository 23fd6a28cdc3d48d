/** The seam on Node: what is done to octets at every login, in the forms that V8 runs quickest (bench/parts.ts). */
export { base64, fromBase64, fromBase64Within } from './base64.js'
export { draft } from './draft.js'
export { text, utf8 } from './utf8.js'
