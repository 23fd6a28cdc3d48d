export type { IndexOptions } from './account-index.js'
export type { AccountKind, Census, Counting } from './census.js'
export { countAccounts } from './census.js'
export type { DecoyAccountOptions, TypicalAccount } from './decoy-accounts.js'
export { type DirectoryOptions, directory, type StoreDirectory } from './directory.js'
export type { NameOptions } from './find-account.js'
export { type MemoryStore, type MemoryStoreOptions, memoryStore } from './memory-store.js'
export { missingSchemes, type Wanted } from './missing-schemes.js'
export type { Rehash, RehashOptions } from './rehash.js'
export type { Store } from './store.js'
export type { StoreEvent, StoreLog } from './store-event.js'
export type { Kept, StoredAccount } from './stored-account.js'
export {
  type VerifiedPasswords,
  type VerifiedPasswordsOptions,
  verifiedPasswords,
} from './verified-passwords.js'
