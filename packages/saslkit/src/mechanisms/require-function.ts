/** @throws TypeError for what is to make known answers, and cannot be called. */
export function requireFunction(make: (() => string) | undefined, what: string): void {
  if (make !== undefined && typeof make !== 'function')
    throw new TypeError(`${what} must be a function that gives text: () => '…'`)
}
