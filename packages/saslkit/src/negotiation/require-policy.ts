import { requireKnown } from '../require-known.js'
import { requireNames } from './require-names.js'

const CHANNEL_BINDING: readonly unknown[] = ['disable', 'prefer', 'require']

/**
 * Checks what the policies of both sides have alike. A word that nobody knows must not pass for a policy that holds: a list
 * of mechanisms where a policy should be, or `mechanism` in place of `mechanisms`, would allow all.
 *
 * @throws TypeError, RangeError
 */
export function requirePolicy(
  policy: { readonly mechanisms?: readonly unknown[] | undefined; readonly channelBinding?: unknown },
  known: readonly string[],
): void {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy))
    throw new TypeError(
      `policy must be an object: { mechanisms: ['SCRAM-SHA-256'] }; known are ${known.join(', ')}`,
    )
  requireKnown(policy, known, 'policy')
  requireNames(policy.mechanisms)
  const { channelBinding = 'prefer' } = policy
  if (!CHANNEL_BINDING.includes(channelBinding))
    throw new RangeError('channelBinding must be disable, prefer or require')
}
