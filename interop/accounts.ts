/** RFC 4616 section 4's account, and one that is not ASCII. */
export const TIM = { authcid: 'tim', password: 'tanstaaftanstaaf' } as const
export const JURGEN = { authcid: 'jürgen', password: 'pässwörd' } as const
/** SASLprep maps U+2168, the Roman numeral nine, to "IX" (RFC 4013 section 3): two ways to type one password. */
export const NINE = { authcid: 'nine', password: '\u2168', typed: 'IX' } as const
export const WRONG_PASSWORD = 'tanstaaftanstaaf!'
