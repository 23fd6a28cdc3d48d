import { abortable } from '../awaitable.js'
import { SaslError } from '../errors.js'

export interface Slots {
  /**
   * Runs the work when a slot is free. Aborting frees the caller at once; work that had begun, which no thread pool can
   * stop, keeps its slot to the end.
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

/**
 * Bounds how much heavy work runs at once and how much waits (security: a flood of logins must neither starve the
 * thread pool nor grow without limit).
 */
export function slots(atOnce: number, waiting: number): Slots {
  let free = atOnce
  const queue = new Set<() => void>()

  const release = () => {
    const [next] = queue
    if (next) {
      queue.delete(next)
      next()
    } else free++
  }

  return {
    async run(work, signal) {
      if (free > 0) free--
      else {
        if (queue.size >= waiting) throw new SaslError('temporary', 'too many key derivations are waiting')
        let go!: () => void
        const turn = new Promise<void>((resolve) => {
          go = resolve
          queue.add(go)
        })
        // Whoever was handed a slot just then fails below, and releases it.
        await abortable(turn, signal).catch((aborted) => {
          if (queue.delete(go)) throw aborted
        })
      }
      const done = (async () => {
        signal?.throwIfAborted() // it may have been while the slot was handed on
        return work()
      })().finally(release)
      return abortable(done, signal)
    },
  }
}
