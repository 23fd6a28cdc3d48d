/** Which rule refused the string. */
export type PreparationRule =
  /** Holds what the profile prohibits: a control character, a private-use code point, a lone surrogate … */
  | 'prohibited'
  /** Holds a code point that is unassigned in the profile's Unicode version. */
  | 'unassigned'
  /** Mixes right-to-left with left-to-right text (RFC 3454 section 6, RFC 5893 section 2). */
  | 'bidi'
  /** Holds a code point that is allowed only in certain contexts (RFC 5892 appendix A). */
  | 'context'
  /** Nothing is left. */
  | 'empty'
  /** Changes each time the rules are applied (RFC 8264 section 7). */
  | 'unstable'

const MESSAGES: Readonly<Record<PreparationRule, string>> = {
  prohibited: 'the string holds a prohibited code point',
  unassigned: 'the string holds an unassigned code point',
  bidi: 'the string mixes right-to-left and left-to-right characters',
  context: 'the string holds a code point that is not allowed in its context',
  empty: 'nothing is left of the string',
  unstable: 'the string has no stable form',
}

/**
 * A name or password that has no prepared form. Passwords are prepared too, so that the message tells the rule and
 * nothing of the string.
 */
export class PreparationError extends RangeError {
  override readonly name: string = 'PreparationError'
  readonly rule: PreparationRule

  constructor(rule: PreparationRule) {
    super(MESSAGES[rule])
    this.rule = rule
  }
}
