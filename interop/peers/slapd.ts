/** OpenLDAP's slapd on a Unix socket in a folder of its own, with what Debian contributes for passwords, and ldapwhoami. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listens } from './listens.ts'
import { run, stop } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { giveTo, startUnprivileged, unprivileged } from './unprivileged.ts'

export interface SlapdAccount {
  readonly uid: string
  /** With its scheme in braces, which simple binds are checked against. */
  readonly userPassword?: string
  /** RFC 5803's, which Cyrus SASL's SCRAM takes. */
  readonly authPassword?: readonly string[]
}

export interface Slapd {
  /** Simple bind. @throws Error for all but success and invalidCredentials. */
  binds(uid: string, password: string): Promise<boolean>
  /** Bind by a SASL mechanism: ldapwhoami then checks that the server knows the password too. */
  bindsBy(mechanism: string, uid: string, password: string): Promise<boolean>
  stop(): Promise<void>
}

export async function startSlapd(accounts: readonly SlapdAccount[]): Promise<Slapd> {
  const folder = temporaryFolder()
  const [configuration, data, socket] = ['slapd.conf', 'accounts.ldif', 'ldapi'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  mkdirSync(join(folder, 'db'))
  writeFileSync(configuration, settings(folder))
  writeFileSync(data, ldif(accounts))
  const added = await run('slapadd', ['-q', '-f', configuration, '-l', data])
  if (added.status !== 0) throw new Error(`slapadd: ${added.stderr}`)
  giveTo(folder, await unprivileged())

  const url = `ldapi://${encodeURIComponent(socket)}`
  const log = join(folder, 'log')
  // With -d it stays in the foreground; -h says where it listens, and on nothing else.
  const command = 'exec slapd -f "$0" -h "$1" -d none >"$2" 2>&1'
  const child = startUnprivileged('sh', ['-c', command, configuration, url, log], { cwd: folder })
  try {
    await listens({ path: socket }, () => child.exitCode === null)
  } catch (cause) {
    await stop(child)
    throw new Error(`slapd did not start:\n${readFileSync(log, 'utf8')}`, { cause })
  }
  const whoami = async (...args: string[]): Promise<boolean> => {
    const { status, stderr } = await run('ldapwhoami', ['-H', url, ...args])
    if (status !== 0 && status !== INVALID_CREDENTIALS) throw new Error(`ldapwhoami: ${status} ${stderr}`)
    return status === 0
  }
  return {
    binds: (uid, password) => whoami('-x', '-D', `uid=${uid},${SUFFIX}`, '-w', password),
    bindsBy: (mechanism, uid, password) =>
      whoami('-Q', '-O', 'none', '-Y', mechanism, '-U', uid, '-w', password),
    stop: () => stop(child),
  }
}

/** RFC 4511 appendix A: its result code is its exit status. */
const INVALID_CREDENTIALS = 49

const SUFFIX = 'dc=interop'

/**
 * RFC 3112's attribute is not among slapd's; declared as octets it is found by Cyrus SASL, which looks for that name.
 */
const settings = (folder: string): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.3.6.1.4.1.4203.1.3.4 NAME 'authPassword' EQUALITY octetStringMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
objectclass ( 1.3.6.1.4.1.4203.1.4.7 NAME 'authPasswordObject' AUXILIARY MAY authPassword )
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload pw-sha2
moduleload pw-pbkdf2
moduleload argon2
sasl-host localhost
sasl-realm localhost
sasl-secprops none
authz-regexp uid=([^,]*),cn=[^,]*,cn=[^,]*,cn=auth uid=$1,${SUFFIX}
authz-regexp uid=([^,]*),cn=[^,]*,cn=auth uid=$1,${SUFFIX}
database mdb
directory ${folder}/db
suffix ${SUFFIX}
access to attrs=userPassword,authPassword by anonymous auth by * none
access to * by * read
`

const ldif = (accounts: readonly SlapdAccount[]): string =>
  [
    `dn: ${SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: interop\ndc: interop\n`,
    ...accounts.map(({ uid, userPassword, authPassword = [] }) =>
      [
        `dn: uid=${uid},${SUFFIX}`,
        'objectClass: inetOrgPerson',
        'objectClass: authPasswordObject',
        ...[`uid: ${uid}`, `cn: ${uid}`, `sn: ${uid}`],
        ...(userPassword === undefined ? [] : [attribute('userPassword', userPassword)]),
        ...authPassword.map((value) => attribute('authPassword', value)),
        '',
      ].join('\n'),
    ),
  ].join('\n')

/** RFC 2849: two colons before base64. */
const attribute = (name: string, value: string): string =>
  `${name}:: ${Buffer.from(value).toString('base64')}`
