import { once } from 'node:events'
import type { Socket } from 'node:net'

export interface Message {
  readonly type: string
  readonly body: Buffer
}

/** PostgreSQL's messages over a socket. */
export interface MessageWire {
  readonly socket: Socket
  read(): Promise<Message>
  write(type: string, body: Buffer): void
}

const INT32 = 4

export function int32(value: number): Buffer {
  const octets = Buffer.alloc(INT32)
  octets.writeInt32BE(value)
  return octets
}

export function messageWire(socket: Socket): MessageWire {
  async function take(count: number): Promise<Buffer> {
    for (;;) {
      const octets: Buffer | null = socket.read(count)
      if (octets?.length === count) return octets
      if (socket.readableEnded || socket.destroyed) throw new Error('the other side has gone')
      await Promise.race([once(socket, 'readable'), once(socket, 'close')])
    }
  }
  return {
    socket,
    async read() {
      const head = await take(1 + INT32)
      const length = head.readInt32BE(1) - INT32
      return { type: head.toString('latin1', 0, 1), body: length ? await take(length) : Buffer.alloc(0) }
    },
    write(type, body) {
      socket.write(Buffer.concat([Buffer.from(type), int32(INT32 + body.length), body]))
    },
  }
}

/** Protocol 3.0, from a user to the database "postgres". */
export function writeStartup(socket: Socket, user: string): void {
  const body = Buffer.concat([int32(196608), Buffer.from(`user\0${user}\0database\0postgres\0\0`)])
  socket.write(Buffer.concat([int32(INT32 + body.length), body]))
}
