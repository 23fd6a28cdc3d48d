/** @throws TypeError for a name that means nothing here. */
export function requireKnown(options: object, known: readonly string[], what: string): void {
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new TypeError(`${what} has nothing named ${JSON.stringify(name)}; known are ${known.join(', ')}`)
}
