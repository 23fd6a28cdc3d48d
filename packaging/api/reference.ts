import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { commandLine } from '../../commands/command-line.ts'
import { root } from '../folders.ts'
import { modulesOf, whyMissing } from '../installed.ts'

const run = promisify(execFile)

/** Writes the API reference to `out`. Rejects with what typedoc says where there is anything to warn of. */
export async function writeReference(out: string): Promise<void> {
  const typedoc = join(modulesOf('tools'), 'typedoc/bin/typedoc')
  const options = ['--options', join(root, 'packaging/api/typedoc.json'), '--out', out]
  await run(process.execPath, [typedoc, ...options], { maxBuffer: 2 ** 24 })
}

if (import.meta.main) {
  commandLine('npm run api\n\nWrites the API reference to docs/api.', { options: {} })
  const reason = await whyMissing('tools')
  if (reason) throw new Error(reason)
  const out = join(root, 'docs/api')
  await writeReference(out)
  console.log(`the API reference is in ${out}`)
}
