/**
 * Dovecot 2.3 with IMAP, POP3 and submission on loopback. It refuses to run as root: its login processes must not, and
 * mail users must not be. As root we therefore have it become nobody.
 */
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { accessToken } from './access-token.ts'
import { type CertificatePaths, makeCertificates } from './certificates.ts'
import { freePorts } from './free-ports.ts'
import { run, start, stop } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface Dovecot {
  readonly ports: Readonly<Record<'imap' | 'imaps' | 'pop3' | 'pop3s' | 'submission' | 'submissions', number>>
  readonly certificates: CertificatePaths
  /** A token that it takes for that account. */
  token(authcid: string): string
  /** What it has logged so far. */
  log(): string
  stop(): Promise<void>
}

interface Account {
  readonly authcid: string
  readonly password: string
}

const TOKEN_KEY = 'a key for these tests alone, of 32 octets or more'

export async function startDovecot(accounts: readonly Account[]): Promise<Dovecot> {
  const folder = temporaryFolder()
  const certificates = await makeCertificates(folder)
  const [imap = 0, imaps = 0, pop3 = 0, pop3s = 0, submission = 0, submissions = 0] = await freePorts(6)
  const ports = { imap, imaps, pop3, pop3s, submission, submissions }
  const runner = await runsAs()

  for (const name of ['run', 'state', 'mail', 'keys/default/HS256'])
    mkdirSync(join(folder, name), { recursive: true })
  const users = accounts.map(({ authcid, password }) => `${authcid}:{PLAIN}${password}:::::\n`)
  writeFileSync(join(folder, 'users'), users.join(''))
  writeFileSync(join(folder, 'keys/default/HS256/default'), Buffer.from(TOKEN_KEY).toString('base64'))
  writeFileSync(join(folder, 'oauth2.conf'), oauth2Configuration(folder))
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, certificates, ports, runner))
  giveTo(folder, runner)

  const become = process.getuid?.() === 0 ? BECOME_NOBODY : []
  const [command = '', ...args] = [...become, 'dovecot', '-F', '-c', join(folder, 'dovecot.conf')]
  const child = start(command, args, { cwd: folder })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const log = () => readIfThere(join(folder, 'log'))
  try {
    for (const port of Object.values(ports)) await listens(port, () => child.exitCode === null)
  } catch (cause) {
    await stop(child)
    throw new Error(`Dovecot did not start:\n${said}${log()}`, { cause })
  }
  return {
    ports,
    certificates,
    token: (authcid) => accessToken(authcid, TOKEN_KEY),
    log,
    stop: () => stop(child),
  }
}

/** `--pdeathsig` ends it with us, however we end. */
const BECOME_NOBODY = [
  'setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', '--pdeathsig=TERM'] // biome-ignore format: a command line

interface Runner {
  readonly user: string
  readonly group: string
  readonly uid: number
  readonly gid: number
}

async function runsAs(): Promise<Runner> {
  const user = process.getuid?.() === 0 ? 'nobody' : userInfo().username
  const id = async (what: string) => (await run('id', [what, user])).stdout.trim()
  return {
    user,
    group: (await run('id', ['-gn', user])).stdout.trim(),
    uid: Number(await id('-u')),
    gid: Number(await id('-g')),
  }
}

function giveTo(folder: string, { uid, gid }: Runner): void {
  chmodSync(folder, 0o755)
  for (const path of [
    folder,
    ...readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
  ])
    chownSync(path, uid, gid)
}

async function listens(port: number, alive: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && alive(); tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await sleep(100)
  }
  throw new Error(`nobody listens on port ${port}`)
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Tokens are checked by Dovecot itself, against a key in a folder: no server is asked. */
const oauth2Configuration = (folder: string): string => `
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=${folder}/keys/
username_attribute = sub
`

/** Without the anvil's penalty and the failure delay, a refusal would take seconds. */
const configuration = (
  folder: string,
  { ca, server }: CertificatePaths,
  ports: Dovecot['ports'],
  { user, group, uid, gid }: Runner,
): string => `
base_dir = ${folder}/run
state_dir = ${folder}/state
instance_name = saslkit
protocols = imap pop3 submission
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
log_path = ${folder}/log
auth_verbose = yes
auth_debug = yes
auth_username_chars =
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 oauthbearer xoauth2 anonymous external
auth_anonymous_username = anon
auth_failure_delay = 0
auth_ssl_username_from_cert = yes
disable_plaintext_auth = no
ssl = yes
ssl_min_protocol = TLSv1.2
ssl_cert = <${server.cert}
ssl_key = <${server.key}
ssl_dh =
ssl_ca = <${ca}
ssl_require_crl = no
ssl_verify_client_cert = yes
mail_location = maildir:${folder}/mail/%u
submission_relay_host = 127.0.0.1
submission_relay_port = 1
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/users
  mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
}
passdb {
  driver = oauth2
  args = ${folder}/oauth2.conf
  mechanisms = oauthbearer xoauth2
}
passdb {
  driver = static
  args = nopassword=y
  mechanisms = anonymous external
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u allow_all_users=yes
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-urlauth-login {
  chroot =
}
${loginService('imap', 'imap', ports.imap, 'imaps', ports.imaps)}
${loginService('pop3', 'pop3', ports.pop3, 'pop3s', ports.pop3s)}
${loginService('submission', 'submission', ports.submission, 'submissions', ports.submissions)}
`

const loginService = (service: string, plain: string, port: number, tls: string, tlsPort: number): string => `
service ${service}-login {
  chroot =
  inet_listener ${plain} {
    port = ${port}
  }
  inet_listener ${tls} {
    port = ${tlsPort}
    ssl = yes
  }
}`
