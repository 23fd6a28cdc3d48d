import type { Directory } from '../directory.js'

const METHODS: readonly (keyof Directory)[] = [
  'verifyPassword',
  'scramCredentials',
  'secret',
  'verifyToken',
  'decoy',
  'decoyShape',
]

/**
 * An empty object is a directory: EXTERNAL asks nothing. One that holds something else than a directory's methods is none: a
 * Map, a store, a name misspelled.
 *
 * @throws TypeError
 */
export function requireDirectory(directory: Directory): void {
  if (directory instanceof Promise) throw new TypeError('directory is a promise; await it first')
  if (typeof directory !== 'object' || directory === null)
    throw new TypeError(
      'directory must be an object with methods such as verifyPassword() and scramCredentials(); pass { directory }',
    )
  for (const name of METHODS)
    if (directory[name] !== undefined && typeof directory[name] !== 'function')
      throw new TypeError(`directory.${name} must be a function`)
  if (!METHODS.some((name) => directory[name]) && !isEmpty(directory))
    throw new TypeError(
      `directory has none of ${METHODS.slice(0, 4).join(', ')}; pass memoryDirectory(…), directory(store, …), or an object with such methods`,
    )
}

function isEmpty(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return (prototype === Object.prototype || prototype === null) && Object.keys(object).length === 0
}
