import { parseStoredCredential } from '../../credentials/parse.js'
import { StoredCredentialError } from '../../credentials/stored-credential-error.js'
import { requireKnown } from '../../require-known.js'
import {
  FILE_STORE_OPTIONS,
  type FileForm,
  type FileStore,
  type FileStoreOptions,
  fileStore,
} from './file-store.js'
import { passwdFileFields } from './passwd-file-fields.js'

/** How a passwd-file is read. */
export interface PasswdFileStoreOptions extends FileStoreOptions {
  /** Of passwords without a scheme in braces; default `CRYPT`, as in Dovecot. */
  readonly defaultScheme?: string | undefined
}

const OPTIONS = [
  ...Object.keys({ defaultScheme: true } satisfies Record<
    Exclude<keyof PasswdFileStoreOptions, keyof FileStoreOptions>,
    true
  >),
  ...FILE_STORE_OPTIONS,
]

/**
 * A file in the form of Dovecot's passwd-file: `user:{SCHEME}hash:uid:gid:gecos:home:shell:extra fields`, of which only the
 * first two need be there. It obeys the extra fields that say who may come in, and as whom (passwd-file-fields.ts).
 *
 * @throws RangeError for an unknown default scheme; TypeError for options that there are not; what keeps the file from being read the first time.
 */
export async function passwdFileStore(
  path: string,
  options: PasswdFileStoreOptions = {},
): Promise<FileStore> {
  requireKnown(options, OPTIONS, 'passwdFileStore')
  const { defaultScheme = 'CRYPT' } = options
  return fileStore(path, passwdFile(defaultScheme, options.now), options)
}

const CLEARTEXT: readonly string[] = ['PLAIN', 'CLEAR', 'CLEARTEXT', 'PLAIN-TRUNC']

function passwdFile(defaultScheme: string, now: (() => number) | undefined): FileForm {
  requireScheme(defaultScheme)
  // In shadow(5) a password that begins so is none that anybody can type. In cleartext it may be one.
  const locked = CLEARTEXT.includes(defaultScheme.toUpperCase()) ? /^$/ : /^(?:$|[!*])/

  return {
    parse: { hint: 'dovecot' },
    line(line) {
      if (/^(?:$|[:#])/.test(line)) return undefined
      const [name, password = '', ...fields] = line.split(':')
      // uid, gid, gecos, home and shell come first; what follows may hold colons.
      const { user, refused, shut, refuse } = passwdFileFields(name!, fields.slice(5).join(':'), now)
      const credentials =
        shut || locked.test(password)
          ? []
          : [password.startsWith('{') ? password : `{${defaultScheme}}${password}`]
      return { name: name!, account: { name: user, credentials, refused }, refuse }
    },
  }
}

function requireScheme(scheme: string): void {
  try {
    parseStoredCredential(`{${scheme}}`, { hint: 'dovecot' })
  } catch (error) {
    if (error instanceof StoredCredentialError && error.problem === 'unknown')
      throw new RangeError("defaultScheme: the name of one of Dovecot's schemes, such as CRYPT")
  }
}
