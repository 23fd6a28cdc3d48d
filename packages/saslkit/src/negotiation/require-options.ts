/** @throws TypeError for what are no options of one exchange. */
export function requireOptions(options: object): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('pass options as an object: { signal, maxLength, maxSteps }')
}
