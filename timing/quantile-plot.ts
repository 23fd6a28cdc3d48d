/** Each kind's times by quantile: where lines lie on each other, whoever measures sees the same. */
import { type Figures, PARTS } from './figures.ts'
import { KINDS, type Kind, LEGEND } from './row.ts'
import { linear, type Scale } from './scale.ts'
import { classOf, curve, line, page, text } from './svg.ts'

const [WIDE, HIGH] = [236, 150]
const [LEFT, RIGHT, TOP, BOTTOM] = [58, 26, 30, 34]
const COLUMNS = 3
const LEGEND_HIGH = 46

export function quantilePlot(title: string, all: readonly Figures[]): string {
  const columns = Math.min(COLUMNS, all.length)
  const width = Math.max(columns * (LEFT + WIDE + RIGHT), 940)
  const rows = Math.ceil(all.length / columns)
  const height = LEGEND_HIGH + rows * (TOP + HIGH + BOTTOM) + 8
  const panels = all.flatMap((figures, at) =>
    panel(
      figures,
      (at % columns) * (LEFT + WIDE + RIGHT) + LEFT,
      LEGEND_HIGH + Math.floor(at / columns) * (TOP + HIGH + BOTTOM) + TOP,
    ),
  )
  return page(width, height, title, [...legend(KINDS), ...panels])
}

export function legend(kinds: readonly Kind[]): string[] {
  return kinds.flatMap((kind, at) => {
    const x = 14 + (at % 3) * 310
    const y = 18 + Math.floor(at / 3) * 18
    return [line(x, y - 4, x + 26, y - 4, `mark ${classOf(kind)}`), text(x + 33, y, LEGEND[kind])]
  })
}

function panel({ name, quantiles }: Figures, x: number, y: number): string[] {
  const every = KINDS.flatMap((kind) => quantiles[kind])
  const scale = linear(Math.min(...every), Math.max(...every))
  const across = (part: number) => x + part * WIDE
  const up = (value: number) => y + HIGH * (1 - scale.at(value))
  const curves = KINDS.toReversed().map((kind) =>
    curve(
      quantiles[kind].map((value, at) => [across(PARTS[at]!), up(value)] as const),
      classOf(kind),
    ),
  )
  return [text(x, y - 10, name, { css: 'title' }), ...axes(scale, x, y, up, across), ...curves]
}

function axes(
  scale: Scale,
  x: number,
  y: number,
  up: (value: number) => number,
  across: (part: number) => number,
): string[] {
  return [
    ...scale.ticks.flatMap((tick) => [
      line(x, up(tick), x + WIDE, up(tick), 'grid'),
      text(x - 6, up(tick) + 4, timeOf(tick), { anchor: 'end', css: 'small' }),
    ]),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
      line(across(part), y + HIGH, across(part), y + HIGH + 4, 'axis'),
      text(across(part), y + HIGH + 17, part === 0 ? '0' : `${part * 100} %`, {
        anchor: 'middle',
        css: 'small',
      }),
    ]),
    line(x, y + HIGH, x + WIDE, y + HIGH, 'axis'),
  ]
}

export const timeOf = (microseconds: number): string =>
  Math.abs(microseconds) >= 10_000
    ? `${Number((microseconds / 1000).toPrecision(4))} ms`
    : `${Number(microseconds.toPrecision(4))} µs`
