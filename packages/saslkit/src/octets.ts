export {
  base64,
  binary,
  fromBase64,
  fromBase64Within,
  fromBinary,
  unbase64,
} from './octets/base64.js'
export { draft } from './octets/draft.js'
export { hex, hexOctets } from './octets/hex.js'
export { concat, EMPTY, type Octets, xor } from './octets/octets.js'
export { text, utf8 } from './octets/utf8.js'
