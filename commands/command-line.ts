import { type ParseArgsConfig, parseArgs } from 'node:util'

type CommandLine<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>> & {
  /** Says what is wrong, and how it is done; ends the process with status 2. */
  readonly refuse: (what: string) => never
}

/**
 * Reads the command line of one of this repository's commands. `--help` prints the usage and ends; an option that the
 * command does not have is refused.
 *
 * @param usage what `--help` prints.
 */
export function commandLine<const T extends ParseArgsConfig>(usage: string, config: T): CommandLine<T> {
  const refuse = (what: string): never => {
    console.error(`${what}\n\n${usage}`)
    process.exit(2)
  }
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    console.log(usage)
    process.exit()
  }
  try {
    return { ...parseArgs(config), refuse }
  } catch (error) {
    return refuse((error as Error).message)
  }
}
