import type { Socket } from 'node:net'
import { clearTimeout, setTimeout } from 'node:timers'

/** Milliseconds. Within them a peer that reads has read all; for one that does not, the kernel would wait without end. */
const PATIENCE = 5000

/**
 * Ends a connection, with a last word where the peer still takes what is written. What becomes of it afterwards is of
 * no interest to anybody, and must neither end the process nor hold the connection.
 */
export function leave(socket: Socket, lastWord = '', patience: number = PATIENCE): void {
  socket.on('error', () => {})
  // Where the peer has ended its side, Node has ended ours, with what is not sent yet still to come.
  if (socket.writableNeedDrain || !(socket.writable || socket.writableEnded)) {
    socket.destroy()
    return
  }
  const giveUp = setTimeout(() => socket.destroy(), patience).unref()
  socket.once('close', () => clearTimeout(giveUp))
  if (lastWord && !socket.writableEnded) socket.write(lastWord, 'latin1')
  socket.destroySoon()
}
