import type { NamePreparation, Preparation } from './prepare.js'

const PREPARATIONS: readonly Preparation[] = ['saslprep', 'precis', 'postgresql', 'mongodb', 'none']
const NAME_PREPARATIONS: readonly NamePreparation[] = [...PREPARATIONS, 'precis-case-preserved']

/** @throws TypeError for what is no rule, before there is anything to prepare by it. Undefined is the default's. */
export const requirePreparation = (rule: Preparation | undefined, what: string): void =>
  requireOneOf(rule, PREPARATIONS, what)

/** The same of a rule for names. */
export const requireNamePreparation = (rule: NamePreparation | undefined, what: string): void =>
  requireOneOf(rule, NAME_PREPARATIONS, what)

function requireOneOf(
  rule: NamePreparation | undefined,
  known: readonly NamePreparation[],
  what: string,
): void {
  if (rule !== undefined && !known.includes(rule))
    throw new TypeError(`${what}: unknown preparation ${String(rule)}; known are ${known.join(', ')}`)
}
