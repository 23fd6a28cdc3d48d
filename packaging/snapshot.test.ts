/** Processes that start from one startup snapshot have no nonce in common: else a recorded login could be played again. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'esbuild'
import { moduleProject } from './project.ts'

const PROGRAM = `
import { makeScramCredentials, saslServer, text, utf8 } from 'saslkit'
import { startupSnapshot } from 'node:v8'

let server
const begin = () => server.begin('SCRAM-SHA-256', { secure: true }).step(utf8('n,,n=tim,r=theirs'))

makeScramCredentials('SHA-256', 'pencil', { iterations: 4096 }).then(async (credentials) => {
  server = saslServer({ directory: { scramCredentials: () => credentials }, decoySecret: new Uint8Array(16) })
  await begin()
})
startupSnapshot.setDeserializeMainFunction(async () => {
  console.log(text((await begin()).challenge))
})
`

test('each process that starts from a snapshot draws nonces of its own', async () => {
  const { folder, run } = await moduleProject()
  const outfile = join(folder, 'snapshot.cjs')
  await build({
    stdin: { contents: PROGRAM, resolveDir: folder },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    conditions: ['node'],
    external: ['bcryptjs'],
    logLevel: 'silent',
  })
  const blob = join(folder, 'snapshot.blob')
  await run(process.execPath, '--snapshot-blob', blob, '--build-snapshot', outfile)
  const { stdout: one } = await run(process.execPath, '--snapshot-blob', blob)
  const { stdout: other } = await run(process.execPath, '--snapshot-blob', blob)
  assert.match(one, /^r=theirs\S{24},s=/)
  assert.notEqual(one, other)
})
