import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A copy of the library, built, in which files can be mutated. */
export interface Snapshot {
  readonly folder: string
  /** The commit that it is a copy of; undefined: the working tree, whatever is in it. */
  readonly commit: string | undefined
  readonly src: string
  readonly dist: string
}

/** Copies the library at HEAD, or as it lies in the working tree, and builds it without a look at its types. */
export function takeSnapshot({ workingTree }: { readonly workingTree: boolean }): Snapshot {
  const folder = mkdtempSync(join(tmpdir(), 'saslkit-mutation-'))
  const library = join(folder, 'packages/saslkit')
  if (workingTree) {
    for (const part of ['src', 'test', 'package.json'])
      cpSync(join(root, 'packages/saslkit', part), join(library, part), { recursive: true })
  } else {
    const packed = execFileSync('git', ['archive', 'HEAD', 'packages/saslkit'], {
      cwd: root,
      maxBuffer: 2 ** 28,
    })
    execFileSync('tar', ['-x', '-C', folder], { input: packed })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const dist = join(library, 'dist')
  for (const file of globSync('{src,test}/**/*.ts', { cwd: library }))
    compile(readFileSync(join(library, file), 'utf8'), join(dist, file))
  const commit = workingTree
    ? undefined
    : execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root }).toString().trim()
  return { folder, commit, src: join(library, 'src'), dist }
}

/** Writes a TypeScript file's JavaScript where the file would have stood, as .js. */
export function compile(source: string, path: string): void {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path.replace(/\.ts$/, '.js'), outputText)
}
