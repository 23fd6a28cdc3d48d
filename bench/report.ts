import type { Recorded } from './record.ts'
import { table } from './section.ts'
import { mark, measuredText, wantedText } from './target.ts'

/** The report on a run, as Markdown: every figure that was asked for in one table, and then all that was measured. */
export function report({ machine, sections }: Recorded): string {
  const targets = sections.flatMap((section) => section.targets)
  const drawn = sections.some(({ bars = [] }) => bars.length > 0)
  return [
    '# Measurements',
    '',
    'Made by `npm run bench`. Only ratios count: absolute figures move with the machine and its neighbours.',
    '',
    ...machine.map((line) => `* ${line}`),
    ...(drawn ? ['', '![How many times as much saslkit does as each of its peers](results.svg)'] : []),
    '',
    '## Targets',
    '',
    ...table(
      ['', 'what', 'asked for with', 'wanted', 'measured'],
      targets.map((target) => [
        mark(target),
        target.name,
        target.asked,
        wantedText(target),
        measuredText(target),
      ]),
    ),
    ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n')
}
