/** Stands in for node:test while mutants are tried: it keeps cases, so that each can be run many times, one by one. */

export interface Case {
  readonly title: string
  /** The title, with a number where several have the same. */
  readonly key: string
  run(): Promise<void>
}

type Undo = () => unknown
type Body = (context: { after(undo: Undo): void }) => unknown
interface Options {
  readonly skip?: unknown
  readonly todo?: unknown
}

let cases: Case[] = []

/** What has been registered since it was last asked. */
export function takeCases(): readonly Case[] {
  const taken = cases
  cases = []
  return taken
}

export function test(title: string, ...rest: [Body] | [Options, Body]): void {
  const body = rest.at(-1) as Body
  const options = rest.length === 2 ? rest[0] : {}
  if (options.skip || options.todo) return
  const same = cases.filter((each) => each.title === title).length
  cases.push({ title, key: `${title} ${same}`, run: () => runBody(body) })
}

export function describe(_title: string, body: () => void): void {
  body()
}

async function runBody(body: Body): Promise<void> {
  const undo: Undo[] = []
  try {
    await body({ after: (each) => undo.push(each) })
  } finally {
    for (const each of undo) await each()
  }
}
