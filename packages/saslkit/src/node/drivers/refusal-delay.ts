import { randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { FailureReason } from '../../errors.js'

/** Milliseconds, where the application says nothing. */
export const REFUSAL_DELAY = 1000

/** What a directory or `authorize` had a part in: how soon the answer comes could tell which part. */
const JUDGED: ReadonlySet<FailureReason> = new Set([
  'invalid-credentials',
  'not-authorized',
  'account-disabled',
  'credentials-expired',
  'temporary',
])

/**
 * Waits until a refusal may leave: `delay` milliseconds after the client's last message, however long it took to judge it, and
 * by chance up to half as long again, so that refusals which came together do not leave in their order.
 *
 * @throws the signal's reason, when it is aborted.
 */
export async function refusalDelay(
  reason: FailureReason,
  heardAt: number,
  delay: number,
  signal: AbortSignal,
): Promise<void> {
  if (!JUDGED.has(reason) || delay === 0) return
  const rest = heardAt + delay + randomInt(Math.ceil(delay / 2)) - performance.now()
  if (rest > 0) await setTimeout(rest, undefined, { signal })
}
