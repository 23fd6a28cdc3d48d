import {
  type FileStore,
  type FileStoreOptions,
  htpasswdStore,
  passwdFileStore,
} from '../../src/node/index.js'

/** Every store in a file, by the name of what makes it. */
export const FILE_STORES: Readonly<
  Record<string, (path: string, options: FileStoreOptions) => Promise<FileStore>>
> = {
  passwdFileStore: (path, options) => passwdFileStore(path, options),
  htpasswdStore: (path, options) => htpasswdStore(path, options),
}
