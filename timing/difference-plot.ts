/** For each thing that was measured, how likely another kind takes longer than a known name with a wrong password. */
import type { Figures } from './figures.ts'
import { legend } from './quantile-plot.ts'
import type { Kind } from './row.ts'
import { linear } from './scale.ts'
import { classOf, dot, line, page, text } from './svg.ts'

const ROW_HIGH = 40
const [LEFT, WIDE] = [320, 600]
const TOP = 76
/** What has fewer tries says too little to make room for: its whiskers end at the edge. */
const ENOUGH = 200

/** What must look like each other. */
const SHOWN: readonly Exclude<Kind, 'known'>[] = ['known again', 'unknown', 'disabled']

export function differencePlot(title: string, all: readonly Figures[]): string {
  const rows = all.map(({ group, name, tries, compared }) => ({
    name: `${group}: ${name}`,
    tries,
    points: SHOWN.map((kind) => ({ kind, ...compared[kind] })),
  }))
  const far = Math.max(
    0.05,
    ...rows.flatMap(({ tries, points }) =>
      (tries < ENOUGH ? [] : points).map(({ longer, within }) => Math.abs(longer - 0.5) + within),
    ),
  )
  const scale = linear(0.5 - Math.min(far, 0.5), 0.5 + Math.min(far, 0.5), 8)
  const across = (value: number) => LEFT + Math.min(1, Math.max(0, scale.at(value))) * WIDE
  const end = TOP + rows.length * ROW_HIGH
  const parts = [
    ...legend(SHOWN),
    text(LEFT + WIDE / 2, TOP - 28, 'how likely it takes longer than a known name; whiskers: 95 %', {
      anchor: 'middle',
      css: 'small',
    }),
    ...scale.ticks.flatMap((tick) => [
      line(across(tick), TOP - 4, across(tick), end, Math.abs(tick - 0.5) < 1e-9 ? 'axis' : 'grid'),
      text(across(tick), TOP - 10, `${Math.round(tick * 1000) / 10} %`, { anchor: 'middle', css: 'small' }),
    ]),
    ...rows.flatMap(({ name, points }, at) => {
      const y = TOP + at * ROW_HIGH
      return [
        line(14, y, LEFT + WIDE, y, 'grid'),
        text(14, y + ROW_HIGH / 2 + 4, name),
        ...points.flatMap(({ kind, longer, within }, place) => {
          const height = y + 10 + place * 10
          return [
            line(
              across(longer - within),
              height,
              across(longer + within),
              height,
              `whisker ${classOf(kind)}`,
            ),
            dot(across(longer), height, classOf(kind)),
          ]
        }),
      ]
    }),
  ]
  return page(LEFT + WIDE + 30, end + 12, title, parts)
}
