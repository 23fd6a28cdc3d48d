/**
 * What the library's tests use of node:test, for runtimes that have none. Nothing runs before `runTests`: Workers let
 * nobody wait, or draw randomness, while a module is loaded.
 */
import type { Outcome } from '../outcome.ts'

interface Options {
  readonly skip?: boolean | string | undefined
}

interface TestContext {
  readonly name: string
  /** Once the test has ended, well or not. */
  after(end: () => unknown): void
}

type Body = (t: TestContext) => unknown

interface Test extends Options {
  readonly name: string
  readonly body: Body
}

const registered: Test[] = []
const ends: (() => unknown)[] = []

export function test(name: string, options: Options | Body, body?: Body): void {
  if (typeof options === 'function') registered.push({ name, body: options })
  else if (body) registered.push({ ...options, name, body })
  else throw new TypeError(`${name}: a test without a body`)
}

export const describe = (_name: string, body: () => void): void => body()

export function after(end: () => unknown): void {
  ends.push(end)
}

/** Milliseconds, after which a test that waits has failed. */
const DEADLINE = 480_000

async function outcomeOf({ name, skip, body }: Test): Promise<Outcome> {
  if (skip) return { test: name, result: 'skipped', message: skip === true ? undefined : skip }
  const after: (() => unknown)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it did not end in ${DEADLINE / 1000} s`)), DEADLINE)
    })
    await Promise.race([runBody(name, body, after), late])
    return { test: name, result: 'passed' }
  } catch (error) {
    return { test: name, result: 'failed', message: shown(error) }
  } finally {
    clearTimeout(timer)
  }
}

async function runBody(name: string, body: Body, after: (() => unknown)[]): Promise<void> {
  try {
    await body({ name, after: (end) => after.push(end) })
  } finally {
    for (const end of after) await end()
  }
}

const shown = (error: unknown): string =>
  error instanceof Error ? `${error}\n${error.stack?.split('\n').slice(0, 6).join('\n')}` : String(error)

/** Loads a file of tests, and runs them one after another. */
export async function runTests(
  load: () => Promise<unknown>,
): Promise<{ outcomes: readonly Outcome[]; problem?: string }> {
  const outcomes: Outcome[] = []
  try {
    await load()
    for (const each of registered) outcomes.push(await outcomeOf(each))
    for (const end of ends) await end()
    return { outcomes }
  } catch (error) {
    return { outcomes, problem: shown(error) }
  }
}
