/** Report and picture are made of the record, and those that are published are those of the record that is. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { ENTRANCE_NAMES } from '../commands/public-names.ts'
import { requireRows } from '../packages/saslkit/test/require-rows.ts'
import { ENTRANCES, NOT_MEASURED } from './import.ts'
import { picture } from './picture.ts'
import { type Recorded, readRecord } from './record.ts'
import { report } from './report.ts'
import { isMet, mark, measuredText, type Target, wantedText } from './target.ts'

const published = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8')

test('results.md and results.svg are made of results.json: npm run bench -- --again', async () => {
  const record = readRecord()
  assert.equal(await published('results.md'), report(record))
  assert.equal(await published('results.svg'), picture(record))
})

test('both issues are answered: what each asks for is in the table', () => {
  const { sections } = readRecord()
  const targets = sections.flatMap((section) => section.targets)
  const count = (asked: Target['asked']) => targets.filter((target) => target.asked === asked).length
  assert.deepEqual([count('core'), count('stored credentials')], [13, 2])
})

test('of every entrance it is measured what its import takes, or there is a reason', () => {
  requireRows(ENTRANCE_NAMES, {
    rows: ENTRANCES,
    rowsAt: 'ENTRANCES of bench/import.ts',
    leftOut: NOT_MEASURED,
    leftOutAt: 'NOT_MEASURED there',
  })
})

const figure = { name: 'x', asked: 'core' } as const

test('a figure is held against what is wanted', () => {
  const rows: readonly (readonly [
    Omit<Target, 'name' | 'asked'>,
    boolean | undefined,
    string,
    string,
    string,
  ])[] = [
    [{ wanted: ['at least', 2], value: 2 }, true, '✓', 'at least 2', '2.00'],
    [{ wanted: ['at least', 2], value: 1.999, digits: 1 }, false, '✗', 'at least 2', '2.0'],
    [{ wanted: ['at most', 1.02], value: 1.02 }, true, '✓', 'at most 1.02', '1.02'],
    [{ wanted: ['at most', 1.02], value: 1.03 }, false, '✗', 'at most 1.02', '1.03'],
    [
      { wanted: ['under', 6000], value: 6000, unit: 'octets', digits: 0 },
      false,
      '✗',
      'under 6,000 octets',
      '6,000 octets',
    ],
    [
      { wanted: ['under', 5], value: 4, range: [3, 5.5], digits: 1 },
      true,
      '✓',
      'under 5',
      '4.0 (3.0 to 5.5)',
    ],
    [{ wanted: ['under', 5] }, undefined, '?', 'under 5', 'not measured'],
    [{ value: 7, digits: 0, note: 'of ten' }, undefined, '', 'told', '7; of ten'],
  ]
  for (const [more, met, sign, wanted, measured] of rows) {
    const target = { ...figure, ...more }
    assert.deepEqual(
      [isMet(target), mark(target), wantedText(target), measuredText(target)],
      [met, sign, wanted, measured],
    )
  }
})

const recordOf = (...ratios: readonly number[]): Recorded => ({
  machine: [],
  sections: [
    {
      title: 'x',
      lines: [],
      targets: [],
      bars: ratios.map((ratio, at) => ({
        group: 'PLAIN',
        over: `<${at}> & co.`,
        ratio,
        range: [ratio / 2, ratio * 2],
      })),
    },
  ],
})

test('the picture has a bar for each peer, from 1 to the right or to the left, and escapes names', () => {
  const svg = picture(recordOf(4, 0.25, 1))
  const bars = [
    ...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="12" class="(more|less)"/g),
  ]
  const [more, less, same] = bars.map(([, x, width, which]) => ({
    x: Number(x),
    width: Number(width),
    which,
  }))
  assert.equal(bars.length, 3)
  assert.deepEqual([more?.which, less?.which, same?.which], ['more', 'less', 'more'])
  assert.ok(Math.abs(less!.x + less!.width - more!.x) < 0.2, 'they meet at 1')
  assert.ok(Math.abs(less!.width - more!.width) < 0.2, 'four times and a quarter are as long')
  assert.equal(same?.width, 0)
  assert.equal(svg.match(/class="range"/g)?.length, 3)
  assert.match(svg, /&#60;0&#62; &#38; co\./)
})

test('nothing that is drawn leaves the picture', () => {
  for (const ratios of [[300, 0.001], [1], [2e4], []]) {
    const svg = picture(recordOf(...ratios))
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number)
    for (const [, at, value] of svg.matchAll(/ (x|y|x1|x2|y1|y2)="([^"]+)"/g)) {
      assert.ok(
        Number(value) >= 0 && Number(value) <= (at!.startsWith('x') ? width! : height!),
        `${at}=${value}`,
      )
    }
  }
})
