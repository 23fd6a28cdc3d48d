/** All that an application may do to print a value. */
import buffer from 'node:buffer'
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { format, type InspectOptions, inspect } from 'node:util'

const WHOLE: InspectOptions = {
  depth: Number.POSITIVE_INFINITY,
  showHidden: true,
  getters: true,
  showProxy: true,
  maxArrayLength: Number.POSITIVE_INFINITY,
  maxStringLength: Number.POSITIVE_INFINITY,
}

/** Every octet of a Buffer, of which 50 are shown otherwise. */
export function wholly<T>(print: () => T): T {
  const before = buffer.INSPECT_MAX_BYTES
  buffer.INSPECT_MAX_BYTES = Number.POSITIVE_INFINITY
  try {
    return print()
  } finally {
    buffer.INSPECT_MAX_BYTES = before
  }
}

export function* printings(value: unknown): Generator<readonly [how: string, printed: string]> {
  yield ['inspect, whole', wholly(() => inspect(value, WHOLE))]
  yield ['inspect', inspect(value)]
  yield ['console.log', logged(value)]
  yield ['format', format('%s %o %O', value, value, value)]
  yield ['JSON', inJson(value)]
  yield ['a text', Object.prototype.toString.call(value)]
  if (value instanceof Error) {
    yield ['message', value.message]
    yield ['stack', value.stack ?? '']
    yield ['String', String(value)]
    yield ['its properties', JSON.stringify(value, Object.getOwnPropertyNames(value))]
  }
}

function logged(value: unknown): string {
  let written = ''
  const stream = new Writable({
    write(chunk, _, done) {
      written += chunk
      done()
    },
  })
  const to = new Console({ stdout: stream, stderr: stream })
  to.log(value)
  to.error('%s', value)
  to.dir(value, { depth: null, showHidden: true })
  return written
}

function inJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch (error) {
    // A circle, as sockets have; the walk has seen what is in it.
    return String(error)
  }
}
