/** As deepStrictEqual of Node's documentation has it, for what tests compare. */
export function sameValue(actual: unknown, expected: unknown, pairs: [object, object][] = []): boolean {
  if (Object.is(actual, expected)) return true
  if (!isObject(actual) || !isObject(expected)) return false
  if (typeof actual === 'function' || typeof expected === 'function') return false
  if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return false
  if (Object.prototype.toString.call(actual) !== Object.prototype.toString.call(expected)) return false
  if (pairs.some(([one, other]) => one === actual && other === expected)) return true
  const inner: [object, object][] = [...pairs, [actual, expected]]
  const same = (one: unknown, other: unknown) => sameValue(one, other, inner)
  if (!sameInside(actual, expected, same)) return false
  const keys = keysOf(actual)
  const others = new Set(keysOf(expected))
  return (
    keys.length === others.size &&
    keys.every((key) => others.has(key) && same(Reflect.get(actual, key), Reflect.get(expected, key)))
  )
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

/** Own, enumerable; of arrays and octets the indices too. */
const keysOf = (value: object): PropertyKey[] =>
  Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))

type Same = (one: unknown, other: unknown) => boolean

/** What does not stand in enumerable properties. */
function sameInside(actual: object, expected: object, same: Same): boolean {
  if (actual instanceof Error && expected instanceof Error)
    return (
      actual.name === expected.name &&
      actual.message === expected.message &&
      Object.hasOwn(actual, 'cause') === Object.hasOwn(expected, 'cause') &&
      same(actual.cause, expected.cause)
    )
  if (Array.isArray(actual) && Array.isArray(expected)) return actual.length === expected.length
  if (actual instanceof Date && expected instanceof Date)
    return Object.is(actual.getTime(), expected.getTime())
  if (actual instanceof RegExp && expected instanceof RegExp)
    return String(actual) === String(expected) && actual.lastIndex === expected.lastIndex
  if (actual instanceof Map && expected instanceof Map)
    return (
      actual.size === expected.size &&
      [...actual].every(([key, value]) =>
        [...expected].some(([other, its]) => same(key, other) && same(value, its)),
      )
    )
  if (actual instanceof Set && expected instanceof Set)
    return (
      actual.size === expected.size &&
      [...actual].every((one) => [...expected].some((other) => same(one, other)))
    )
  if (actual instanceof ArrayBuffer && expected instanceof ArrayBuffer)
    return same(new Uint8Array(actual), new Uint8Array(expected))
  if (actual instanceof Number || actual instanceof String || actual instanceof Boolean)
    return Object.is(actual.valueOf(), expected.valueOf())
  return !(actual instanceof Promise || actual instanceof WeakMap || actual instanceof WeakSet)
}
