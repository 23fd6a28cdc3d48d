import { execFileSync } from 'node:child_process'

/** Each program with the Debian package that brings it, and how it tells its version. */
const PROGRAMS = {
  curl: ['curl', 'curl', 'curl --version', /^curl (\S+)/],
  dovecot: [
    'Dovecot',
    'dovecot-core dovecot-imapd dovecot-pop3d dovecot-submissiond',
    'dovecot --version',
    /^(\S+)/,
  ],
  ejabberd: ['ejabberd', 'ejabberd', 'ls -d /usr/lib/*/ejabberd-*/ebin', /ejabberd-([\d.]+)/],
  gsasl: ['GNU SASL', 'gsasl', 'gsasl --version', /\(GNU SASL\) (\S+)/],
  ldapwhoami: ['ldapwhoami', 'ldap-utils libsasl2-modules', 'ldapwhoami -VV 2>&1', /ldapwhoami (\d[\d.]*)/],
  openssl: ['OpenSSL', 'openssl', 'openssl version', /^OpenSSL (\S+)/],
  prosody: ['Prosody', 'prosody', 'prosodyctl about', /^Prosody (\d\S*)/m],
  psql: ['PostgreSQL', 'postgresql', 'psql --version', /^psql \(PostgreSQL\) (\S+)/],
  python3: ['Python', 'python3', 'python3 --version', /^Python (\S+)/],
  slapd: ['OpenLDAP', 'slapd slapd-contrib', 'slapd -VV 2>&1', /slapd (\d[\d.]*)/],
  swaks: ['swaks', 'swaks libnet-ssleay-perl', 'swaks --version', /^swaks version (\S+)/],
} as const satisfies Record<
  string,
  readonly [name: string, packages: string, command: string, version: RegExp]
>

export type ProgramName = keyof typeof PROGRAMS

export interface Peer {
  readonly name: string
  readonly version: string
  /** For the test's options: why it cannot run here; undefined where it can. */
  readonly skip: string | undefined
}

/**
 * Asks for the program that the tests run against, and for others that they need. Where one is missing they are skipped,
 * aloud; on CI that is a failure, for a proof that was skipped proves nothing.
 *
 * @throws Error on CI, when a program is missing.
 */
export function requirePeer(program: ProgramName, ...others: readonly ProgramName[]): Peer {
  const missing = [program, ...others].filter((each) => versionOf(each) === undefined)
  const packages = missing.map((each) => PROGRAMS[each][1]).join(' ')
  const skip = missing.length ? `${missing.join(' and ')} missing: apt-get install ${packages}` : undefined
  if (skip && process.env.CI) throw new Error(skip)
  if (skip) console.error(`\n*** SKIPPED: ${skip} ***\n`)
  return { name: PROGRAMS[program][0], version: versionOf(program) ?? '', skip }
}

function versionOf(program: ProgramName): string | undefined {
  const [, , command, pattern] = PROGRAMS[program]
  try {
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
    const said = execFileSync('sh', ['-c', command], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return pattern.exec(said)?.[1] ?? 'unknown'
  } catch {
    return undefined
  }
}
