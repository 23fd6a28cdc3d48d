import { isPromise } from '../../awaitable.js'
import { SaslError } from '../../errors.js'
import { converse } from './converse.js'
import { expect, expectFailure, expectIdentity, expectSaslError, expectTypeError } from './expect.js'
import { CARRIAGES, exchangesOf, type MechanismUnderTest, run } from './under-test.js'

const [carriage] = CARRIAGES as [(typeof CARRIAGES)[number]]

/** What is thrown is the directory's fault, whatever it is: `temporary`, and never a verdict. */
const FAULTS: readonly (readonly [name: string, thrown: unknown])[] = [
  ['an Error', new Error('the store is down')],
  ['a SaslError', new SaslError('invalid-credentials', 'not a verdict')],
  ['text', 'the store is down'],
  ['undefined', undefined],
]

/** What no directory should answer. */
const NONSENSE: readonly unknown[] = [
  null,
  undefined,
  0,
  1,
  '',
  'yes',
  {},
  [],
  Symbol('yes'),
  () => true,
  Number.NaN,
]

/** Directories that hang, throw, and talk nonsense; and how often one is asked at all. */
export function testDirectory<Accounts extends object>(mechanism: MechanismUnderTest<Accounts>): void {
  const { client, directory, identity, test } = mechanism
  const { name } = client

  /** Whether this mechanism asks a directory anything. */
  const asks = async (): Promise<boolean> => {
    let calls = 0
    const counting = replaced(directory, (method, args) => {
      calls++
      return method(...args)
    })
    expectIdentity((await run(mechanism, carriage, { directory: counting })).server, identity, 'the login')
    expect(calls <= 1, `the directory was asked ${calls} times in one login`)
    return calls > 0
  }

  for (const [kind, fault] of FAULTS)
    for (const [way, fail] of WAYS)
      test(`${name}: a directory that ${way} ${kind} is temporary`, async () => {
        if (!(await asks())) return
        const broken = replaced(directory, () => fail(fault))
        const { server, clientError } = await run(mechanism, carriage, { directory: broken })
        const { cause } = expectFailure(server, kind, 'temporary')
        expectSaslError(clientError, 'the client', 'temporary')
        expect(
          cause instanceof SaslError && cause.cause === fault,
          'the log is not told what the directory threw: ask it by consult(() => directory.…)',
        )
      })

  test(`${name}: nonsense from a directory lets nobody in`, async () => {
    if (!(await asks())) return
    for (const answer of NONSENSE)
      for (const answered of [answer, Promise.resolve(answer)]) {
        const outcome = await run(mechanism, carriage, { directory: replaced(directory, () => answered) })
        expectFailure(outcome.server, `the answer ${String(answer)}`, 'temporary', 'invalid-credentials')
      }
  })

  test(`${name}: a directory may answer at once, with a promise, or with a bare thenable`, async () => {
    if (!(await asks())) return
    let answer: unknown
    const recording = replaced(directory, async (method, args) => {
      answer = await method(...args)
      return answer
    })
    expectIdentity((await run(mechanism, carriage, { directory: recording })).server, identity, 'a promise')
    const atOnce = replaced(directory, () => answer)
    expectIdentity((await run(mechanism, carriage, { directory: atOnce })).server, identity, 'at once')
    const thenable = replaced(directory, () => ({
      then(resolve: (value: unknown) => void) {
        resolve(answer)
      },
    }))
    expectIdentity((await run(mechanism, carriage, { directory: thenable })).server, identity, 'a thenable')
  })

  test(`${name}: a signal frees an exchange from a directory that hangs, and what comes later is nothing`, async () => {
    if (!(await asks())) return
    for (const late of ['answers', 'rejects'] as const) {
      const abort = new AbortController()
      let authorized = false
      let answerLate = () => {}
      const hanging = replaced(directory, async (method, args) => {
        const answer: unknown = await method(...args)
        return new Promise((resolve, reject) => {
          answerLate = () => (late === 'answers' ? resolve(answer) : reject(new Error('late')))
          queueMicrotask(() => abort.abort())
        })
      })
      const exchanges = exchangesOf(mechanism, carriage, {
        directory: hanging,
        serverOptions: {
          signal: abort.signal,
          authorize: () => {
            authorized = true
            return true
          },
        },
      })
      const { server } = await converse(exchanges)
      expectFailure(server, 'a directory that hangs', 'aborted')
      answerLate()
      for (let i = 0; i < 16; i++) await undefined
      expect(!authorized, 'authorize was asked after the exchange had ended')
      await expectTypeError(() => exchanges.server.step(undefined), `after a directory that ${late} late`)
    }
  })

  test(`${name}: a second message while the directory is at work is the caller's fault, and harms nobody`, async () => {
    if (!(await asks())) return
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = replaced(directory, async (method, args) => {
      await released
      return method(...args)
    })
    const exchanges = exchangesOf(mechanism, carriage, { directory: slow })
    const step = exchanges.server.step.bind(exchanges.server)
    let refusals = 0
    exchanges.server.step = (response) => {
      const coming = step(response)
      if (isPromise(coming)) {
        const error = caught(() => step(response))
        expect(error instanceof TypeError, `the second message: expected a TypeError, not ${String(error)}`)
        refusals++
      }
      release()
      return coming
    }
    expectIdentity((await converse(exchanges)).server, identity, 'the first message')
    expect(refusals > 0, 'the directory was never waited for')
  })
}

function caught(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

type Method = (...args: readonly unknown[]) => unknown

/** The same directory, with each method answered by us. */
const replaced = <Accounts extends object>(
  directory: Accounts,
  answer: (method: Method, args: readonly unknown[]) => unknown,
): Accounts =>
  new Proxy(directory, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      return (...args: readonly unknown[]) => answer((...given) => Reflect.apply(value, target, given), args)
    },
  })

const WAYS: readonly (readonly [way: string, fail: (fault: unknown) => unknown])[] = [
  [
    'throws',
    (fault) => {
      throw fault
    },
  ],
  ['rejects with', (fault) => Promise.reject(fault)],
]
