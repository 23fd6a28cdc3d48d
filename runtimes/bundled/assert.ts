/** What the library's tests use of node:assert/strict, for runtimes that have none; assert.test.ts holds it against Node's. */
import { sameValue } from './same-value.ts'

export class AssertionError extends Error {
  override readonly name = 'AssertionError'
  readonly code = 'ERR_ASSERTION'
}

type Message = string | Error | undefined

function fail(message: Message = 'Failed'): never {
  throw message instanceof Error ? message : new AssertionError(message)
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 300))
  if (value instanceof Error || typeof value !== 'object' || value === null) return String(value)
  try {
    return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner)).slice(
      0,
      300,
    )
  } catch {
    return Object.prototype.toString.call(value)
  }
}

const check = (good: boolean, message: Message, otherwise: () => string): void => {
  if (!good) fail(message ?? otherwise())
}

const ok = (value: unknown, message?: Message): void =>
  check(Boolean(value), message, () => `${shown(value)} is not truthy`)

const equal = (actual: unknown, expected: unknown, message?: Message): void =>
  check(Object.is(actual, expected), message, () => `${shown(actual)} is not ${shown(expected)}`)

const notEqual = (actual: unknown, expected: unknown, message?: Message): void =>
  check(!Object.is(actual, expected), message, () => `${shown(actual)} is the same`)

const deepEqual = (actual: unknown, expected: unknown, message?: Message): void =>
  check(sameValue(actual, expected), message, () => `${shown(actual)} is not like ${shown(expected)}`)

const notDeepEqual = (actual: unknown, expected: unknown, message?: Message): void =>
  check(!sameValue(actual, expected), message, () => `${shown(actual)} is like ${shown(expected)}`)

const match = (text: string, pattern: RegExp, message?: Message): void =>
  check(
    typeof text === 'string' && pattern.test(text),
    message,
    () => `${shown(text)} does not match ${pattern}`,
  )

const doesNotMatch = (text: string, pattern: RegExp, message?: Message): void =>
  check(typeof text === 'string' && !pattern.test(text), message, () => `${shown(text)} matches ${pattern}`)

type Expected = RegExp | Readonly<Record<string, unknown>> | Error | ((error: unknown) => unknown)

/** Is this what was to be thrown? An error that is not is thrown on, as Node does for classes. */
function judge(error: unknown, expected: Expected | undefined, message: Message): void {
  if (expected === undefined) return
  if (expected instanceof RegExp)
    check(expected.test(String(error)), message, () => `${error} does not match ${expected}`)
  else if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return
    if (expected === Error || expected.prototype instanceof Error) throw error
    check(expected.call({}, error) === true, message, () => `${error} was not what was expected`)
  } else
    for (const [key, value] of propertiesOf(expected)) {
      const has = typeof error === 'object' && error !== null && key in error
      const actual = has ? Reflect.get(error, key) : undefined
      const good =
        value instanceof RegExp && typeof actual === 'string' ? value.test(actual) : sameValue(actual, value)
      check(has && good, message, () => `${key} of ${error} is ${shown(actual)}, not ${shown(value)}`)
    }
}

const propertiesOf = (expected: object): [string, unknown][] => [
  ...(expected instanceof Error
    ? ([
        ['name', expected.name],
        ['message', expected.message],
      ] as [string, unknown][])
    : []),
  ...Object.entries(expected),
]

function throws(run: () => unknown, expected?: Expected | string, message?: Message): void {
  try {
    run()
  } catch (error) {
    judge(error, typeof expected === 'string' ? undefined : expected, message)
    return
  }
  fail(typeof expected === 'string' ? expected : (message ?? 'nothing was thrown'))
}

async function rejects(
  promise: Promise<unknown> | (() => unknown),
  expected?: Expected | string,
  message?: Message,
): Promise<void> {
  // What a function throws at once is no rejection.
  const work = typeof promise === 'function' ? promise() : promise
  if (!(work instanceof Promise)) throw new TypeError('not a promise')
  try {
    await work
  } catch (error) {
    judge(error, typeof expected === 'string' ? undefined : expected, message)
    return
  }
  fail(typeof expected === 'string' ? expected : (message ?? 'nothing was rejected'))
}

function doesNotThrow(run: () => unknown, message?: Message): void {
  try {
    run()
  } catch (error) {
    fail(message ?? `it threw ${error}`)
  }
}

async function doesNotReject(promise: Promise<unknown> | (() => unknown), message?: Message): Promise<void> {
  try {
    await (typeof promise === 'function' ? promise() : promise)
  } catch (error) {
    fail(message ?? `it rejected with ${error}`)
  }
}

const assert = Object.assign((value: unknown, message?: Message) => ok(value, message), {
  AssertionError,
  deepEqual,
  deepStrictEqual: deepEqual,
  doesNotMatch,
  doesNotReject,
  doesNotThrow,
  equal,
  fail,
  match,
  notDeepEqual,
  notEqual,
  ok,
  rejects,
  strictEqual: equal,
  throws,
})

export default assert
