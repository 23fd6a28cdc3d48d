/** The engine's side of a mutated module: which mutant is active, and which ran. Its names are the engine's. */
interface Engine {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  /** Held by mutated modules from their start, so only its parts may be replaced. */
  readonly mutantCoverage: { static: Counts; readonly perTest: Record<string, Counts> }
  hitCount?: number | undefined
  hitLimit?: number | undefined
}
type Counts = Record<string, number>

const engine: Engine = { mutantCoverage: { static: {}, perTest: {} } }
Object.assign(globalThis, { __stryker__: engine })

/** How often each mutant was passed while `work` ran. */
export async function passed<Value>(
  work: () => Promise<Value>,
): Promise<readonly [Value, ReadonlyMap<string, number>]> {
  engine.mutantCoverage.static = {}
  const value = await work()
  return [value, new Map(Object.entries(engine.mutantCoverage.static))]
}

/**
 * Runs `work` with a mutant active. Passing it ten times as often as usual is an error that the engine throws: a loop
 * that does not end.
 */
export async function withMutant<Value>(
  id: string,
  usual: number,
  work: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly endless: boolean }> {
  Object.assign(engine, { activeMutant: id, hitCount: 0, hitLimit: 1000 + 10 * usual })
  const value = await work()
  const endless = engine.hitCount! > engine.hitLimit!
  Object.assign(engine, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined })
  return { value, endless }
}
