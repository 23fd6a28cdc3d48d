/** The API reference: it can be written, no link in it is dead, and nothing is exported without a word on its use. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { writeReference } from './api/reference.ts'
import { NOT_EXPORTED, UNDOCUMENTED } from './api/to-do.ts'
import { emptyFolder, root } from './folders.ts'
import { whyMissing } from './installed.ts'
import type { Manifest } from './project.ts'

const skip = (await whyMissing('tools')) ?? false

describe('the API reference', () => {
  let out: string
  let warnings: readonly string[] = []
  before(async () => {
    if (skip) return
    out = await emptyFolder()
    warnings = await writeReference(out)
  })

  /** What warnings are of, for those that a pattern finds. */
  const found = (pattern: RegExp): Map<string, string> =>
    new Map(
      warnings.flatMap((warning) => {
        const parts = pattern.exec(warning)?.slice(1)
        return parts ? [[parts.toReversed().join(' '), warning]] : []
      }),
    )
  const undocumented = () => found(/^(.*) \(\w+\), defined in .*, does not have any documentation$/)
  const notExported = () =>
    found(/^(\w+), defined in saslkit\/src\/(.*), is referenced by .* but not included /)

  /** Parts of `LineContext`, which can be imported: names for reading the module alone. */
  const NAMES_OF_PARTS = [
    'profiles/imap/client.ts Tag',
    'profiles/imap/server.ts Tag',
    'profiles/smtp/server.ts Host',
  ]

  test('no link is dead, and typedoc has nothing else to say', { skip }, () => {
    const known = [...undocumented().values(), ...notExported().values()]
    const others = warnings.filter(
      (warning) =>
        !known.includes(warning) &&
        !/^Found 0 errors and \d+ warnings$/.test(warning) &&
        // The README links to the folder of decisions, which the forge shows.
        !/docs\/decisions is not a file and will not be copied/.test(warning),
    )
    assert.deepEqual(others, [])
  })

  test('each export has a word on its use', { skip }, () => {
    // `entrance.name`: what a type's members are for, their names and types may say.
    const exports = [...undocumented().keys()].filter((name) => name.split('.').length === 2)
    assert.deepEqual(
      exports.filter((name) => !UNDOCUMENTED.includes(name)),
      [],
    )
  })

  test('each type that an export refers to can be imported', { skip }, () => {
    assert.deepEqual(
      [...notExported().keys()].filter((name) => ![...NOT_EXPORTED, ...NAMES_OF_PARTS].includes(name)),
      [],
    )
  })

  test('each entrance is in it', { skip }, async () => {
    const { exports } = JSON.parse(
      await readFile(join(root, 'packages/saslkit/package.json'), 'utf8'),
    ) as Manifest
    for (const [name, target] of Object.entries(exports)) {
      if (name === './package.json') continue
      const path = typeof target === 'string' ? target : target.default!
      const module = path.replace(/^\.\/dist\/src\/(.*?)(?:\/index)?\.js$/, '$1')
      await readFile(join(out, 'modules', `${module.replaceAll('/', '_')}.html`))
    }
  })
})
