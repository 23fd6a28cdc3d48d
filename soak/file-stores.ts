/** What is soaked of stores in files: each with the credential that it keeps, and the mechanism that asks for it. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MechanismName, type SaslServer, saslServer } from 'saslkit'
import { allowBroken, type MakeStoredCredentialOptions, makeStoredCredential } from 'saslkit/credentials'
import { type FileStore, type FileStoreOptions, htpasswdStore, passwdFileStore } from 'saslkit/node'
import { directory } from 'saslkit/stores'
import { ACCOUNTS, decoySecret, iterations, nameOf, PASSWORD } from './accounts.ts'

export interface SoakedFile {
  /** Of the store. */
  readonly name: string
  readonly mechanism: MechanismName
  readonly moves: number
  readonly server: SaslServer
  /** As another program does that writes the file: the next login reads it again. */
  change(): void
}

interface FileRow extends Pick<SoakedFile, 'name' | 'mechanism' | 'moves'> {
  readonly open: (path: string, options: FileStoreOptions) => Promise<FileStore>
  readonly keeps: MakeStoredCredentialOptions
}

/** Every store in a file. A new one joins by its row. */
const ROWS: readonly FileRow[] = [
  {
    name: 'passwd-file store',
    mechanism: 'PLAIN',
    moves: 3,
    open: passwdFileStore,
    keeps: { scheme: 'ssha512', format: 'dovecot', [allowBroken]: true },
  },
  {
    name: 'passwd-file store',
    mechanism: 'SCRAM-SHA-256',
    moves: 5,
    open: passwdFileStore,
    keeps: { scheme: 'SCRAM-SHA-256', format: 'dovecot', iterations },
  },
  {
    name: 'htpasswd store',
    mechanism: 'PLAIN',
    moves: 3,
    open: htpasswdStore,
    keeps: { scheme: 'sha', format: 'htpasswd', [allowBroken]: true },
  },
]

const folder = mkdtempSync(join(tmpdir(), 'saslkit-soak-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

async function soakedFile({ open, keeps, ...row }: FileRow, at: number): Promise<SoakedFile> {
  const path = join(folder, String(at))
  const { text } = await makeStoredCredential(PASSWORD, keeps)
  writeFileSync(path, Array.from({ length: ACCOUNTS }, (_, user) => `${nameOf(user)}:${text}\n`).join(''))
  const store = await open(path, { settle: 0 })
  return {
    ...row,
    server: saslServer({ directory: directory(store, { decoySecret }) }),
    change() {
      const now = new Date()
      utimesSync(path, now, now)
    },
  }
}

export const SOAKED_FILES: readonly SoakedFile[] = await Promise.all(ROWS.map(soakedFile))
