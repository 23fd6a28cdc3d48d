import { mkdirSync, rmSync } from 'node:fs'
import { describe, test } from 'node:test'
import { makeStoredCredential } from '../../../src/credentials/index.js'
import { type FileStore, htpasswdStore, passwdFileStore } from '../../../src/node/index.js'
import type { Kept, StoredAccount } from '../../../src/stores/index.js'
import { testStore } from '../../../src/testing/index.js'
import { STORE_MAKERS } from '../../public-names.js'
import { requireRows } from '../../require-rows.js'
import { temporaryFile } from './temporary-file.js'

const text = (kept: Kept | readonly Kept[] | undefined): string => {
  if (typeof kept !== 'string') throw new TypeError('one text')
  return kept
}

/** Neither in a line, nor at the start of one, nor in a name by SASLprep. */
const notInALine = (name: string): boolean => /[\0-\x1f:]|^#/.test(name)

const lines = (accounts: readonly StoredAccount[], line: (account: StoredAccount) => string): string =>
  accounts.map((account) => `${line(account)}\n`).join('')

/** A store whose file is no more, or no file any more. */
const without =
  (open: (path: string) => Promise<FileStore>, instead: (path: string) => void = () => {}) =>
  async (): Promise<FileStore> => {
    const path = temporaryFile('')
    const store = await open(path)
    rmSync(path)
    instead(path)
    return store
  }

const broken = (open: (path: string) => Promise<FileStore>) => ({
  'the file is gone': without(open),
  'it is a folder': without(open, (path) => mkdirSync(path)),
})

type Row = Omit<Parameters<typeof testStore>[0], 'test'>

/** Every store in a file, by the name of what makes it. */
const ROWS: Readonly<Record<string, Row>> = {
  passwdFileStore: {
    make: (accounts) =>
      passwdFileStore(
        temporaryFile(
          lines(
            accounts,
            ({ name, credentials, refused }) =>
              `${name}:${text(credentials[0])}::::::${refused ? 'nologin=closed' : ''}`,
          ),
        ),
      ),
    keep: async (password) =>
      (await makeStoredCredential(password, { scheme: 'SCRAM-SHA-256', format: 'dovecot', iterations: 4096 }))
        .text,
    oneCredential: true,
    noRealm: true,
    refusals: ['account-disabled'],
    cannotHold: notInALine,
    broken: broken(passwdFileStore),
  },
  htpasswdStore: {
    make: (accounts) =>
      htpasswdStore(
        temporaryFile(lines(accounts, ({ name, credentials }) => `${name}:${text(credentials[0])}`)),
      ),
    keep: async (password) =>
      (await makeStoredCredential(password, { scheme: 'bcrypt', format: 'htpasswd', cost: 4 })).text,
    oneCredential: true,
    noRefusals: true,
    noRealm: true,
    cannotHold: notInALine,
    broken: broken(htpasswdStore),
  },
}

/** Stores that pass it elsewhere, and where. */
const ELSEWHERE: Readonly<Record<string, string>> = { memoryStore: 'test/stores/memory-store.test.ts' }

test('every store passes it', () => {
  requireRows(STORE_MAKERS, {
    rows: Object.keys(ROWS),
    rowsAt: 'test/node/stores/files-as-stores.test.ts',
    leftOut: ELSEWHERE,
    leftOutAt: 'ELSEWHERE there',
  })
})

for (const [name, row] of Object.entries(ROWS)) describe(name, () => testStore({ test, ...row }))
