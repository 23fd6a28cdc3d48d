import { readFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { findExplanation } from './explained/find-explanation.ts'
import { digestOf, type Results, type Survivor } from './results.ts'
import { ROOMS } from './rooms.ts'

export interface Score {
  readonly files: number
  readonly mutants: number
  readonly survivors: readonly (Survivor & { readonly file: string })[]
  /** Killed by a limit: of loops that would not have ended. */
  readonly endless: number
  readonly letAlone: number
  /** Files that have been edited since their mutants were tried. */
  readonly edited: readonly string[]
}

export function scoreOf(results: Results, files: readonly string[]): Score {
  const tried = files.flatMap((file) => {
    const result = results.files.get(file)
    return result ? [{ file, ...result }] : []
  })
  const sum = (figure: 'mutants' | 'endless' | 'letAlone') =>
    tried.reduce((total, each) => total + each[figure], 0)
  return {
    files: tried.length,
    mutants: sum('mutants'),
    endless: sum('endless'),
    letAlone: sum('letAlone'),
    survivors: tried.flatMap(({ file, survivors }) => survivors.map((survivor) => ({ ...survivor, file }))),
    edited: tried.filter(({ file, digest }) => digestOf(sourceOf(file)) !== digest).map(({ file }) => file),
  }
}

/** The share of mutants that a test notices; those that make no difference count as unnoticed all the same. */
export const percent = ({ mutants, survivors }: Score): number =>
  (100 * (mutants - survivors.length)) / mutants

export const unexplained = ({ survivors }: Score): Score['survivors'] =>
  survivors.filter((survivor) => !findExplanation(survivor.file, survivor))

/** The files of each room that have been tried. */
export function filesByRoom(results: Results): (readonly [room: string, files: readonly string[]])[] {
  return ROOMS.map(([room, glob]) => [
    room,
    [...results.files.keys()].filter((file) => matchesGlob(file, glob)),
  ])
}

function sourceOf(file: string): string {
  try {
    return readFileSync(new URL(`../packages/saslkit/src/${file}`, import.meta.url), 'utf8')
  } catch {
    return ''
  }
}
