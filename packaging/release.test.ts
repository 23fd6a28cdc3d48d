/** How releases come about: what the public forge runs, with what rights, and what the next one will say. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './folders.ts'
import { modulesOf, whyMissing } from './installed.ts'

const skip = (await whyMissing('tools')) ?? false

const workflows = await readdir(join(root, '.github/workflows'))
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

for (const name of workflows)
  test(`${name}: actions are pinned by the hash of a commit, and say which version that is`, async () => {
    const text = await read(`.github/workflows/${name}`)
    const used = [...text.matchAll(/^ *-? *uses: *(.*)$/gm)].map(([, action = '']) => action)
    assert.ok(used.length > 0)
    for (const action of used) assert.match(action, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

test('the same version of an action everywhere', async () => {
  const versions = new Map<string, Set<string>>()
  for (const name of workflows)
    for (const [, owner = '', pin = ''] of (await read(`.github/workflows/${name}`)).matchAll(
      /uses: ([\w.-]+\/[\w.-]+)\S*@(\S+ # \S+)/g,
    ))
      versions.set(owner, new Set([...(versions.get(owner) ?? []), pin]))
  assert.deepEqual(
    [...versions].filter(([, pins]) => pins.size > 1),
    [],
  )
})

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: object
  readonly jobs: Readonly<
    Record<
      string,
      { readonly permissions?: Readonly<Record<string, string>>; readonly 'timeout-minutes'?: number }
    >
  >
}

async function workflowOf(name: string): Promise<Workflow> {
  const { parse } = createRequire(join(modulesOf('tools'), 'x.js'))('yaml')
  return parse(await read(`.github/workflows/${name}`))
}

for (const name of workflows)
  test(`${name}: each job has the rights that it needs, and no others`, { skip }, async () => {
    const { on, permissions, jobs } = await workflowOf(name)
    assert.deepEqual(permissions, {})
    // Rights of this repository for the code of a stranger's pull request.
    assert.ok(!('pull_request_target' in on))
    for (const [title, job] of Object.entries(jobs)) {
      assert.ok(job.permissions, `${title} says which rights it needs`)
      assert.ok(job['timeout-minutes'], `${title} ends`)
      if (name !== 'release.yml') assert.deepEqual(job.permissions, { contents: 'read' }, title)
    }
  })

test('one job alone may publish, and no token is kept for it', { skip }, async () => {
  const { jobs } = await workflowOf('release.yml')
  const publishers = Object.keys(jobs).filter((title) => jobs[title]!.permissions?.['id-token'])
  assert.deepEqual(publishers, ['publish'])
  assert.doesNotMatch(await read('.github/workflows/release.yml'), /secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN/)
})

test('the scripts that workflows run are there', async () => {
  const { scripts } = JSON.parse(await read('package.json'))
  for (const name of workflows)
    for (const [, script = ''] of (await read(`.github/workflows/${name}`)).matchAll(/npm run ([\w:-]+)/g))
      assert.ok(script in scripts, script)
})

test('each file for the next release names the package, and how much of a change it is', async () => {
  const files = (await readdir(join(root, '.changeset'))).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  )
  for (const name of files)
    assert.match(
      await read(`.changeset/${name}`),
      /^---\n(["'])saslkit\1: (?:major|minor|patch)\n---\n\n\S/,
      name,
    )
})

test('the changelog tells of the present version', async () => {
  const { version } = JSON.parse(await read('packages/saslkit/package.json'))
  assert.ok((await read('packages/saslkit/CHANGELOG.md')).split('\n').includes(`## ${version}`), version)
})
