import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { linesOf } from '../../src/node/drivers/lines-of.js'

/**
 * A socket that says 'readable' only as often as a stream must: again once it was read until there was nothing left, as
 * node:stream's documentation has it. Deno's does no more.
 */
class Sparing extends EventEmitter {
  readonly readableEncoding = null
  readonly destroyed = false
  readonly readableEnded = false
  #chunks: Buffer[] = []
  #emptied = true

  come(text: string): void {
    this.#chunks.push(Buffer.from(text))
    if (!this.#emptied) return
    this.#emptied = false
    queueMicrotask(() => this.emit('readable'))
  }
  read(): Buffer | null {
    const chunk = this.#chunks.shift() ?? null
    if (chunk === null) this.#emptied = true
    return chunk
  }
  unshift(chunk: Buffer): void {
    this.#chunks.unshift(chunk)
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve))

test('a line and octets that come in pieces are read, however rarely the socket says so', async () => {
  const socket = new Sparing()
  const lines = linesOf(socket as unknown as Socket, new AbortController().signal)
  const line = lines.readLine(20)
  for (const piece of ['22', '0', ' x\r', '\nab']) {
    socket.come(piece)
    await turn()
  }
  assert.equal(await Promise.race([line, turn()]), '220 x')
  const octets = lines.readOctets(4)
  for (const piece of ['c', 'd', 'e']) {
    socket.come(piece)
    await turn()
  }
  assert.equal(await Promise.race([octets, turn()]), 'abcd')
  assert.equal(await lines.readOctets(0), '')
  lines.release()
})
