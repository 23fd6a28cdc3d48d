import type { LeftOut } from './judge.ts'
import type { FileRun } from './outcome.ts'

/** Something that JavaScript runs on. */
export interface Runtime {
  /** As it is called on the command line. */
  readonly id: string
  readonly name: string
  /** Where its entry points of the package lead: `node` or `default` in package.json. */
  readonly condition: 'node' | 'default'
  readonly leftOut: readonly LeftOut[]
  /** As it says itself. @throws where it cannot be run. */
  version(): Promise<string>
  /** @param deadlineOf milliseconds for a file. */
  run(files: readonly string[], deadlineOf: (file: string) => number): Promise<FileRun[]>
}
