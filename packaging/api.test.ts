/**
 * The API reference can be written. Typedoc is strict (packaging/api/typedoc.json): an export or a method that no comment
 * says the use of, a type that is referred to and cannot be imported, and a dead link in a comment are errors. Links of
 * documents, some of which are to folders, are docs/links.test.ts's.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { writeReference } from './api/reference.ts'
import { emptyFolder, root } from './folders.ts'
import { whyMissing } from './installed.ts'
import type { Manifest } from './project.ts'

const skip = (await whyMissing('tools')) ?? false

describe('the API reference', () => {
  test('is written without a warning, and each entrance is in it', { skip }, async () => {
    const out = await emptyFolder()
    await writeReference(out)
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
