/** RFC 8264 sections 8 and 9, over the Unicode version of the engine. */

export type StringClass = 'identifier' | 'freeform'

/** `context`: allowed where a contextual rule is met (precis-context.ts). */
export type Verdict = 'valid' | 'context' | 'disallowed' | 'unassigned'

// Section 9.6, which is RFC 5892 section 2.6.
const EXCEPTION_VALID = /[\u00df\u03c2\u06fd\u06fe\u0f0b\u3007]/
const EXCEPTION_CONTEXT = /[\u00b7\u0375\u05f3\u05f4\u0660-\u0669\u06f0-\u06f9\u30fb]/
const EXCEPTION_DISALLOWED = /[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]/

const UNASSIGNED = /(?!\p{Noncharacter_Code_Point})\p{Cn}/u
const ASCII7 = /[!-~]/
const JOIN_CONTROL = /\p{Join_Control}/u
/** Section 9.9: Hangul_Syllable_Type L, V or T, all of them in these blocks. */
const OLD_HANGUL_JAMO = /[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7c6\ud7cb-\ud7fb]/
const IGNORABLE_OR_CONTROL = /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cc}]/u
const LETTER_OR_DIGIT = /[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]/u
/** Sections 9.14 to 9.16 and 9.18: spaces, symbols, punctuation, other letters and digits. */
const FREEFORM_ONLY = /[\p{Zs}\p{S}\p{P}\p{Lt}\p{Nl}\p{No}\p{Me}]/u

/** The order is that of section 8, which forbids to change it. Takes one code point. */
export function verdictOn(character: string, stringClass: StringClass): Verdict {
  const freeform = stringClass === 'freeform' ? 'valid' : 'disallowed'
  if (EXCEPTION_VALID.test(character)) return 'valid'
  if (EXCEPTION_CONTEXT.test(character)) return 'context'
  if (EXCEPTION_DISALLOWED.test(character)) return 'disallowed'
  if (UNASSIGNED.test(character)) return 'unassigned'
  if (ASCII7.test(character)) return 'valid'
  if (JOIN_CONTROL.test(character)) return 'context'
  if (OLD_HANGUL_JAMO.test(character)) return 'disallowed'
  if (IGNORABLE_OR_CONTROL.test(character)) return 'disallowed'
  if (character.normalize('NFKC') !== character) return freeform
  if (LETTER_OR_DIGIT.test(character)) return 'valid'
  return FREEFORM_ONLY.test(character) ? freeform : 'disallowed'
}
