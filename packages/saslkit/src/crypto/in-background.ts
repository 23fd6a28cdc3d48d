import type { Awaitable } from '../awaitable.js'

interface Host {
  readonly scheduler?: {
    postTask?<T>(task: () => Awaitable<T>, options: { readonly priority: 'background' }): Promise<T>
  }
}

/**
 * Runs long work in JavaScript that yields now and then. Browsers put what has yielded before timers and messages of the
 * same priority, which then wait to the end: so it runs at the least.
 */
export const inBackground = async <T>(work: () => Promise<T>): Promise<T> => {
  const { scheduler } = globalThis as Host
  return scheduler?.postTask ? scheduler.postTask(work, { priority: 'background' }) : work()
}
