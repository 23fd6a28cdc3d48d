/**
 * Equal octets, in time that depends on the lengths alone. Node's timingSafeEqual has V8 move short arrays out of its heap
 * first, which costs more than the comparison (docs/decisions/0003-comparing-secrets.md).
 */
export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
