import { PreparationError, saslprep } from 'saslkit/strings'
import { missing, type ProgramName } from './programs.ts'
import { randomFor } from './random.ts'
import type { Programs } from './row.ts'
import { wildText } from './texts.ts'

type Form = 'stored' | 'query'

/** A library's SASLprep (RFC 4013), and the form of text that it takes. */
export interface PreparationRow {
  readonly name: string
  readonly id: string
  readonly library: string
  readonly debianPackage: string
  readonly program: ProgramName
  /** The form that ours is asked for beside it. */
  readonly form: Form
  readonly skip: string | undefined
}

const row = (
  id: string,
  library: string,
  debianPackage: string,
  program: ProgramName,
  form: Form,
): PreparationRow => ({
  name: `saslprep ${id} ${form}`,
  id,
  library,
  debianPackage,
  program,
  form,
  skip: missing(program),
})

const both = (...args: [string, string, string, ProgramName]): PreparationRow[] =>
  (['stored', 'query'] as const).map((form) => row(...args, form))

export const PREPARATION_ROWS: readonly PreparationRow[] = [
  ...both('gsasl', 'GNU SASL', 'libgsasl18', 'gsasl'),
  ...both('libidn', 'GNU Libidn', 'libidn12', 'libidn'),
  row('xdg-stringprep', "Go's xdg-go/stringprep", 'golang-github-xdg-go-stringprep-dev', 'go', 'stored'),
  // It does not look for unassigned code points.
  row('slixmpp', "Python's slixmpp", 'python3-slixmpp', 'slixmpp', 'query'),
  ...both('aiosasl', "Python's aiosasl", 'python3-aiosasl', 'aiosasl'),
]

/** What became of one text, here and there; undefined where it was refused. */
export interface PreparationComparison {
  readonly row: PreparationRow
  readonly index: number
  readonly text: string
  readonly ours: string | undefined
  readonly theirs: string | undefined
}

export async function comparePreparation(
  asked: PreparationRow,
  seed: number,
  index: number,
  programs: Programs,
): Promise<PreparationComparison> {
  const text = wildText(randomFor(seed, 'saslprep', index))
  const reply = await programs.of(asked).ask(`prepare ${asked.form} =${Buffer.from(text).toString('hex')}`)
  const [kind, prepared = ''] = reply.split(' ')
  const theirs = kind === 'done' ? Buffer.from(prepared.slice(1), 'hex').toString() : undefined
  return { row: asked, index, text, ours: ourSaslprep(text, asked.form), theirs }
}

function ourSaslprep(text: string, form: Form): string | undefined {
  try {
    return saslprep(text, form)
  } catch (error) {
    if (error instanceof PreparationError) return undefined
    throw error
  }
}
