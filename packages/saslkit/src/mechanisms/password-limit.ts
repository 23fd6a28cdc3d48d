/**
 * Octets of the longest password that is taken: preparing and hashing long ones is work that
 * anybody could ask for.
 *
 * @throws RangeError for what is no positive whole number.
 */
export function passwordLimit(maxPasswordLength = 1024): number {
  if (!(Number.isSafeInteger(maxPasswordLength) && maxPasswordLength >= 1))
    throw new RangeError('maxPasswordLength must be a whole number of octets, 1 at least')
  return maxPasswordLength
}
