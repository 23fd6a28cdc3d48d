/**
 * Whether these octets are all that stands in the others from `start` up to `end`, in time that depends on the lengths alone.
 * Node's timingSafeEqual has V8 move short arrays out of its heap first, which costs more than the comparison
 * (docs/decisions/0003-comparing-secrets.md).
 */
export function sameOctets(
  octets: Uint8Array,
  others: Uint8Array,
  start = 0,
  end: number = others.length,
): boolean {
  const { length } = octets
  if (end - start !== length) return false
  let difference = 0
  for (let i = 0; i < length; i++) difference |= octets[i]! ^ others[start + i]!
  return difference === 0
}
