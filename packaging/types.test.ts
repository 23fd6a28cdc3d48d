/** The declarations, as compiled by those who install the package: what is inferred, and what is refused. */
import assert from 'node:assert/strict'
import { cp, mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { before, describe, test } from 'node:test'
import { root } from './folders.ts'
import { modulesOf, whyMissing } from './installed.ts'
import { type Project, project } from './project.ts'

const tools = await whyMissing('tools')

describe('types', () => {
  let somebody: Project
  before(async () => {
    somebody = await project({ type: 'module' })
    await cp(join(root, 'packaging/types'), join(somebody.folder, 'types'), { recursive: true })
    await somebody.write(
      'types/entrances.ts',
      (await somebody.entrances())
        .filter((name) => name !== 'saslkit/node')
        .map((name, at) => `export * as entrance${at} from '${name}'`)
        .join('\n'),
    )
    for (const name of ['@types/node', 'undici-types']) {
      const target = join(somebody.folder, 'node_modules', name)
      await mkdir(dirname(target), { recursive: true })
      await symlink(join(root, 'node_modules', name), target)
    }
  })

  const PORTABLE = ['inferred.ts', 'refused.ts', 'octets.ts', 'entrances.ts']
  const ON_NODE = [...PORTABLE, 'on-node.ts']
  const NODE = { lib: ['ES2023'], types: ['node'] }
  const BROWSER = { lib: ['ES2023', 'DOM', 'DOM.Iterable'], types: [] }

  /** Declarations are checked too: they are read by whoever does not skip that. */
  const STRICT = {
    target: 'ES2023',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    skipLibCheck: false,
    noEmit: true,
  }

  interface Setting {
    readonly title: string
    readonly files: readonly string[]
    readonly options: object
  }
  const SETTINGS: readonly Setting[] = [
    {
      title: 'nodenext, on Node, without DOM',
      files: [...ON_NODE, 'required.cts'],
      options: { module: 'nodenext', ...NODE },
    },
    { title: 'node16, on Node, without DOM', files: ON_NODE, options: { module: 'node16', ...NODE } },
    {
      title: 'bundler, on Node, without DOM',
      files: ON_NODE,
      options: { module: 'esnext', moduleResolution: 'bundler', ...NODE },
    },
    {
      title: 'bundler, in a browser, without Node',
      files: PORTABLE,
      options: { module: 'esnext', moduleResolution: 'bundler', ...BROWSER },
    },
    {
      title: 'bundler, with neither DOM nor Node',
      files: PORTABLE,
      options: {
        module: 'esnext',
        moduleResolution: 'bundler',
        lib: ['ES2023'],
        types: [],
        skipLibCheck: true,
      },
    },
    {
      title: 'nodenext, strict alone',
      files: [...ON_NODE, 'required.cts'],
      options: {
        module: 'nodenext',
        exactOptionalPropertyTypes: false,
        noUncheckedIndexedAccess: false,
        ...NODE,
      },
    },
  ]

  /** What a compiler says of these files. */
  async function compile(compiler: string, { files, options }: Setting): Promise<string> {
    const compilerOptions = { ...STRICT, ...options }
    await somebody.write('types/tsconfig.json', JSON.stringify({ compilerOptions, files }))
    return somebody.run(process.execPath, compiler, '-p', 'types').then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    )
  }

  const own = join(root, 'node_modules/typescript/bin/tsc')
  const other = (name: string): string => join(modulesOf('tools'), name, 'bin/tsc')
  const skip = tools ?? false

  /** The one that is written in Go takes a quarter of the time, so it is given all. */
  for (const setting of SETTINGS)
    test(`TypeScript 7, ${setting.title}`, { skip }, async () => {
      assert.equal(await compile(other('typescript-7'), setting), '')
    })

  const [onNode, , , inBrowser] = SETTINGS as readonly [Setting, Setting, Setting, Setting]
  for (const setting of [onNode, inBrowser]) {
    test(`TypeScript 6, ${setting.title}`, async () => {
      assert.equal(await compile(own, setting), '')
    })

    // The oldest that knows in which memory an array is. It lets no CommonJS module require an ES module.
    test(`TypeScript 5.7, ${setting.title}`, { skip }, async () => {
      const files = setting.files.filter((name) => name !== 'required.cts')
      assert.equal(await compile(other('typescript-5.7'), { ...setting, files }), '')
    })
  }

  test('an error that was expected, and is none, is one', async () => {
    await somebody.write(
      'types/no-error.ts',
      `import { saslClient } from 'saslkit'\n// @ts-expect-error\nsaslClient({ authcid: 'tim' })\n`,
    )
    const compiler = tools ? own : other('typescript-7')
    assert.match(await compile(compiler, { ...onNode, files: ['no-error.ts'] }), /TS2578/)
  })
})
