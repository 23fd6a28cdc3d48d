import type { ChannelBindingType } from '../connection.js'
import { requireIterations } from '../mechanisms/scram/client.js'
import { requireNamePreparation, requirePreparation } from '../strings/require-preparation.js'
import type { ClientPolicy } from './client.js'
import { requirePolicy } from './require-policy.js'
import { requireStrength } from './strength.js'

const KNOWN: Readonly<Record<Exclude<keyof ClientPolicy, symbol>, true>> = {
  mechanisms: true,
  minimum: true,
  channelBinding: true,
  bindingTypes: true,
  iterations: true,
  keyCache: true,
  prepare: true,
  prepareName: true,
}

const BINDING_TYPES: readonly ChannelBindingType[] = ['tls-exporter', 'tls-server-end-point', 'tls-unique']

/** @throws TypeError, RangeError */
export function requireClientPolicy(policy: ClientPolicy): void {
  requirePolicy(policy, Object.keys(KNOWN))
  const { minimum, iterations, keyCache, bindingTypes } = policy
  if (minimum !== undefined) requireStrength(minimum)
  if (iterations !== undefined && !Array.isArray(iterations))
    throw new TypeError('iterations must be [min, max]: the least and the most that are accepted')
  requireIterations(iterations)
  if (keyCache !== undefined && !(typeof keyCache?.get === 'function' && typeof keyCache.set === 'function'))
    throw new TypeError('keyCache needs get() and set(); a Map will do')
  requirePreparation(policy.prepare, 'prepare')
  requireNamePreparation(policy.prepareName, 'prepareName')
  if (bindingTypes !== undefined) requireBindingTypes(bindingTypes)
}

function requireBindingTypes(types: readonly ChannelBindingType[]): void {
  if (!Array.isArray(types)) throw new TypeError("bindingTypes must be a list: ['tls-exporter']")
  for (const type of types)
    if (!BINDING_TYPES.includes(type))
      throw new RangeError(
        `unknown binding type ${JSON.stringify(type)}; known are ${BINDING_TYPES.join(', ')}`,
      )
}
