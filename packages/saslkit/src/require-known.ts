/** @throws TypeError for what is no object, and for a name of its own that means nothing here. */
export function requireKnown(options: object, known: readonly string[], what: string): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${what}: pass an object; known are ${known.join(', ')}`)
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new TypeError(`${what} has nothing named ${JSON.stringify(name)}; known are ${known.join(', ')}`)
}
