/** All that can be reached from a value without calling anything but getters. */
import { StoredCredential } from '../../src/credentials/stored-credential.js'
import { countAccounts } from '../../src/stores/census.js'

export interface Reached {
  readonly path: string
  readonly value: string | Uint8Array
}

const counting = countAccounts({ hint: 'cleartext' })
counting.add({ name: 'user', credentials: ['password'] })
const kindPrototype: object = Reflect.getPrototypeOf(counting.census().kinds[0]!)!

/**
 * What is asked for by name is no accident. These are the secret, and say so: no printing asks for them, since they stand
 * on the prototype.
 */
const ASKED_FOR: ReadonlyMap<object, readonly PropertyKey[]> = new Map([
  [StoredCredential.prototype, ['text', 'secret', 'ha1']],
  // A row as the store has it.
  [kindPrototype, ['example']],
])

/** The runtime's own: nothing of ours is in them. */
const BUILT_IN: ReadonlySet<unknown> = new Set(
  Object.getOwnPropertyNames(globalThis)
    .map((name) => Reflect.get(globalThis, name) as { prototype?: unknown } | undefined)
    .flatMap((value) => (typeof value === 'function' ? [value, value.prototype] : []))
    .concat([Function.prototype, Object.getPrototypeOf(Uint8Array), globalThis, process, console]),
)

type Place = readonly [path: string, value: unknown]

export function* reach(root: unknown, name: string): Generator<Reached> {
  const seen = new Set<unknown>(BUILT_IN)
  const waiting: Place[] = [[name, root]]
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const [path, value] = place
    if (typeof value === 'string') yield { path, value }
    if (typeof value === 'symbol') yield { path, value: String(value.description) }
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
      continue
    seen.add(value)
    if (ArrayBuffer.isView(value)) yield { path, value: octetsOf(value) }
    else if (value instanceof ArrayBuffer) yield { path, value: new Uint8Array(value) }
    waiting.push(...within(value, path))
  }
}

const octetsOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)

function* within(value: object, path: string): Generator<Place> {
  if (value instanceof Map)
    for (const [key, entry] of value) {
      yield [`${path}: a key`, key]
      yield [`${path}.get(${String(key)})`, entry]
    }
  if (value instanceof Set) for (const entry of value) yield [`${path}: one of the set`, entry]
  for (let owner: object | null = value; owner && !BUILT_IN.has(owner); owner = Reflect.getPrototypeOf(owner))
    for (const key of Reflect.ownKeys(owner)) {
      if (ArrayBuffer.isView(value) && typeof key === 'string' && /^\d+$/.test(key)) continue
      yield [`${path}: a key`, key]
      if (!ASKED_FOR.get(owner)?.includes(key)) yield [`${path}.${String(key)}`, gotten(value, key)]
    }
  if (ArrayBuffer.isView(value) && !isPooled(value)) yield [`${path}.buffer`, value.buffer]
  yield [`${path}: its prototype`, Reflect.getPrototypeOf(value)]
}

/** Cut from what the runtime cuts all small Buffers from, the test's own among them. */
const isPooled = (view: ArrayBufferView): boolean =>
  view instanceof Buffer && view.buffer.byteLength === Buffer.poolSize && view.length < Buffer.poolSize

function gotten(value: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(value, key)
  } catch (error) {
    return error // a getter that throws is walked by what it throws
  }
}
