import { PreparationError } from './preparation-error.js'

/**
 * Applies rules until they change nothing more, four times at most (RFC 8264 section 7).
 *
 * @throws PreparationError `unstable`.
 */
export function untilStable(rules: (text: string) => string, text: string): string {
  let output = text
  for (let applied = 0; applied < 4; applied++) {
    const next = rules(output)
    if (next === output) return output
    output = next
  }
  throw new PreparationError('unstable')
}
