/** @throws TypeError when the mechanisms that a policy names are not a list. */
export function requireNames(mechanisms: readonly unknown[] | undefined): void {
  if (mechanisms !== undefined && !Array.isArray(mechanisms))
    throw new TypeError("policy.mechanisms must be a list: ['SCRAM-SHA-256', 'PLAIN']")
}
