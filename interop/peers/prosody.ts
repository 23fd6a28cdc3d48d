/** Prosody with a virtual host for each hash, and accounts in files that we write: it keeps nothing of them in memory. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from './free-ports.ts'
import { listens } from './listens.ts'
import { run, stop } from './process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { giveTo, startUnprivileged, unprivileged, unprivilegedly } from './unprivileged.ts'

export type ProsodyHash = 'SHA-1' | 'SHA-256'

export interface ProsodyAccount {
  readonly hash: ProsodyHash
  readonly authcid: string
  /** What stands in its file. */
  readonly file: string
}

export interface Prosody {
  readonly port: number
  /** The file that Prosody itself makes of an account. */
  registered(hash: ProsodyHash, authcid: string): string
  stop(): Promise<void>
}

export interface Registration {
  readonly hash: ProsodyHash
  readonly authcid: string
  readonly password: string
}

export const prosodyHost = (hash: ProsodyHash): string => `${hash.toLowerCase()}.localhost`

export async function startProsody(
  accounts: readonly ProsodyAccount[],
  registrations: readonly Registration[],
): Promise<Prosody> {
  const folder = temporaryFolder()
  const [port = 0] = await freePorts(1)
  const configuration = join(folder, 'prosody.cfg.lua')
  mkdirSync(join(folder, 'certs')) // it asks for it, and needs nothing in it
  writeFileSync(configuration, settings(folder, port))
  const fileOf = (hash: ProsodyHash, authcid: string) => {
    const accountsOfHost = join(folder, 'data', escaped(prosodyHost(hash)), 'accounts')
    mkdirSync(accountsOfHost, { recursive: true })
    return join(accountsOfHost, `${escaped(authcid)}.dat`)
  }
  for (const { hash, authcid, file } of accounts) writeFileSync(fileOf(hash, authcid), file)
  giveTo(folder, await unprivileged())
  for (const { hash, authcid, password } of registrations) {
    const args = ['--config', configuration, 'register', authcid, prosodyHost(hash), password]
    const { status, stdout, stderr } = await run(...unprivilegedly('prosodyctl', args))
    if (status !== 0) throw new Error(`prosodyctl register: ${stdout}${stderr}`)
  }

  const log = join(folder, 'log')
  const command = 'exec prosody --config "$0" -F >"$1" 2>&1'
  const child = startUnprivileged('sh', ['-c', command, configuration, log], { cwd: folder })
  try {
    await listens({ port }, () => child.exitCode === null)
  } catch (cause) {
    await stop(child)
    throw new Error(`Prosody did not start:\n${readFileSync(log, 'utf8')}`, { cause })
  }
  return {
    port,
    registered: (hash, authcid) => readFileSync(fileOf(hash, authcid), 'utf8'),
    stop: () => stop(child),
  }
}

/** util.datamanager's way with names: what is neither letter nor digit, octet by octet. */
const escaped = (name: string): string =>
  Array.from(Buffer.from(name), (octet) => {
    const character = String.fromCharCode(octet)
    return /[A-Za-z0-9]/.test(character) ? character : `%${octet.toString(16).padStart(2, '0')}`
  }).join('')

const settings = (folder: string, port: number): string => `
pidfile = "${folder}/pid"
data_path = "${folder}/data"
log = { info = "*console" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
c2s_direct_tls_ports = { }
s2s_ports = { }
http_ports = { }
https_ports = { }
modules_enabled = { "saslauth" }
modules_disabled = { "s2s", "tls", "offline", "admin_shell" }
allow_registration = false
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_hashed"
VirtualHost "${prosodyHost('SHA-1')}"
  password_hash = "SHA-1"
VirtualHost "${prosodyHost('SHA-256')}"
  password_hash = "SHA-256"
`
