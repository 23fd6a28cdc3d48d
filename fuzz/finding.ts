/** What the library must not do, and did. */
export class Finding extends Error {
  override readonly name = 'Finding'
}

/** Throws a Finding unless it holds. What is to be said is worked out only then. */
export function demand(holds: boolean, what: string | (() => string)): asserts holds {
  if (!holds) throw new Finding(typeof what === 'string' ? what : what())
}
