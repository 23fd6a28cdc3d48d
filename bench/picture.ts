import { bar, line, page, text } from '../timing/svg.ts'
import type { Recorded } from './record.ts'
import type { Bar } from './section.ts'

/** What of all that is measured the picture shows. */
const SHOWN = [
  'PLAIN',
  'CRAM-MD5',
  'SCRAM-SHA-1, keys cached',
  'SCRAM-SHA-256, keys cached',
  'SCRAM-SHA-256 at 4,096',
  'SASLprep of an ASCII name',
]

/** Peers that are one program here, and two libraries. */
const GO: Readonly<Record<string, string>> = { PLAIN: 'go-sasl (Go)' }
const nameOf = ({ over, group }: Bar): string => (over === 'Go' ? (GO[group] ?? 'xdg-go/scram (Go)') : over)

const [LEFT, WIDE, RIGHT] = [220, 520, 80]
const TOP = 62
const [ROW, HEAD, GAP] = [18, 22, 8]

/** Bars right of 1 are ours to be glad of, those left of it theirs; both say so by where they stand, not by colour alone. */
const STYLE = `
.more{fill:#0072b2}.less{fill:#d55e00}.range{stroke:#1f2328;stroke-width:1;opacity:.55}
@media (prefers-color-scheme:dark){.more{fill:#56b4e9}.less{fill:#f0883e}.range{stroke:#e6edf3}}`

const times = (ratio: number): string => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0))

/** How many times as much saslkit does as each of its peers, on a scale on which twice and half are as far from 1. */
export function picture({ sections }: Recorded): string {
  const bars = sections.flatMap((section) => section.bars ?? [])
  const groups = SHOWN.map((group) => bars.filter((each) => each.group === group)).filter(
    (group) => group.length > 0,
  )
  const ends = groups.flat().flatMap(({ ratio, range = [ratio, ratio] }) => [ratio, ...range])
  const least = Math.floor(Math.log10(Math.min(0.5, ...ends)))
  const most = Math.ceil(Math.log10(Math.max(2, ...ends)))
  const across = (ratio: number) => LEFT + ((Math.log10(ratio) - least) / (most - least)) * WIDE
  const height = groups.reduce((sum, group) => sum + HEAD + group.length * ROW + GAP, TOP)

  let y = TOP
  const drawn = groups.flatMap((group) => {
    const head = text(14, y + 14, group[0]!.group, { css: 'title' })
    y += HEAD
    const rows = group.flatMap((each) => {
      const { ratio, range } = each
      const middle = y + ROW / 2
      const [from, to] = [Math.min(across(1), across(ratio)), Math.max(across(1), across(ratio))]
      const end = Math.max(to, across(range?.[1] ?? ratio), across(1))
      y += ROW
      return [
        text(LEFT - 10, middle + 4, nameOf(each), { anchor: 'end' }),
        bar(from, middle - 6, to - from, 12, ratio < 1 ? 'less' : 'more'),
        ...(range ? [line(across(range[0]), middle, across(range[1]), middle, 'range')] : []),
        text(end + 6, middle + 4, times(ratio), { css: 'small' }),
      ]
    })
    y += GAP
    return [head, ...rows]
  })
  const ticks = Array.from({ length: most - least + 1 }, (_, at) => 10 ** (least + at))
  const title = 'How many times as much saslkit does as its peers, for the same CPU time'
  const parts = [
    text(14, 20, title, { css: 'title' }),
    text(
      14,
      37,
      'medians of rounds; a thin line is from the least to the most; to the right of 1 saslkit does more',
      {
        css: 'small',
      },
    ),
    ...ticks.flatMap((tick) => [
      line(across(tick), TOP, across(tick), height - GAP, tick === 1 ? 'axis' : 'grid'),
      text(across(tick), TOP - 5, `${tick}`, { anchor: 'middle', css: 'small' }),
    ]),
    ...drawn,
  ]
  return page(LEFT + WIDE + RIGHT, height, title, parts, STYLE)
}
