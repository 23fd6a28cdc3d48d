import { base64Length, writeBase64 } from './base64.js'
import type { Octets } from './octets.js'
import { SHORT } from './shelf.js'
import { utf8 } from './utf8.js'

const SHARED = 8192

/**
 * A message in the making, part by part. There is one at a time: it is lost when another is begun.
 *
 * It is written in a buffer that holds others too, for what V8 does not keep on its own heap costs a microsecond to make
 * (bench/parts.ts). What the caller gets is a copy: whoever clones or transfers octets takes the whole buffer along.
 */
class Draft {
  #shared: Octets = new Uint8Array(SHARED)
  /** Where this message begins, and where its next part goes. */
  #start = 0
  #end = 0

  begin(): this {
    this.#end = this.#start
    return this
  }

  /** Text is written as UTF-8. @throws TypeError on a lone surrogate. */
  text(part: string): this {
    const octets = this.#reserve(part.length)
    const start = this.#end
    for (let i = 0; i < part.length; i++) {
      const code = part.charCodeAt(i)
      if (code > 0x7f) return this.octets(utf8(part))
      octets[start + i] = code
    }
    this.#end = start + part.length
    return this
  }

  /** The octets of `part` from `start` up to `end`. */
  octets(part: Uint8Array, start = 0, end: number = part.length): this {
    const octets = this.#reserve(end - start)
    let at = this.#end
    for (let i = start; i < end; i++) octets[at++] = part[i]!
    this.#end = at
    return this
  }

  base64(part: Uint8Array): this {
    const length = base64Length(part)
    writeBase64(part, this.#reserve(length), this.#end)
    this.#end += length
    return this
  }

  /** The message, which is the caller's. */
  take(): Octets {
    const start = this.#start
    const length = this.#end - start
    if (length > SHORT) return this.#shared.slice(start, this.#end)
    const message = new Uint8Array(length)
    for (let i = 0; i < length; i++) message[i] = this.#shared[start + i]!
    return message
  }

  /** The message where it stands, among others: for what is hashed here, and never handed on. */
  lend(): Octets {
    const message = this.#shared.subarray(this.#start, this.#end)
    this.#start = this.#end
    return message
  }

  /** Room for so many octets more, at #end. */
  #reserve(length: number): Octets {
    if (this.#end + length <= this.#shared.length) return this.#shared
    const begun = this.#shared.subarray(this.#start, this.#end)
    this.#shared = new Uint8Array(Math.max(SHARED, 2 * (begun.length + length)))
    this.#shared.set(begun)
    this.#start = 0
    this.#end = begun.length
    return this.#shared
  }
}

const only = new Draft()

/** Begins a message. */
export const draft = (): Draft => only.begin()
