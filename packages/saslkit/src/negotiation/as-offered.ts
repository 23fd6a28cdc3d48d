import type { Offered } from '../connection.js'
import { malformed } from '../errors.js'

/**
 * What a server offers, as one value.
 *
 * @throws TypeError for what is no list of text.
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
  // Not by "every", which passes over holes.
  for (let i = 0; i < list.length; i++)
    if (typeof list[i] !== 'string') throw new TypeError(`${what}; each is text`)
}

/**
 * A profile may hand on what its peer made of JSON.
 *
 * @throws SaslError `malformed` for text that has no octets, which nobody can vouch for (XEP-0474 section 6.1).
 */
export function requireWellFormedOffer({ mechanisms, channelBindings = [] }: Offered): void {
  const isWellFormed = (text: string) => text.isWellFormed()
  if (!mechanisms.every(isWellFormed) || !channelBindings.every(isWellFormed))
    throw malformed('the server offers what is no well-formed text')
}
