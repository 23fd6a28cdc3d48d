/**
 * Dovecot 2.3 with IMAP, POP3 and submission on loopback. It refuses to run as root: its login processes must not, and
 * mail users must not be. As root we therefore have it become nobody.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessToken } from './access-token.ts'
import { type CertificatePaths, makeCertificates } from './certificates.ts'
import { freePorts } from './free-ports.ts'
import { listens } from './listens.ts'
import { stop } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { giveTo, type Runner, startUnprivileged, unprivileged } from './unprivileged.ts'

export interface Dovecot {
  readonly ports: Readonly<Record<'imap' | 'imaps' | 'pop3' | 'pop3s' | 'submission' | 'submissions', number>>
  readonly certificates: CertificatePaths
  /** A token that it takes for that account. */
  token(authcid: string): string
  /** What it has logged so far. */
  log(): string
  stop(): Promise<void>
}

/** Its passwd-file holds the password, or what is made of it: `{SCHEME}…`, without a colon. */
export type DovecotAccount = { readonly authcid: string } & (
  | { readonly password: string }
  | { readonly stored: string }
)

const TOKEN_KEY = 'a key for these tests alone, of 32 octets or more'

export async function startDovecot(accounts: readonly DovecotAccount[]): Promise<Dovecot> {
  const folder = temporaryFolder()
  const certificates = await makeCertificates(folder)
  const [imap = 0, imaps = 0, pop3 = 0, pop3s = 0, submission = 0, submissions = 0] = await freePorts(6)
  const ports = { imap, imaps, pop3, pop3s, submission, submissions }
  const runner = await unprivileged()

  for (const name of ['run', 'state', 'mail', 'keys/default/HS256'])
    mkdirSync(join(folder, name), { recursive: true })
  // Refusals wait for their round, twice a second; with "nodelay" PLAIN's alone do.
  const users = accounts.map(
    (account) =>
      `${account.authcid}:${'stored' in account ? account.stored : `{PLAIN}${account.password}`}::::::nodelay=y\n`,
  )
  writeFileSync(join(folder, 'users'), users.join(''))
  writeFileSync(join(folder, 'keys/default/HS256/default'), Buffer.from(TOKEN_KEY).toString('base64'))
  writeFileSync(join(folder, 'oauth2.conf'), oauth2Configuration(folder))
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, certificates, ports, runner))
  giveTo(folder, runner)

  const child = startUnprivileged('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { cwd: folder })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const log = () => readIfThere(join(folder, 'log'))
  try {
    for (const port of Object.values(ports)) await listens({ port }, () => child.exitCode === null)
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
