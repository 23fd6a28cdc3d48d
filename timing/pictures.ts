import { differencePlot } from './difference-plot.ts'
import type { Figures } from './figures.ts'
import { quantilePlot } from './quantile-plot.ts'

export interface Picture {
  /** Of its file, without `.svg`. */
  readonly name: string
  readonly svg: string
}

/** Rows of one group share one; in the order of the rows. */
export const groupsOf = (all: readonly Figures[]): readonly string[] => [
  ...new Set(all.map(({ group }) => group)),
]

export const nameOf = (group: string): string => group.toLowerCase()

export const picturesOf = (all: readonly Figures[]): readonly Picture[] => [
  ...groupsOf(all).map((group) => ({
    name: nameOf(group),
    svg: quantilePlot(
      `Times of ${group}, by quantile`,
      all.filter((each) => each.group === group),
    ),
  })),
  {
    name: 'differences',
    svg: differencePlot('How likely each kind takes longer than a known name', all),
  },
]
