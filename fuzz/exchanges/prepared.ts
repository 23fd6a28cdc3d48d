/** What SASLprep takes away, and what it makes a space (RFC 3454 tables B.1 and C.1.2). */
const NOTHINGS = /[\u00ad\u1806\u2060\ufeff]|\u034f|[\u180b-\u180d]|\u200c|\u200d|[\ufe00-\ufe0f]/g
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g

/** Near enough to SASLprep for the names that there are accounts of; the real one is fuzzed by rows of its own. */
export const prepared = (name: string): string =>
  name.replace(SPACES, ' ').replace(NOTHINGS, '').normalize('NFKC')
