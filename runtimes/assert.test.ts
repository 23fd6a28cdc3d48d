/** The assert of bundles fails where Node's does, and nowhere else. */
import nodes from 'node:assert/strict'
import { test } from 'node:test'
import ours from './bundled/assert.ts'

class Own {
  readonly a = 1
}

const circle = (): object => {
  const made: Record<string, unknown> = { a: 1 }
  made.self = made
  return made
}

const VALUES: readonly unknown[] = [
  ...[undefined, null, 0, -0, 1, Number.NaN, '', '1', 1n, true, false, Symbol.iterator],
  ...[
    {},
    { a: 1 },
    { a: undefined },
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    new Own(),
    Object.create(null),
    circle(),
  ],
  ...[[], [1], [1, undefined], new Array(2), [undefined, undefined], Object.assign([1], { more: 1 })],
  ...[new Uint8Array(2), new Uint8Array([0, 1]), new Uint8Array(3), new Uint16Array(2), Buffer.alloc(2)],
  ...[new ArrayBuffer(2), new Uint8Array([0, 1]).buffer, new Date(0), new Date(1), /a/, /a/g, /b/],
  ...[new Map([[1, { a: 1 }]]), new Map([[1, { a: 2 }]]), new Map(), new Set([1, { a: 1 }]), new Set([1, 2])],
  ...[new Error('a'), new Error('b'), new TypeError('a'), new Error('a', { cause: 1 })],
  ...[Object.assign(new Error('a'), { reason: 'x' }), () => 1, Promise.resolve(1)],
]

const copies = (): readonly unknown[] => [
  ...[
    { a: 1 },
    { a: { b: [1, new Uint8Array(2)] } },
    [1, [2, { c: 3 }]],
    new Own(),
    circle(),
    new Error('a'),
  ],
  ...[
    new Map([[{ k: 1 }, [1]]]),
    new Set([[1], [2]]),
    new Date(5),
    /x/u,
    Buffer.from('abc'),
    new Set([{ a: 1 }]),
  ],
]

type Assert = Pick<typeof nodes, 'deepEqual' | 'equal' | 'notEqual' | 'notDeepEqual' | 'throws' | 'match'>

function passes(run: () => unknown): boolean {
  try {
    run()
    return true
  } catch {
    return false
  }
}

test('every value against every other', () => {
  const [one, other] = [copies(), copies()]
  const pairs: readonly (readonly [unknown, unknown])[] = [
    ...VALUES.flatMap((a) => VALUES.map((b) => [a, b] as const)),
    ...one.flatMap((a) => other.map((b) => [a, b] as const)),
  ]
  let equal = 0
  for (const [a, b] of pairs)
    for (const name of ['deepEqual', 'equal', 'notEqual', 'notDeepEqual'] as const) {
      const expected = passes(() => (nodes as Assert)[name](a, b))
      nodes.equal(
        passes(() => ours[name](a, b)),
        expected,
        `${name} ${String(VALUES.indexOf(a))} ${String(VALUES.indexOf(b))}`,
      )
      if (name === 'deepEqual' && expected && !Object.is(a, b)) equal++
    }
  nodes.ok(equal >= one.length)
})

const coded = Object.assign(new RangeError('too long'), { reason: 'malformed', octets: new Uint8Array(2) })

/** What throws, and what is expected of it. */
const EXPECTATIONS: readonly unknown[] = [
  ...[undefined, 'a message', /too long/, /^RangeError: too long$/, /short/, RangeError, Error, TypeError],
  ...[
    { reason: 'malformed' },
    { reason: 'x' },
    { message: /long/ },
    { message: /short/ },
    { name: 'RangeError' },
  ],
  ...[{ octets: new Uint8Array(2) }, { octets: new Uint8Array(3) }, { missing: undefined }, coded],
  ...[new RangeError('too long'), new RangeError('else'), () => true, () => false, () => undefined],
]

test('what is thrown and rejected against what is expected', async () => {
  for (const [index, expected] of EXPECTATIONS.entries())
    for (const error of [coded, undefined]) {
      const run = () => {
        if (error) throw error
      }
      const verdict = passes(() => nodes.throws(run, expected as Error))
      nodes.equal(
        passes(() => ours.throws(run, expected as Error)),
        verdict,
        `throws ${index} ${error}`,
      )
      const rejected = async () => run()
      const settled = async (promise: Promise<void>) =>
        promise.then(
          () => true,
          () => false,
        )
      nodes.equal(
        await settled(ours.rejects(rejected, expected as Error)),
        await settled(nodes.rejects(rejected, expected as Error)),
        `rejects ${index} ${error}`,
      )
    }
})

test('the others', async () => {
  const boom = () => nodes.fail('boom')
  for (const run of [
    (assert: typeof ours) => assert.ok(0),
    (assert: typeof ours) => assert(''),
    (assert: typeof ours) => assert.match('abc', /d/),
    (assert: typeof ours) => assert.doesNotMatch('abc', /b/),
    (assert: typeof ours) => assert.doesNotThrow(boom),
    (assert: typeof ours) => assert.fail('no'),
  ]) {
    nodes.throws(() => run(ours), { name: 'AssertionError', code: 'ERR_ASSERTION' })
    nodes.throws(() => run(nodes as unknown as typeof ours))
  }
  ours.ok(1)
  ours.match('abc', /b/)
  ours.doesNotMatch('abc', /d/)
  ours.doesNotThrow(() => {})
  await ours.doesNotReject(async () => {})
  await nodes.rejects(ours.doesNotReject(async () => boom()))
  await nodes.rejects(ours.rejects((() => 1) as unknown as () => Promise<void>), TypeError)
})
