/**
 * What a mechanism is worth to the one who logs in, weakest first: nobody is proved; the secret itself is shown to
 * the server; it is used in a challenge that can be tried offline; both sides prove themselves; both do, and are
 * bound to their channel.
 */
export type Strength = 'anonymous' | 'plaintext' | 'challenge' | 'scram' | 'bound'

const ORDER: readonly Strength[] = ['anonymous', 'plaintext', 'challenge', 'scram', 'bound']

export const isWeaker = (one: Strength, other: Strength): boolean => ORDER.indexOf(one) < ORDER.indexOf(other)

/** @throws RangeError for what is no strength. */
export function requireStrength(strength: Strength): Strength {
  if (!ORDER.includes(strength)) throw new RangeError(`minimum must be one of ${ORDER.join(', ')}`)
  return strength
}
