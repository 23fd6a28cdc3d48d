/** What is wanted of a figure, and what it was: numbers, so that a report can be made of a record. */
export interface Target {
  readonly name: string
  /** The issue that asks for it. */
  readonly asked: 'core' | 'stored credentials'
  readonly value?: number | undefined
  /** The least and the most of its rounds, where it has any. */
  readonly range?: Range | undefined
  /** Without it, the figure is asked to be told, and no more. */
  readonly wanted?: readonly ['at least' | 'at most' | 'under', number] | undefined
  readonly unit?: string | undefined
  /** Digits after the point; default 2. */
  readonly digits?: number | undefined
  /** What stands behind the figure. */
  readonly note?: string | undefined
}

export type Range = readonly [least: number, most: number]

/** Undefined where it could not be measured, or nothing is wanted of it. */
export function isMet({ value, wanted }: Target): boolean | undefined {
  if (value === undefined || !wanted) return undefined
  const [how, limit] = wanted
  return how === 'at least' ? value >= limit : how === 'at most' ? value <= limit : value < limit
}

export const wantedText = ({ wanted, unit }: Target): string =>
  wanted ? `${wanted[0]} ${wanted[1].toLocaleString('en')}${unit ? ` ${unit}` : ''}` : 'told'

export function measuredText({ value, range, unit, digits = 2, note }: Target): string {
  if (value === undefined) return 'not measured'
  const written = (figure: number) =>
    figure.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const between = range ? ` (${written(range[0])} to ${written(range[1])})` : ''
  return `${written(value)}${unit ? ` ${unit}` : ''}${between}${note ? `; ${note}` : ''}`
}

/** A tick, a cross, a question mark where it could not be measured, and nothing where nothing is wanted. */
export function mark(target: Target): string {
  if (target.value === undefined) return '?'
  const met = isMet(target)
  return met === undefined ? '' : met ? '✓' : '✗'
}
