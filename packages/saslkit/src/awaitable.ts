/** A value, or a promise of it. `await` takes either; the exchanges wait only where there is something to wait for. */
export type Awaitable<T> = T | PromiseLike<T>

/** As `await` takes them (ECMA-262, promise resolve functions): what can be called may be one, as stubs of remote objects are. */
export const isPromise = <T>(value: Awaitable<T>): value is PromiseLike<T> =>
  // The type first: to look for `then` on a text or on undefined is slow, and in vain.
  (typeof value === 'object' || typeof value === 'function') &&
  typeof (value as Partial<PromiseLike<T>> | null)?.then === 'function'

/** Goes on at once with a value, and later with a promise, or with what merely has a `then` (query builders do). */
export const andThen = <A, B>(value: Awaitable<A>, next: (value: A) => Awaitable<B>): Awaitable<B> =>
  isPromise(value) ? Promise.resolve(value).then(next) : next(value)

/** Waits for the work or the signal, whichever comes first: a lookup that never answers cannot hold an exchange. */
export function abortable<T>(work: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return Promise.resolve(work)
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    // Both handlers stand from the start: what comes after an abort is dropped, not an unhandled rejection.
    Promise.resolve(work)
      .then(resolve, reject)
      .then(() => signal.removeEventListener('abort', stop))
  })
}
