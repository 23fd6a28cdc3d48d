/** What the library has, by the names of its public face: lists that tests go over are held against these. */
import { readFileSync } from 'node:fs'
import * as node from '../src/node/index.js'
import * as stores from '../src/stores/index.js'

const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>
}

/** `smtp`: each entrance under profiles/. */
export const PROFILE_NAMES: readonly string[] = Object.keys(exports).flatMap(
  (path) => /^\.\/profiles\/(.*)$/.exec(path)?.[1] ?? [],
)

/** `passwdFileStore`: each export that ends so. */
export const STORE_MAKERS: readonly string[] = Object.keys({ ...node, ...stores }).filter((name) =>
  name.endsWith('Store'),
)
