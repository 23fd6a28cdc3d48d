import { ACROSS_MARK, CORRECTED, isUnassigned, LIKE_ACROSS_MARK } from './facts.ts'
import type { PreparationComparison } from './preparation.ts'

/** A way in which two SASLpreps differ, and why. */
export interface PreparationExplanation {
  readonly id: string
  readonly libraries: readonly string[]
  readonly text: string
  readonly source: string
  readonly applies: (comparison: PreparationComparison) => boolean
}

const bothPrepare = ({ ours, theirs }: PreparationComparison): boolean =>
  ours !== undefined && theirs !== undefined

export const PREPARATION_EXPLANATIONS: readonly PreparationExplanation[] = [
  {
    id: 'prep-flag-inverted',
    libraries: ['gsasl'],
    text: 'GNU SASL takes code points that Unicode 3.2 lacks where they are not allowed, and refuses them where GSASL_ALLOW_UNASSIGNED says that they are: the flag does the opposite',
    source: 'RFC 4013 section 2.5, RFC 3454 section 7',
    applies: (c) =>
      isUnassigned(c.text) && (c.row.form === 'stored' ? c.ours === undefined : c.theirs === undefined),
  },
  {
    id: 'prep-corrigendum-5',
    libraries: ['gsasl', 'libidn'],
    text: 'Libidn composes across a mark that stands between, as Unicode 3.2 said it; ours as corrected',
    source: 'Unicode corrigendum 5; RFC 4013 section 2.2 names the fault as known',
    applies: (c) => bothPrepare(c) && ACROSS_MARK.test(c.text),
  },
  {
    id: 'prep-like-corrigendum-5',
    libraries: ['gsasl'],
    text: 'GNU SASL refuses Hangul with a mark between what would compose, and others beside it; ours prepares it',
    source: "Unicode's public review issue 29, before corrigendum 5 settled it",
    applies: (c) => c.ours !== undefined && c.theirs === undefined && LIKE_ACROSS_MARK.test(c.text),
  },
  {
    id: 'prep-corrigendum-4',
    libraries: ['xdg-stringprep', 'slixmpp'],
    text: 'Five ideographs decompose as in Unicode 3.2 here, and as corrected later there',
    source: 'RFC 4013 section 2.2 (Unicode 3.2), Unicode corrigendum 4',
    applies: (c) => CORRECTED.test(c.text),
  },
  {
    id: 'prep-zero-width-space',
    libraries: ['xdg-stringprep', 'slixmpp'],
    text: 'U+200B is in two tables: a space here, nothing there',
    source: 'RFC 4013 section 2.1 names the spaces first',
    applies: (c) => c.text.includes('\u200b'),
  },
  {
    id: 'prep-normalized-first',
    libraries: ['xdg-stringprep'],
    text: 'What Unicode 3.2 lacks is refused as stored here; there it may have become something else before it is looked for',
    source: 'RFC 4013 sections 2.2 and 2.5: normalization of Unicode 3.2 leaves them as they are',
    applies: (c) => c.ours === undefined && c.theirs !== undefined && isUnassigned(c.text),
  },
  {
    id: 'prep-soft-hyphen',
    libraries: ['xdg-stringprep'],
    text: 'U+1806 is nothing here; their table B.1 does not have it',
    source: 'RFC 3454 table B.1',
    applies: (c) => c.text.includes('\u1806'),
  },
  {
    id: 'prep-later-unicode',
    libraries: ['slixmpp', 'aiosasl'],
    text: 'Marks that Unicode 3.2 lacks are left where they stand here, and put in order there',
    source: 'RFC 4013 section 2.2 (Unicode 3.2)',
    applies: (c) => bothPrepare(c) && c.row.form === 'query' && isUnassigned(c.text),
  },
]

/** Why they differ; undefined where nobody has said. */
export const preparationExplanationOf = (
  comparison: PreparationComparison,
): PreparationExplanation | undefined =>
  PREPARATION_EXPLANATIONS.find(
    ({ libraries, applies }) => libraries.includes(comparison.row.id) && applies(comparison),
  )
