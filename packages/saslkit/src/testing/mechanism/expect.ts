import { isPromise } from '../../awaitable.js'
import { type FailureReason, SaslError } from '../../errors.js'
import type { ServerReply } from '../../exchange/server.js'
import { hex, type Octets } from '../../octets.js'
import type { Failure, Identity } from '../../step.js'

/** Throws an Error with the message unless it holds: all that the suites need of an assertion library. */
export function expect(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message)
}

/** What was thrown, at once or as a rejection; the suite fails where nothing was, and says what that means. */
export async function thrown(
  work: () => unknown,
  what: string,
  meaning = 'expected an error, and there was none',
): Promise<unknown> {
  try {
    const result = work()
    if (isPromise(result)) await result
  } catch (error) {
    return error
  }
  throw new Error(`${what}: ${meaning}`)
}

export async function expectTypeError(work: () => unknown, what: string): Promise<void> {
  const error = await thrown(work, what)
  expect(error instanceof TypeError, `${what}: expected a TypeError, not ${String(error)}`)
}

export function expectSaslError(
  error: unknown,
  what: string,
  reason?: FailureReason,
): asserts error is SaslError {
  expect(error instanceof SaslError, `${what}: expected a SaslError, not ${String(error)}`)
  expect(
    reason === undefined || error.reason === reason,
    `${what}: expected ${reason}, not ${error.reason} (${error.message})`,
  )
}

export function expectFailure(
  reply: ServerReply | undefined,
  what: string,
  ...reasons: readonly FailureReason[]
): Failure {
  expect(reply?.kind === 'failure', `${what}: expected failure, not ${reply?.kind}`)
  expect(
    reasons.includes(reply.reason),
    `${what}: expected ${reasons.join(' or ')}, not ${reply.reason} (${String(reply.cause)})`,
  )
  return reply
}

export function expectIdentity(reply: ServerReply | undefined, identity: Identity, what: string): void {
  expect(reply?.kind === 'success', `${what}: expected success, not ${JSON.stringify(reply)}`)
  const [is, shall] = [reply.identity, identity].map(({ authcid, authzid, anonymous }) =>
    JSON.stringify({ authcid, authzid, trace: anonymous?.trace, anonymous: anonymous !== undefined }),
  )
  expect(is === shall, `${what}: expected the identity ${shall}, not ${is}`)
}

export const shown = (octets: Octets | undefined): string => (octets ? `<${hex(octets)}>` : 'nothing')
