/** The process of a trial: one test file, and one mutant after another. Arguments: dist, the mutated modules, the file. */
import type { Case } from './collect.ts'
import { loadCases, swapModules } from './load.ts'
import { passes, timed } from './run-case.ts'
import { passed, withMutant } from './switch.ts'
import type { Answer, Order, Unfit, Verdict, Word } from './words.ts'

/** Seconds: a slower case is not asked, and no mutant is given more of one file's cases. */
const PATIENCE = 0.25
/** Octets; each copy of the modules stays in memory. */
const MEMORY = 900_000_000

const [, , dist, swapped, file] = process.argv as [string, string, string, string, string]
const say = (word: Word) => process.send!(word)

interface Known {
  readonly each: Case
  readonly seconds: number
  readonly counts: ReadonlyMap<string, number>
}

swapModules(dist, swapped)
const [cases, loading] = await passed(() => loadCases(file))
const known: Known[] = []
let total = 0
let clean: Promise<readonly Case[]> | undefined
let unfit: Unfit | undefined
for (const each of cases) {
  const [[fine, seconds], counts] = await passed(() => timed(() => passes(each)))
  if (!fine) unfit ??= { kind: 'unfit', title: each.title }
  total += seconds
  if (seconds <= PATIENCE) known.push({ each, seconds, counts })
}
known.sort((a, b) => a.seconds - b.seconds)

process.on('disconnect', () => process.exit())
if (unfit) say(unfit)
else {
  const running = new Set(known.flatMap(({ counts }) => [...counts.keys()]))
  say({ kind: 'ready', seconds: total, running: [...running], loading: [...loading.keys()] })
  process.on('message', async ({ id }: Order) => say(await answer(id)))
}

async function answer(id: string): Promise<Answer> {
  const [{ verdict, spoilt }, seconds] = await timed(async () => {
    const first = await tryCases(
      id,
      known.filter(({ counts }) => counts.has(id)),
    )
    return first.verdict === 'survived' && loading.has(id) ? await tryAnew(id) : first
  })
  return { kind: 'answer', id, verdict, seconds, spoilt: spoilt || process.memoryUsage.rss() > MEMORY }
}

interface Result {
  readonly verdict: Verdict
  readonly spoilt: boolean
}

async function tryCases(id: string, all: readonly Known[]): Promise<Result> {
  let patience = PATIENCE
  for (const { each, seconds, counts } of all) {
    const { value: fine, endless } = await withMutant(id, counts.get(id) ?? 0, () => passes(each))
    // A case that fails without the mutant as well says nothing of it.
    if (!fine || endless) return { verdict: endless ? 'endless' : 'killed', spoilt: !(await passes(each)) }
    patience -= seconds
    if (patience < 0) break
  }
  return { verdict: 'survived', spoilt: false }
}

/** For what is decided while modules are loaded: they are loaded anew, with the mutant active. */
async function tryAnew(id: string): Promise<Result> {
  let fresh: readonly Case[] = []
  const usual = Math.max(loading.get(id) ?? 0, ...known.map(({ counts }) => counts.get(id) ?? 0))
  const load = {
    run: async () => {
      fresh = await loadCases(file)
    },
  }
  const loaded = await withMutant(id, usual, () => passes(load))
  if (loaded.endless || !loaded.value)
    return { verdict: loaded.endless ? 'endless' : 'killed', spoilt: false }
  let patience = PATIENCE
  for (const { each, seconds } of known) {
    const again = fresh.find(({ key }) => key === each.key)
    if (!again) continue
    const { value: fine, endless } = await withMutant(id, usual, () => passes(again))
    if (endless) return { verdict: 'endless', spoilt: true }
    if (!fine && (await passesInCopy(each.key))) return { verdict: 'killed', spoilt: false }
    patience -= seconds
    if (patience < 0) break
  }
  return { verdict: 'survived', spoilt: false }
}

/** Whether a case passes in a copy of all modules without a mutant, too: some compare modules by identity. */
async function passesInCopy(key: string): Promise<boolean> {
  clean ??= loadCases(file)
  const found = (await clean).find((each) => each.key === key)
  return found !== undefined && (await passes(found))
}
