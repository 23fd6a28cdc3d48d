/** Loads test files over mutated modules, in as many copies as are wanted. */
import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Case, takeCases } from './collect.ts'

const collect = new URL('collect.ts', import.meta.url).href
const texts = new Map<string, string | undefined>()
let copies = 0

/** Every module below dist/src that is also in `swapped`, which mirrors it, comes from there. */
export function swapModules(dist: string, swapped: string): void {
  const built = pathToFileURL(dist).href
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'node:test') return next(collect, context)
      const found = next(specifier, context)
      const copy = context.parentURL?.startsWith(built) ? new URL(context.parentURL).search : ''
      return copy && found.url.startsWith(built)
        ? { ...found, url: `${found.url.split('?')[0]}${copy}` }
        : found
    },
    load(url, context, next) {
      if (!url.startsWith(built)) return next(url, context)
      const path = fileURLToPath(url.split('?')[0]!)
      const source = readOnce(path.replace(`${dist}/src/`, swapped), path)
      return { format: 'module', source, shortCircuit: true }
    },
  })
}

function readOnce(path: string, otherwise: string): string {
  if (!texts.has(path)) texts.set(path, readFileSync(existsSync(path) ? path : otherwise, 'utf8'))
  return texts.get(path)!
}

/** A test file's cases, over a copy of all its modules that nothing else has touched. */
export async function loadCases(path: string): Promise<readonly Case[]> {
  // The first goes by its own name, which tests may compare.
  const copy = copies === 0 ? '' : `?copy=${copies}`
  copies++
  await import(`${pathToFileURL(path).href}${copy}`)
  return takeCases()
}
