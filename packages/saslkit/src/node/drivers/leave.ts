import type { Socket } from 'node:net'

/**
 * Ends a connection, with a last word where the peer still takes what is written. What becomes of it afterwards is of
 * no interest to anybody, and must not end the process.
 */
export function leave(socket: Socket, lastWord = ''): void {
  if (socket.writableEnded) return
  socket.on('error', () => {})
  if (socket.writableNeedDrain || !socket.writable) {
    socket.destroy()
    return
  }
  if (lastWord) socket.write(lastWord, 'latin1')
  socket.destroySoon()
}
