import { requireKnown } from '../../require-known.js'
import {
  FILE_STORE_OPTIONS,
  type FileForm,
  type FileStore,
  type FileStoreOptions,
  fileStore,
} from './file-store.js'

/** `user:hash`, as Apache's htpasswd writes it; what follows another colon is passed over. Blank lines and comments are no accounts. */
const HTPASSWD: FileForm = {
  parse: { hint: 'htpasswd' },
  line(line) {
    if (/^(?:[ \t]*$|#)/.test(line)) return undefined
    const [name, hash] = line.split(':')
    if (!name || !hash) throw new Error('not user:hash')
    return { name, account: { name, credentials: [hash] } }
  },
}

/**
 * A file of Apache's htpasswd: bcrypt, apr1, {SHA} and what crypt(3) makes. Not its plaintext, which cannot be told apart.
 *
 * @throws TypeError for options that there are not; what keeps the file from being read the first time.
 */
export async function htpasswdStore(path: string, options: FileStoreOptions = {}): Promise<FileStore> {
  requireKnown(options, FILE_STORE_OPTIONS, 'htpasswdStore')
  return fileStore(path, HTPASSWD, options)
}
