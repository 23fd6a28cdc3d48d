import type { Octets } from './octets.js'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Up to this length V8 keeps octets on its own heap, and a loop over ASCII beats the encoder (bench/parts.ts). */
export const SHORT = 64

const SIZE = 256

/**
 * Octets to be decoded, where native code reads them: V8 keeps short arrays on its own heap, and moves them out, dearly,
 * for that (bench/parts.ts). Used within one synchronous call, and wiped by whoever puts secrets there.
 */
export const shelf: Octets = new Uint8Array(SIZE)

const views: (Uint8Array | undefined)[] = Array(SIZE + 1).fill(undefined)

/** What stands on the shelf, up to `length`, as text. @throws TypeError when that is not UTF-8. */
export function shelved(length: number): string {
  const view = views[length] ?? shelf.subarray(0, length)
  views[length] = view
  return decoder.decode(view)
}

/** Up to this length, which names and passwords seldom exceed, ASCII is read faster in JavaScript (bench/parts.ts). */
const BRIEF = 24

/** @throws TypeError when the octets from `start` up to `end` are not UTF-8. */
export function decoded(octets: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length > SHORT) return decoder.decode(octets.subarray(start, end))
  return (length > BRIEF ? undefined : ascii(octets, start, length)) ?? decodedOnShelf(octets, start, length)
}

/** Undefined where it is not ASCII alone. */
function ascii(octets: Uint8Array, start: number, length: number): string | undefined {
  const codes: number[] = Array(length)
  for (let i = 0; i < length; i++) {
    const code = octets[start + i]!
    if (code > 0x7f) return undefined
    codes[i] = code
  }
  return String.fromCharCode(...codes)
}

function decodedOnShelf(octets: Uint8Array, start: number, length: number): string {
  for (let i = 0; i < length; i++) shelf[i] = octets[start + i]!
  try {
    return shelved(length)
  } finally {
    for (let i = 0; i < length; i++) shelf[i] = 0
  }
}
