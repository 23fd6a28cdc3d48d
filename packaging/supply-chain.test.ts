/** What whoever depends on the package can check of it. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { billOfMaterials } from './bill-of-materials.ts'
import { emptyFolder, root } from './folders.ts'
import { pack, packed } from './pack.ts'

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

test('two builds, in other folders, another language and another time zone: the same octets', async (t) => {
  const elsewhere = join(await emptyFolder(), 'some', 'where else')
  await mkdir(elsewhere, { recursive: true })
  const again = await pack(elsewhere, { TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' })
  const digest = await digestOf((await packed()).tarball)
  t.diagnostic(`sha256 ${digest}`)
  assert.equal(await digestOf(again.tarball), digest)
})

interface Component {
  readonly name: string
  readonly version: string
  readonly type: string
  readonly purl: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses?: readonly { readonly license: { readonly id: string } }[]
}

test('the bill of materials: the package, and its one dependency with its digest and its licence', async () => {
  const bill = JSON.parse(await billOfMaterials((await packed()).tarball)) as {
    readonly bomFormat: string
    readonly metadata: { readonly component: Component }
    readonly components: readonly Component[]
  }
  const { version } = JSON.parse(await readFile(join(root, 'packages/saslkit/package.json'), 'utf8'))
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const { integrity } = lock.packages['node_modules/@noble/hashes']
  assert.equal(bill.bomFormat, 'CycloneDX')
  const { purl, type } = bill.metadata.component
  assert.deepEqual({ purl, type }, { purl: `pkg:npm/saslkit@${version}`, type: 'library' })
  assert.deepEqual(
    bill.components.map(({ purl, hashes, licenses }) => ({ purl, hashes, licenses })),
    [
      {
        purl: 'pkg:npm/%40noble/hashes@2.4.0',
        hashes: [
          {
            alg: 'SHA-512',
            content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'),
          },
        ],
        licenses: [{ license: { id: 'MIT' } }],
      },
    ],
  )
})

/** Lock files of what is tested with, too: each package by its digest, and from wherever the registry is. */
const lockFiles = globSync('{,*/,*/*/}package-lock.json', { cwd: root, exclude: ['**/node_modules/**'] })

test('there are lock files', () => assert.ok(lockFiles.includes('package-lock.json') && lockFiles.length > 5))

for (const path of lockFiles)
  test(`${path}: every package has a digest`, async () => {
    const { packages } = JSON.parse(await readFile(join(root, path), 'utf8')) as {
      readonly packages: Readonly<
        Record<string, { integrity?: string; link?: boolean; resolved?: string; inBundle?: boolean }>
      >
    }
    const installed = Object.entries(packages).filter(
      ([name, { link, inBundle }]) => name.includes('node_modules/') && !link && !inBundle,
    )
    assert.deepEqual(
      installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([name]) => name),
      [],
    )
    assert.deepEqual(
      installed.filter(([, { resolved }]) => resolved !== undefined).map(([name]) => name),
      [],
    )
  })
