/** What a browser's program downloads: how much, and what not. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { bundle, type Chunk } from './bundle.ts'
import { root } from './folders.ts'
import { moduleProject, type Project } from './project.ts'

const sizeOf = (chunks: readonly Chunk[]): number => chunks.reduce((sum, { gzipped }) => sum + gzipped, 0)
const inputsOf = (chunks: readonly Chunk[]): string[] => chunks.flatMap(({ inputs }) => inputs)

const readme = await readFile(join(root, 'README.md'), 'utf8')
const clients = await readFile(join(root, 'docs/client.md'), 'utf8')

/** What the README promises: of PLAIN and SCRAM-SHA-256, and of saslClient to the nearest kB. */
const [, promised, chooses] = /under (\d+) kB gzipped; with `saslClient`[^;.]* (\d+) kB\./.exec(readme) ?? []
const NEAREST = 500

/** What docs/client.md says of each: loaded at once, and as one file. */
const SIZES = [...clients.matchAll(/^\| (`.*?Client.*?`) \| (\d+) kB \| (\d+) kB \|$/gm)].map(
  ([, names = '', split, oneFile]) => ({
    names: names.replaceAll('`', ''),
    split: 1_000 * Number(split),
    oneFile: 1_000 * Number(oneFile),
  }),
)

/**
 * What is imported from saslkit/client, the most that may be loaded for it at once, in octets gzipped, and what may not be
 * among it.
 */
const BUDGETS = [
  { names: 'plainClient, ClientExchange', most: 3_000, without: /noble|md5|sha|hmac|scram|strings\// },
  {
    names: 'plainClient, scramClient, ClientExchange, SaslError',
    most: 1_000 * Number(promised),
    without: /noble|md5|strings\/.*-table/,
  },
  { names: 'saslClient', most: 1_000 * Number(chooses) + NEAREST, without: /noble|strings\/.*-table/ },
] as const

describe('bundles', () => {
  let somebody: Project
  before(async () => {
    somebody = await moduleProject()
  })

  for (const { names, most, without } of BUDGETS)
    test(`${names}: at most ${most} octets, without what it does not need`, async (t) => {
      const { start } = await bundle(somebody.folder, `export { ${names} } from 'saslkit/client'`)
      const size = sizeOf(start)
      t.diagnostic(`${size} octets gzipped`)
      assert.deepEqual(
        inputsOf(start).filter((path) => without.test(path)),
        [],
      )
      assert.ok(size <= most, `${size} octets gzipped`)
    })

  test('as one file they are as large as docs/client.md says, and split no larger', async (t) => {
    assert.equal(SIZES.length, 2)
    for (const { names, split, oneFile } of SIZES) {
      const code = `export { ${names} } from 'saslkit/client'`
      const loaded = sizeOf((await bundle(somebody.folder, code)).start)
      const whole = sizeOf((await bundle(somebody.folder, code, 'one file')).start)
      t.diagnostic(`${names}: ${loaded} octets gzipped, ${whole} as one file`)
      assert.ok(loaded <= split + NEAREST, names)
      assert.ok(Math.abs(whole - oneFile) <= 1_000, names)
    }
  })

  test('PLAIN brings no MD5 and no tables later either', async () => {
    const { later } = await bundle(
      somebody.folder,
      `export { plainClient, ClientExchange } from 'saslkit/client'`,
    )
    assert.deepEqual(inputsOf(later), [])
  })

  test('every entrance but that of Node is bundled without anything of Node', async () => {
    const names = (await somebody.entrances()).filter((name) => name !== 'saslkit/node')
    const code = names.map((name, at) => `export * as entrance${at} from '${name}'`).join('\n')
    const { start, later, warnings } = await bundle(somebody.folder, code)
    const all = [...start, ...later]
    // bcryptjs is a package that the application may install; without it, what needs it says so.
    assert.deepEqual([...new Set(all.flatMap(({ external }) => external))], ['bcryptjs'])
    assert.deepEqual(
      inputsOf(all).filter((path) => /\/node(\.js|\/)/.test(path.slice(path.indexOf('dist/src')))),
      [],
    )
    assert.deepEqual(warnings, [])
  })

  test('an import that is not used leaves nothing behind', async () => {
    const names = (await somebody.entrances()).filter((name) => name !== 'saslkit/node')
    for (const name of names) {
      const { start, later } = await bundle(somebody.folder, `import '${name}'`)
      assert.deepEqual(inputsOf([...start, ...later]), [], name)
    }
  })
})
