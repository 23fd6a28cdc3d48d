import { nextTick } from '@noble/hashes/utils.js'

interface Host {
  setImmediate?: (callback: () => void) => unknown
}

/**
 * Lets everybody else run: what hashes in JavaScript calls it every few milliseconds of work.
 *
 * @throws `signal.reason` when aborted.
 */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  const { setImmediate } = globalThis as Host
  await (setImmediate ? new Promise<void>((resolve) => setImmediate(resolve)) : nextTick())
  signal?.throwIfAborted()
}
