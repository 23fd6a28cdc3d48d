/**
 * PRECIS names and passwords (RFC 8265). The rules are applied in the order of RFC 8264 section 7: what a code point may
 * be is asked of the mapped and normalized string, so that a decomposed Hangul syllable or an ångström sign is mapped and
 * not refused. PRECIS follows the Unicode of the day, which here is the engine's.
 */
import { bidiRule } from './bidi-rule.js'
import { normalize } from './normalize.js'
import { type StringClass, verdictOn } from './precis-classes.js'
import { contextAllows } from './precis-context.js'
import { PreparationError } from './preparation-error.js'
import { untilStable } from './until-stable.js'

/**
 * RFC 8265 section 3.3: case is lost, by Unicode's toLowercase, final sigma included.
 *
 * @throws PreparationError `prohibited`, `unassigned`, `context`, `bidi`, `empty` or `unstable`.
 * @throws TypeError if text is no string.
 */
export function usernameCaseMapped(text: string): string {
  return username(text, (name) => normalize(mapWidth(name).toLowerCase(), 'NFC'))
}

/**
 * RFC 8265 section 3.4: case is kept.
 *
 * @throws as usernameCaseMapped.
 */
export function usernameCasePreserved(text: string): string {
  return username(text, (name) => normalize(mapWidth(name), 'NFC'))
}

/**
 * A password (RFC 8265 section 4.2).
 *
 * @throws PreparationError `prohibited`, `unassigned`, `context`, `empty` or `unstable`.
 * @throws TypeError if text is no string.
 */
export function opaqueString(text: string): string {
  return enforce(text, (password) => normalize(password.replace(/\p{Zs}/gu, ' '), 'NFC'), 'freeform')
}

function username(text: string, rules: (name: string) => string): string {
  const name = enforce(text, rules, 'identifier')
  if (!bidiRule(name)) throw new PreparationError('bidi')
  return name
}

function enforce(text: string, rules: (text: string) => string, stringClass: StringClass): string {
  if (typeof text !== 'string') throw new TypeError('PRECIS: pass a string')
  const output = untilStable(rules, text)
  if (output === '') throw new PreparationError('empty')
  let needsContext = false
  for (const character of output) {
    const verdict = verdictOn(character, stringClass)
    if (verdict === 'context') needsContext = true
    else if (verdict === 'unassigned') throw new PreparationError('unassigned')
    else if (verdict === 'disallowed') throw new PreparationError('prohibited')
  }
  if (needsContext && !contextAllows(output)) throw new PreparationError('context')
  return output
}

/**
 * Code points of Decomposition_Type Wide or Narrow become what they decompose to. Halfwidth Hangul letters are left:
 * they decompose to letters that the IdentifierClass disallows as well, while NFKC would make syllables of them.
 */
const mapWidth = (text: string): string =>
  text.replace(/[\u3000\uff01-\uff9f\uffe0-\uffee]/g, (character) => character.normalize('NFKC'))
