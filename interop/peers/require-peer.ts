import { execFileSync } from 'node:child_process'

/** Each program with the Debian package that brings it, and how it tells its version. */
const PROGRAMS = {
  curl: ['curl', 'curl', '--version', /^curl (\S+)/],
  dovecot: ['Dovecot', 'dovecot-core dovecot-imapd dovecot-pop3d dovecot-submissiond', '--version', /^(\S+)/],
  gsasl: ['GNU SASL', 'gsasl', '--version', /\(GNU SASL\) (\S+)/],
  openssl: ['OpenSSL', 'openssl', 'version', /^OpenSSL (\S+)/],
  python3: ['Python', 'python3', '--version', /^Python (\S+)/],
  swaks: ['swaks', 'swaks libauthen-sasl-perl', '--version', /^swaks version (\S+)/],
} as const satisfies Record<
  string,
  readonly [name: string, packages: string, argument: string, version: RegExp]
>

export type ProgramName = keyof typeof PROGRAMS

export interface Peer {
  readonly name: string
  readonly version: string
  /** For the test's options: why it cannot run here; undefined where it can. */
  readonly skip: string | undefined
}

/**
 * Asks for a program that the tests run against. Where it is missing they are skipped, aloud; on CI that is a failure,
 * for a proof that was skipped proves nothing.
 *
 * @throws Error on CI, when the program is missing.
 */
export function requirePeer(program: ProgramName): Peer {
  const [name, packages, argument, pattern] = PROGRAMS[program]
  const version = versionOf(program, argument, pattern)
  if (version !== undefined) return { name, version, skip: undefined }
  const skip = `${program} is missing: apt-get install ${packages}`
  if (process.env.CI) throw new Error(skip)
  console.error(`\n*** SKIPPED: ${skip} ***\n`)
  return { name, version: '', skip }
}

function versionOf(program: ProgramName, argument: string, pattern: RegExp): string | undefined {
  try {
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
    const said = execFileSync(program, [argument], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return pattern.exec(said)?.[1] ?? 'unknown'
  } catch {
    return undefined
  }
}
