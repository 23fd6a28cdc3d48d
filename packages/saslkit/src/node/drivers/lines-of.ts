import type { Socket } from 'node:net'
import { malformed, SaslError } from '../../errors.js'

/** A socket as lines, for as long as nobody else reads from it. */
export interface Lines {
  /**
   * The next line without its CRLF, a character for each octet. Undefined: the peer has closed the connection.
   *
   * @throws SaslError `limit-exceeded` for a longer one, `malformed` for a bare CR or LF and for NUL, `aborted`.
   */
  readLine(longest: number): Promise<string | undefined>
  /** So many octets, whatever they are. */
  readOctets(length: number): Promise<string | undefined>
  /** Waits while the peer does not take what was written before. */
  write(text: string): Promise<void>
  /** Octets that have come and were not asked for yet. */
  unread(): number
  /** What ended the connection, where it did not simply end. */
  error(): Error | undefined
  /** Leaves the socket to the next reader, with all that was not asked for still in it. */
  release(): void
}

const [LF, CR, NUL] = [10, 13, 0]

/** At once. To take all, and give most of it back, leaves the stream empty for a moment, and it reads on for ever. */
const PIECE = 4096

/** @throws TypeError for a socket whose encoding is set: it hands out text, and what text hides is what must be seen. */
export function linesOf(socket: Socket, signal: AbortSignal): Lines {
  if (socket.readableEncoding !== null)
    throw new TypeError('the socket has an encoding; pass one on which setEncoding() was never called')
  let wake: (() => void) | undefined
  let failure: Error | undefined
  let rest: Buffer = Buffer.alloc(0)

  const go = () => wake?.()
  const fail = (error: Error) => {
    failure = error
    go()
  }
  const events = ['readable', 'end', 'drain', 'close'] as const
  for (const event of events) socket.on(event, go)
  socket.on('error', fail)
  signal.addEventListener('abort', go)

  /** Waits until `poll` answers; undefined when the connection ends first. */
  async function until<T>(poll: () => T | undefined): Promise<T | undefined> {
    for (;;) {
      if (signal.aborted) throw new SaslError('aborted', 'the login was aborted', { cause: signal.reason })
      const found = poll()
      if (found !== undefined) return found
      if (failure || socket.destroyed || socket.readableEnded) return undefined
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      wake = undefined
    }
  }

  /** Reads on until there is nothing left: only then is a stream bound to say 'readable' again, and Deno's does not before. */
  const untilRead = <T>(found: (chunk: Buffer) => T | undefined): Promise<T | undefined> =>
    until(() => {
      for (;;) {
        // Deno's does not tell of its end when what was read last was all there was, and asked for by its size.
        const chunk: Buffer | null = socket.readableLength > PIECE ? socket.read(PIECE) : socket.read()
        if (chunk === null) return undefined
        const all = found(chunk)
        if (all !== undefined) return all
      }
    })

  /** What is not of this line goes back at once, so that the stream does not take itself for read to the end. */
  function take(chunk: Buffer, wanted: number): void {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    if (wanted < rest.length) socket.unshift(rest.subarray(wanted))
    rest = rest.subarray(0, wanted)
  }

  return {
    async readLine(longest) {
      const line = await untilRead((chunk) => {
        const end = chunk.indexOf(LF)
        take(chunk, end < 0 ? Number.POSITIVE_INFINITY : rest.length + end + 1)
        if (rest.length > longest + 2 || (end < 0 && rest.length > longest + 1))
          throw new SaslError('limit-exceeded', `a line of more than ${longest} octets`)
        return end < 0 ? undefined : rest
      })
      rest = Buffer.alloc(0)
      return line && withoutEnd(line)
    },
    async readOctets(length) {
      if (length === 0) return ''
      const octets = await untilRead((chunk) => {
        take(chunk, length)
        return rest.length < length ? undefined : rest
      })
      rest = Buffer.alloc(0)
      return octets?.toString('latin1')
    },
    async write(text) {
      if (text === '' || !socket.writable || socket.write(text, 'latin1')) return
      await until(() => (socket.writableNeedDrain ? undefined : true))
    },
    unread: () => socket.readableLength,
    error: () => failure,
    release() {
      for (const event of events) socket.off(event, go)
      socket.off('error', fail)
      signal.removeEventListener('abort', go)
    },
  }
}

/** RFC 5321 section 2.3.8: only CRLF ends a line, and neither half of it stands alone. */
function withoutEnd(line: Buffer): string {
  const end = line.length - 2
  if (line.indexOf(CR) !== end || line.indexOf(NUL) >= 0)
    throw malformed('a bare CR or LF, or NUL, in a line')
  return line.toString('latin1', 0, end)
}
