/** @throws TypeError when the mechanisms that a policy names are not a list, of names and of mechanisms. */
export function requireNames(mechanisms: readonly unknown[] | undefined): void {
  if (mechanisms === undefined) return
  if (!Array.isArray(mechanisms))
    throw new TypeError("policy.mechanisms must be a list: ['SCRAM-SHA-256', 'PLAIN']")
  for (const item of mechanisms) {
    if (typeof item === 'string') continue
    if (!(typeof item?.name === 'string' && typeof item.start === 'function'))
      throw new TypeError('policy.mechanisms holds names, and mechanisms of your own: { name, start() }')
    // Not how many: longer ones than RFC 4422 section 3.1 allows are in use (ECDSA-NIST256P-CHALLENGE).
    if (!/^[A-Z0-9_-]+$/.test(item.name))
      throw new TypeError(
        "a mechanism's name is of A-Z, 0-9, '-' and '_' (RFC 4422 section 3.1); pass such a one",
      )
  }
}
