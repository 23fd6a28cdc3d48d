/** What npm shows of the package: its links lead somewhere, or are none. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { publishedReadme } from '../packages/saslkit/tools/published-readme.ts'
import { root } from './folders.ts'
import { moduleProject } from './project.ts'

const SOME = `[Clients](docs/client.md#policy), [RFC](https://www.rfc-editor.org/rfc/rfc4422), [below](#more)

![A picture](bench/results.svg)
`

test('where it is known where the repository is, links lead there', () => {
  assert.equal(
    publishedReadme(SOME, 'git+https://example.org/owner/name.git'),
    `[Clients](https://example.org/owner/name/blob/HEAD/docs/client.md#policy), [RFC](https://www.rfc-editor.org/rfc/rfc4422), [below](#more)

![A picture](https://example.org/owner/name/raw/HEAD/bench/results.svg)
`,
  )
})

test('where it is not, what they lead to is named', () => {
  assert.equal(
    publishedReadme(SOME, undefined),
    `Clients, [RFC](https://www.rfc-editor.org/rfc/rfc4422), [below](#more)

Pages that are named here without a link are in the repository.
`,
  )
})

test('no link of the README in the package is relative', async () => {
  const somebody = await moduleProject()
  const readme = await readFile(join(somebody.folder, 'node_modules/saslkit/README.md'), 'utf8')
  const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  assert.ok(targets.length > 0)
  assert.deepEqual(
    targets.filter((target) => !/^(?:https:|#)/.test(target)),
    [],
  )
  assert.match(await readFile(join(root, 'README.md'), 'utf8'), /\]\(docs\/client\.md\)/)
})
