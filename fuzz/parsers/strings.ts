/** SASLprep and PRECIS: what comes out is prepared, once and for all, and holds nothing that must not be there. */
import type { ScramHash } from 'saslkit'
import {
  type NamePreparation,
  opaqueString,
  type Preparation,
  PreparationError,
  prepareName,
  preparePassword,
  saslprep,
  usernameCaseMapped,
  usernameCasePreserved,
} from 'saslkit/strings'
import { demand } from '../finding.ts'
import type { Row } from '../row.ts'
import { STRING_VECTORS } from '../vectors.ts'
import { textRow } from './text-row.ts'

const SEEDS: readonly string[] = [
  ...STRING_VECTORS,
  'user',
  'jürgen',
  'Ω\u0345\u0313',
  'अ\u0928\u094d\u200d',
  '\u0627\u0661\u0628',
  'ﷺ',
  'i\u0307\u0323\u0327',
  '\u1100\u1161\u11a8',
  'a'.repeat(300),
]

type Rule = (text: string) => string | PromiseLike<string>

interface StringRow {
  readonly name: string
  readonly rule: Rule
  /** What never comes out. */
  readonly never: RegExp
  /** Whether what comes out stays as it is when it is prepared again. */
  readonly stable: boolean
}

/** RFC 4013 section 2.3, as far as categories tell. */
const SASLPREP_NEVER =
  /[\p{Cc}\p{Cs}\p{Co}\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2063\u206a-\u206f\u3000\u2ff0-\u2ffb\ufeff\ufff9-\uffff\u{e0001}\u{e0020}-\u{e007f}]/u
const USERNAME_NEVER = /[\p{Cc}\p{Cs}\p{Co}\p{Z}\p{Cn}]/u

const ROWS: readonly StringRow[] = [
  { name: 'SASLprep, stored', rule: (text) => saslprep(text, 'stored'), never: SASLPREP_NEVER, stable: true },
  { name: 'SASLprep, query', rule: (text) => saslprep(text, 'query'), never: SASLPREP_NEVER, stable: true },
  {
    name: 'PRECIS OpaqueString',
    rule: opaqueString,
    never: /[\p{Cc}\p{Cs}\p{Co}\p{Cn}]|(?! )\p{Zs}/u,
    stable: true,
  },
  { name: 'PRECIS UsernameCaseMapped', rule: usernameCaseMapped, never: USERNAME_NEVER, stable: true },
  { name: 'PRECIS UsernameCasePreserved', rule: usernameCasePreserved, never: USERNAME_NEVER, stable: true },
]

const prepared = ({ name, rule, never, stable }: StringRow): Row =>
  textRow<string>({
    name,
    share: 1,
    seeds: SEEDS,
    read: async (text) => rule(text),
    refuses: (error) => error instanceof PreparationError,
    async check(output, text) {
      demand(output.isWellFormed(), 'what comes out is ill-formed')
      demand(!never.test(output), () => `what comes out holds what must not: ${JSON.stringify(output)}`)
      if (stable)
        demand((await again(rule, output)) === output, () => `prepared twice: ${JSON.stringify(output)}`)
      if (/^[!-~]+$/.test(text))
        demand(output.toLowerCase() === text.toLowerCase(), 'ASCII does not stay as it is')
    },
  })

async function again(rule: Rule, output: string): Promise<string> {
  try {
    return await rule(output)
  } catch (error) {
    return String(error)
  }
}

const NAME_RULES: readonly NamePreparation[] = [
  'saslprep',
  'precis',
  'precis-case-preserved',
  'postgresql',
  'mongodb',
  'none',
]
const PASSWORD_RULES: readonly Preparation[] = ['saslprep', 'precis', 'postgresql', 'mongodb', 'none']
const HASH: ScramHash = 'SHA-256'

/** The choice between them, which knows shortcuts that the rules do not. */
const CHOICES: readonly Row[] = [
  ...NAME_RULES.map((rule) =>
    textRow<string>({
      name: `names by ${rule}`,
      share: 0.3,
      seeds: SEEDS,
      read: (text) => Promise.resolve(text).then((name) => prepareName(name, rule)),
      refuses: (error) => error instanceof PreparationError,
      check(output, text) {
        demand(output.isWellFormed() && (output !== '' || rule === 'postgresql'), 'ill-formed, or empty')
        if (rule === 'saslprep') demand(output === saslprep(text, 'query'), 'the shortcut differs')
        if (rule === 'precis') demand(output === usernameCaseMapped(text), 'the shortcut differs')
        if (rule === 'precis-case-preserved')
          demand(output === usernameCasePreserved(text), 'the shortcut differs')
      },
    }),
  ),
  ...PASSWORD_RULES.map((rule) =>
    textRow<string>({
      name: `passwords by ${rule}`,
      share: 0.3,
      seeds: SEEDS,
      read: (text) =>
        Promise.resolve(text).then((password) =>
          preparePassword(password, rule, 'stored', { username: 'user', hash: HASH }),
        ),
      refuses: (error) => error instanceof PreparationError,
      check(output, text) {
        demand(output.isWellFormed() && output !== '', 'ill-formed, or empty')
        if (rule === 'precis') demand(output === opaqueString(text), 'the shortcut differs')
      },
    }),
  ),
]

export const STRING_ROWS: readonly Row[] = [...ROWS.map(prepared), ...CHOICES]
