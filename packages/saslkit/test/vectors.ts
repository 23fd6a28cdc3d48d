import { readFileSync } from 'node:fs'

/** From test/vectors, which the compiler does not copy. The caller says what shape the file has. */
export const readVectors = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`../../test/vectors/${file}`, import.meta.url), 'utf8'))

export const fromHex = (digits: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(digits.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
