import type { Offered } from '../connection.js'
import { malformed } from '../errors.js'

/**
 * What a server offers, as one value.
 *
 * @throws TypeError for what is no list of text; SaslError `malformed` for ill-formed text, which no mechanism could vouch
 *   for: a profile may hand on what its peer made of JSON.
 */
export function asOffered(list: readonly string[] | Offered): Offered {
  const offered = list && typeof list === 'object' && 'mechanisms' in list ? list : { mechanisms: list }
  requireTexts(
    offered.mechanisms,
    'what is offered must be a list of mechanism names, or { mechanisms: a list of them }',
  )
  if (offered.channelBindings !== undefined)
    requireTexts(
      offered.channelBindings,
      "channelBindings that are offered must be a list of types: ['tls-exporter']",
    )
  return offered
}

function requireTexts(list: readonly string[], what: string): void {
  if (!Array.isArray(list)) throw new TypeError(what)
  for (const text of list) {
    if (typeof text !== 'string') throw new TypeError(`${what}; each is text`)
    if (!text.isWellFormed()) throw malformed('the server offers what is no well-formed text')
  }
}
