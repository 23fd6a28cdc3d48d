/** Why some mutants survive and may: the change makes no difference that anybody could see. */
export interface Explanation {
  /** Below packages/saslkit/src. */
  readonly file: string
  /** The line, without what is around it. */
  readonly code: string
  /** What it changes; without it, anything in the line. */
  readonly original?: string
  /** What that becomes; without it, whatever. */
  readonly replacement?: string | readonly string[]
  readonly why: string
}
