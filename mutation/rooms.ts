import { globSync } from 'node:fs'

/** What is mutated: globs below packages/saslkit/src. A new file joins by lying in a room, a new room by a row. */
export const ROOMS: readonly (readonly [room: string, glob: string])[] = [
  ['mechanisms', 'mechanisms/**/*.ts'],
  ['exchange', 'exchange/**/*.ts'],
  ['negotiation', 'negotiation/**/*.ts'],
  ['profiles', 'profiles/**/*.ts'],
  ['credentials', 'credentials/**/*.ts'],
  ['octets', '{octets.ts,octets/**/*.ts}'],
  ['strings', 'strings/{prepare,rules}.ts'],
  ['stores', 'stores/**/*.ts'],
]

/** The files that are there now. */
export const filesInRooms = (
  src: URL | string = new URL('../packages/saslkit/src/', import.meta.url),
): readonly string[] => ROOMS.flatMap(([, glob]) => globSync(glob, { cwd: src })).sort()
