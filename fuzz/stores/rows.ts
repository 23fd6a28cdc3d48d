import { type FileStore, htpasswdStore, passwdFileStore } from 'saslkit/node'
import { memoryStore } from 'saslkit/stores'
import { demand } from '../finding.ts'
import { textRow } from '../parsers/text-row.ts'
import type { Row } from '../row.ts'
import { STORED_VECTORS } from '../vectors.ts'
import { fileOf } from './file.ts'
import { storeRow } from './store-row.ts'

/** What neither kind of file has a way to write, or takes for something else. */
const inFiles = (name: string): boolean => !/[:\n\0]|\r$|^[#\s]|^$/.test(name)

const lines = (
  accounts: readonly { readonly name: string; readonly credentials: readonly unknown[] }[],
): string => accounts.map(({ name, credentials }) => `${name}:${String(credentials[0])}\n`).join('')

/** Every store. A new one joins by its row. */
const STORES: readonly Row[] = [
  storeRow({
    name: 'memory store',
    share: 1,
    carries: () => true,
    open: (accounts) => memoryStore(accounts),
  }),
  storeRow({
    name: 'passwd-file store',
    share: 0.05,
    carries: inFiles,
    open: (accounts) => passwdFileStore(fileOf('passwd', lines(accounts))),
  }),
  storeRow({
    name: 'htpasswd store',
    share: 0.05,
    carries: inFiles,
    open: (accounts) => htpasswdStore(fileOf('htpasswd', lines(accounts))),
  }),
]

const texts = (format: string): readonly string[] =>
  STORED_VECTORS.filter((vector) => vector.format === format).map(({ text }) => text)

const SECRET = /[A-Za-z0-9+/.]{16,}/g

/** The files themselves, edited: they are read, or refused in words that quote nothing of them. */
const fileRow = (name: string, text: readonly string[], open: (path: string) => Promise<FileStore>): Row =>
  textRow<FileStore>({
    name: `${name}, edited`,
    share: 0.05,
    seeds: text,
    pieces: [':', '::', '#', '\n', 'user:', 'nologin', 'allow_nets=10.0.0.0/8,::1', 'user=other', '{PLAIN}'],
    read: (content) => open(fileOf(name.replace(/\W/g, '-'), content)),
    refuses: (error, content) =>
      error instanceof Error &&
      error.constructor === Error &&
      !content.match(SECRET)?.some((secret) => error.message.includes(secret)),
    async check(store) {
      demand(Number.isSafeInteger(store.size) && store.size >= 0, 'a size that is none')
      for (const name of ['user', 'other', 'user0', '__proto__']) {
        // A restriction that cannot be read lets nobody in: it is thrown, and ends a login as `temporary`.
        const found = await store.find(name, { connection: { secure: true } }).catch((error: unknown) => {
          demand(error instanceof RangeError && /allow_nets/.test(error.message), () => String(error))
          return []
        })
        for (const account of found)
          demand(typeof account.name === 'string' && account.name !== '', 'an account without a name')
      }
    },
  })

const FILES: readonly Row[] = [
  fileRow(
    'passwd-file',
    [
      'user:{PLAIN}pencil\nother:{SHA}9gCGqtlXKoTtHPm4yiVGpRZAVFo=:1000:1000::/home/other::allow_nets=127.0.0.1/8 nologin\n',
      texts('dovecot')
        .slice(0, 6)
        .map((text, i) => `user${i}:${text}:::::: userdb_x=y\n`)
        .join(''),
    ],
    (path) => passwdFileStore(path),
  ),
  fileRow(
    'htpasswd',
    [
      texts('htpasswd')
        .map((text, i) => `user${i}:${text}\n`)
        .join(''),
      '# none\n\nuser:{SHA}9gCGqtlXKoTtHPm4yiVGpRZAVFo=\n',
    ],
    (path) => htpasswdStore(path),
  ),
]

export const STORE_ROWS: readonly Row[] = [...STORES, ...FILES]
