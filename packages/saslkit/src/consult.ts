import { type Awaitable, isPromise } from './awaitable.js'
import { SaslError } from './errors.js'

const unanswered = (cause: unknown): never => {
  throw new SaslError('temporary', 'the directory could not answer', { cause })
}

/**
 * Asks the application. Whatever it throws, be it a SaslError, means that it could not answer: `temporary`, which is
 * neither success nor a verdict on the credentials (security invariant I9).
 */
export function consult<T>(ask: () => Awaitable<T>): Awaitable<T> {
  try {
    const answer = ask()
    return isPromise(answer) ? Promise.resolve(answer).catch(unanswered) : answer
  } catch (cause) {
    return unanswered(cause)
  }
}
