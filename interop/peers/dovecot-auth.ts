/** Dovecot's authentication alone, over a passwd-file that others write: `doveadm auth test` asks it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listens } from './listens.ts'
import { run, stop } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { giveTo, type Runner, startUnprivileged, unprivileged } from './unprivileged.ts'

export interface DovecotAuth {
  /** The passwd-file, which it looks at for each login. */
  readonly users: string
  /** As whom Dovecot would let them in; undefined where it would not. @param from the client's address. */
  login(authcid: string, password: string, from?: string | undefined): Promise<string | undefined>
  stop(): Promise<void>
}

export async function startDovecotAuth(content: string): Promise<DovecotAuth> {
  const folder = temporaryFolder()
  const [users, configuration] = [join(folder, 'users'), join(folder, 'dovecot.conf')]
  const runner = await unprivileged()
  for (const name of ['run', 'state']) mkdirSync(join(folder, name))
  writeFileSync(users, content)
  writeFileSync(configuration, settings(folder, runner))
  giveTo(folder, runner)

  const child = startUnprivileged('dovecot', ['-F', '-c', configuration], { cwd: folder })
  try {
    await listens({ path: join(folder, 'run/auth-client') }, () => child.exitCode === null)
  } catch (cause) {
    await stop(child)
    throw new Error(`Dovecot did not start:\n${readFileSync(join(folder, 'log'), 'utf8')}`, { cause })
  }
  return {
    users,
    async login(authcid, password, from) {
      const about = ['-x', 'service=imap', ...(from === undefined ? [] : ['-x', `rip=${from}`])]
      const args = ['-c', configuration, 'auth', 'test', ...about, authcid, password]
      const { status, stdout, stderr } = await run('doveadm', args)
      if (status === REFUSED) return undefined
      const [, user] = /^ {2}user=(.*)$/m.exec(stdout) ?? []
      if (status !== 0 || user === undefined) throw new Error(`doveadm: ${status}\n${stdout}\n${stderr}`)
      // The proof was right, and the server behind would say no.
      return /^ {2}nologin$/m.test(stdout) ? undefined : user
    },
    stop: () => stop(child),
  }
}

/** EX_NOPERM of sysexits.h. */
const REFUSED = 77

/** Names as they are: by default Dovecot has them in lower case. */
const settings = (folder: string, { user, group, uid, gid }: Runner): string => `
base_dir = ${folder}/run
state_dir = ${folder}/state
instance_name = saslkit-auth
protocols =
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
log_path = ${folder}/log
auth_username_chars =
auth_username_format = %u
auth_mechanisms = plain
auth_failure_delay = 0
disable_plaintext_auth = no
ssl = no
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder} allow_all_users=yes
}
# Argon2 side by side.
service auth {
  vsz_limit = 1G
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
`
