import { parseStoredCredential } from '../../credentials/parse.js'
import { StoredCredentialError } from '../../credentials/stored-credential-error.js'
import { allowedNetworks } from './allowed-networks.js'
import {
  type FileForm,
  type FileLine,
  type FileStore,
  type FileStoreOptions,
  fileStore,
} from './file-store.js'

export interface PasswdFileStoreOptions extends FileStoreOptions {
  /** Of passwords without a scheme in braces; default `CRYPT`, as in Dovecot. */
  readonly defaultScheme?: string | undefined
}

/**
 * A file in the form of Dovecot's passwd-file: `user:{SCHEME}hash:uid:gid:gecos:home:shell:extra fields`, of which only the
 * first two need be there. Of the extra fields it obeys `nologin`, `allow_nets` and `user`.
 *
 * @throws RangeError for an unknown default scheme; what keeps the file from being read the first time.
 */
export async function passwdFileStore(
  path: string,
  { defaultScheme = 'CRYPT', ...options }: PasswdFileStoreOptions = {},
): Promise<FileStore> {
  return fileStore(path, passwdFile(defaultScheme), options)
}

const CLEARTEXT: readonly string[] = ['PLAIN', 'CLEAR', 'CLEARTEXT', 'PLAIN-TRUNC']

export function passwdFile(defaultScheme: string): FileForm {
  requireScheme(defaultScheme)
  // In shadow(5) a password that begins so is none that anybody can type. In cleartext it may be one.
  const locked = CLEARTEXT.includes(defaultScheme.toUpperCase()) ? /^$/ : /^(?:$|[!*])/

  return {
    parse: { hint: 'dovecot' },
    line(line) {
      if (/^(?:$|[:#])/.test(line)) return undefined
      const [name, password = '', ...fields] = line.split(':')
      // uid, gid, gecos, home and shell come first; what follows may hold colons.
      const extra = extraFields(fields.slice(5).join(':'))
      const credentials = locked.test(password)
        ? []
        : [password.startsWith('{') ? password : `{${defaultScheme}}${password}`]
      const refused = valuesOf(extra, 'nologin').length ? ('account-disabled' as const) : undefined
      const account = { name: valuesOf(extra, 'user').at(-1) || name!, credentials, refused }
      return { name: name!, account, refuse: refuseBy(valuesOf(extra, 'allow_nets')) }
    },
  }
}

type ExtraField = readonly [key: string, value: string]

/** `key=value` or a bare key, separated by blanks. */
const extraFields = (text: string): readonly ExtraField[] =>
  text.split(/[ \t]+/).map((field) => {
    const [key = '', ...value] = field.split('=')
    return [key, value.join('=')]
  })

const valuesOf = (fields: readonly ExtraField[], key: string): readonly string[] =>
  fields.flatMap(([name, value]) => (name === key ? [value] : []))

/**
 * Of several restrictions each must be kept, as Dovecot has it. One that cannot be read restricts all the more: nobody can
 * tell, so nobody gets in.
 */
function refuseBy(restrictions: readonly string[]): FileLine['refuse'] {
  if (!restrictions.length) return undefined
  try {
    const networks = restrictions.map(allowedNetworks)
    return ({ connection }) =>
      networks.every((allows) => allows(connection.remoteAddress)) ? undefined : 'not-authorized'
  } catch (cause) {
    return () => {
      throw cause
    }
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
