/** Octets come as programs have them: views of Buffers, of memory that threads share, of wider numbers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { EMPTY, type Octets } from '../../src/octets.js'
import { challenge, finish, respond, success } from '../../src/step.js'

/** Each `length` octets, all 1. */
const KINDS: Readonly<Record<string, (length: number) => Uint8Array>> = {
  'a Uint8Array': (length) => new Uint8Array(length).fill(1),
  'a part of a Uint8Array': (length) =>
    new Uint8Array(length + 2).fill(1, 1, length + 1).subarray(1, length + 1),
  'a part of a Buffer': (length) =>
    Buffer.alloc(length + 2)
      .fill(1, 1, length + 1)
      .subarray(1, length + 1),
  // Browsers have it on pages that are isolated from others.
  ...(typeof SharedArrayBuffer === 'function' && {
    'a part of shared memory': (length: number) =>
      new Uint8Array(new SharedArrayBuffer(length + 2), 1, length).fill(1),
    'a Buffer in shared memory': (length: number) =>
      Buffer.from(new SharedArrayBuffer(length + 2), 1, length).fill(1),
  }),
}

function assertPlain(octets: Octets, length: number): void {
  assert.equal(octets.constructor, Uint8Array)
  assert.deepEqual(octets, new Uint8Array(length).fill(1))
}

for (const [kind, make] of Object.entries(KINDS))
  test(`a mechanism is given plain octets of ${kind}`, async () => {
    for (const length of [1, 64, 65, 1000]) {
      const seen: Octets[] = []
      const server = new ServerExchange({
        name: 'X-TEST',
        start: (first) =>
          challenge(EMPTY, (second) => {
            seen.push(first!, second)
            return success({ authcid: 'tim' })
          }),
      })
      await server.step(make(length))
      assert.equal((await server.step(make(length))).kind, 'success')

      const client = new ClientExchange({
        name: 'X-TEST',
        start: () =>
          respond(EMPTY, (asked) => {
            seen.push(asked)
            return finish(EMPTY, (data) => {
              seen.push(data)
              return finish(EMPTY)
            })
          }),
      })
      await client.start()
      await client.challenge(make(length))
      await client.success(make(length))
      assert.equal(seen.length, 4)
      for (const octets of seen) assertPlain(octets, length)
    }
  })

test('limits count octets, whatever an array is of', async () => {
  const wide = (elements: number): Uint8Array => new Float64Array(elements) as unknown as Uint8Array
  for (const [elements, ends] of [
    [128, 'challenge'],
    [129, 'limit-exceeded'],
  ] as const) {
    const server = new ServerExchange(
      { name: 'X-TEST', start: () => challenge(EMPTY, () => success({ authcid: 'tim' })) },
      { maxLength: 1024 },
    )
    const reply = await server.step(wide(elements))
    assert.equal(reply.kind === 'failure' ? reply.reason : reply.kind, ends)

    const client = new ClientExchange(
      { name: 'X-TEST', start: () => respond(EMPTY, () => finish(EMPTY)) },
      { maxLength: 1024 },
    )
    await client.start()
    const answered = await Promise.resolve(wide(elements))
      .then((octets) => client.challenge(octets))
      .then(
        () => 'challenge',
        ({ reason }) => reason,
      )
    assert.equal(answered, ends)
  }
})
