/** Why some mutants survive and may: the change makes no difference that anybody could see. */
export interface Explanation {
  /** Below packages/saslkit/src; without it, any file. */
  readonly file?: string
  /** The line, without what is around it. */
  readonly code: string | RegExp
  /** What it changes; without it, anything in the line. */
  readonly original?: string | RegExp
  /** What that becomes; without it, whatever. */
  readonly replacement?: string | readonly string[]
  readonly why: string
}
