import type { Explanation } from './explanation.ts'

/** Ways of writing that make no difference wherever they stand. */
export const ANYWHERE: readonly Explanation[] = [
  {
    code: /(?:known are|must be one of) \$\{.*\.join\(', '\)/,
    original: "', '",
    why: 'It stands in what an error says to people.',
  },
  {
    code: /^\w+: true,$|\bRecord<keyof \w+Options, true>/,
    original: 'true',
    why: 'Of a table of options the names alone are read; types see that none is left out.',
  },
  {
    code: /^const \[, .*\.exec\(.*\) \?\? \[\]$/,
    original: '[]',
    why: 'Of what a pattern did not find, the parts are undefined; the element put in is the whole match, which nobody reads.',
  },
  {
    code: /^const mechanisms: string\[\] = \[\]$/,
    original: '[]',
    why: 'The word put in has spaces and is no name of a mechanism: it is left out with all the others that are none.',
  },
  {
    code: /\.fill\(0\)$/,
    replacement: ';',
    why: 'It wipes octets that nobody else can reach; no program sees the difference, a memory dump does.',
  },
]
