import type { Octets } from './octets.js'

/** Octets as a string of one character each, U+0000 to U+00FF: what btoa takes. */
export function binary(octets: Uint8Array): string {
  let characters = ''
  for (let at = 0; at < octets.length; at += 4096)
    characters += String.fromCharCode(...octets.subarray(at, at + 4096))
  return characters
}

export function fromBinary(characters: string): Octets {
  const octets = new Uint8Array(characters.length)
  for (let i = 0; i < characters.length; i++) octets[i] = characters.charCodeAt(i)
  return octets
}
