import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { emptyFolder } from './folders.ts'
import { npm } from './npm.ts'

const run = promisify(execFile)

/** What an application gets with the package: not what this repository is built and tested with. */
const INSTALLED = ['--omit=dev', '--omit=optional', '--omit=peer']

/**
 * The software bill of materials of a packed package, in CycloneDX's JSON: what is in the tarball names its dependencies,
 * and the registry the integrity of each.
 */
export async function billOfMaterials(tarball: string): Promise<string> {
  const folder = await emptyFolder()
  await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
  await npm(folder, ['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline', ...INSTALLED])
  const format = ['--sbom-format=cyclonedx', '--sbom-type=library', '--package-lock-only']
  const { stdout } = await npm(folder, ['sbom', ...format, ...INSTALLED])
  return stdout
}

if (import.meta.main) {
  const [, , tarball] = process.argv
  if (!tarball)
    throw new TypeError('pass the path of the tarball: node packaging/bill-of-materials.ts saslkit-0.1.0.tgz')
  process.stdout.write(await billOfMaterials(tarball))
}
