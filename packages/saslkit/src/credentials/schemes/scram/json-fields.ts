/** The object that a text is in JSON, as a Map: names come from outside. Undefined where it is none. */
export function jsonFields(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

export const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value))
    : undefined

export const stringIn = (fields: ReadonlyMap<string, unknown>, name: string): string | undefined => {
  const value = fields.get(name)
  return typeof value === 'string' ? value : undefined
}

/** As digits. Extended JSON's `{"$numberInt": "4096"}` is read too. */
export function numberIn(fields: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const value = fields.get(name)
  if (typeof value === 'number') return String(value)
  const extended = fieldsOf(value)
  return extended && (stringIn(extended, '$numberInt') ?? stringIn(extended, '$numberLong'))
}
