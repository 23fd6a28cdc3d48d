import type { Explanation } from './explanation.ts'

export const EXCHANGE: readonly Explanation[] = [
  {
    file: 'exchange/client.ts',
    code: 'const next = this.#step?.next',
    why: 'A state in which a challenge is taken has a step; the question mark is for the compiler.',
  },
  {
    file: 'exchange/server.ts',
    code: "this.#state = 'waiting'",
    original: "'waiting'",
    why: 'Only "working" and "over" are refused.',
  },
  {
    file: 'exchange/server.ts',
    code: /^const step = identity === proved\.identity /,
    replacement: 'false',
    why: 'A copy says the same.',
  },
]
