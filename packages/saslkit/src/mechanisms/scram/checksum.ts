/**
 * FNV-1a, of 32 bits: tells whether octets have been changed by mistake. It is no defence against whoever changes them
 * knowingly.
 */
export function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0x811c9dc5
  for (const part of parts) for (let i = 0; i < part.length; i++) sum = Math.imul(sum ^ part[i]!, 0x01000193)
  return sum
}
