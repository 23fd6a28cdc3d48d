import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../peers/temporary-folder.ts'

/** A program in programs/, and what it takes to have it. */
export interface Program {
  readonly source: string
  /** Debian packages that it is built with or runs with. */
  readonly packages: readonly string[]
  /** A file of each that shows that it is there. */
  readonly needs: readonly string[]
  /** How it is built, where it has to be. */
  readonly build?: (source: string, target: string) => readonly [command: string, ...args: string[]]
  /** The command that runs it. */
  readonly run: (source: string, target: string) => readonly [command: string, ...args: string[]]
}

const GO = '/usr/share/gocode'
const PYTHON = '/usr/lib/python3/dist-packages'

const inC = (source: string, library: string, header: string, ...flags: string[]): Program => ({
  source,
  packages: ['gcc', 'libc6-dev', library],
  needs: ['/usr/bin/gcc', '/usr/include/stdio.h', header],
  build: (from, target) => ['gcc', '-O2', from, '-o', target, ...flags],
  run: (_, target) => [target],
})

const inPython = (name: string, folder: string): Program => ({
  source: 'clients.py',
  packages: ['python3', `python3-${name}`],
  needs: ['/usr/bin/python3', `${PYTHON}/${folder}`],
  // Debian's own, whatever else is called python3 here: it has the packages.
  run: (source) => ['/usr/bin/python3', source, folder],
})

const cyrus = inC('cyrus.c', 'libsasl2-dev', '/usr/include/sasl/sasl.h', '-lsasl2', '-lcrypto')

export const PROGRAMS = {
  gsasl: inC('gsasl.c', 'libgsasl-dev', '/usr/include/gsasl.h', '-lgsasl'),
  libidn: inC('idn.c', 'libidn-dev', '/usr/include/stringprep.h', '-lidn'),
  cyrus: {
    ...cyrus,
    packages: [...cyrus.packages, 'libssl-dev', 'libsasl2-modules'],
    needs: [...cyrus.needs, '/usr/include/openssl/evp.h'],
  },
  go: {
    source: 'go/main.go',
    packages: ['golang-go', 'golang-github-emersion-go-sasl-dev', 'golang-github-xdg-go-scram-dev'],
    needs: [
      '/usr/bin/go',
      `${GO}/src/github.com/emersion/go-sasl/plain.go`,
      `${GO}/src/github.com/xdg-go/scram/scram.go`,
    ],
    build: (source, target) => ['go', 'build', '-o', target, source],
    run: (_, target) => [target],
  },
  slixmpp: inPython('slixmpp', 'slixmpp'),
  aiosasl: inPython('aiosasl', 'aiosasl'),
  puresasl: inPython('pure-sasl', 'puresasl'),
} as const satisfies Record<string, Program>

export type ProgramName = keyof typeof PROGRAMS

/** Why it cannot run here; undefined where it can. */
export function missing(name: ProgramName): string | undefined {
  const { needs, packages } = PROGRAMS[name]
  return needs.every((file) => existsSync(file))
    ? undefined
    : `${name} is missing: apt-get install ${packages.join(' ')}`
}

const built = new Map<ProgramName, readonly [string, ...string[]]>()

/** The command that runs it; builds it first, once, where it has to be built. */
export function commandOf(name: ProgramName): readonly [string, ...string[]] {
  const command = built.get(name) ?? build(name)
  built.set(name, command)
  return command
}

function build(name: ProgramName): readonly [string, ...string[]] {
  const program: Program = PROGRAMS[name]
  const source = join(import.meta.dirname, 'programs', program.source)
  const folder = temporaryFolder()
  const target = join(folder, name)
  if (program.build) {
    const [command, ...args] = program.build(source, target)
    // No network: Debian's Go packages are source under GOPATH.
    const go = {
      GO111MODULE: 'off',
      GOPATH: GO,
      GOFLAGS: '',
      ...(!process.env.HOME && { GOCACHE: `${folder}/go` }),
    }
    execFileSync(command, args, { stdio: 'inherit', env: { ...process.env, ...go } })
  }
  return program.run(source, target)
}

/** The version of a Debian package, without Debian's own part. */
export function versionOf(debianPackage: string): string {
  const told = execFileSync('dpkg-query', ['-W', '-f', `\${Version}`, debianPackage], { encoding: 'utf8' })
  return told
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/\+dfsg\d*$/, '')
}
