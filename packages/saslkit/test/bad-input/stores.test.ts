/** Directories over a store, and stores, with options that nobody could go by. */
import { directory, memoryStore, verifiedPasswords } from '../../src/stores/index.js'
import { careless, testRefused } from './refused.js'

const store = await memoryStore([])
const decoySecret = new Uint8Array(16)
const over = (options: object) => () => directory(store, careless({ decoySecret, ...options }))

testRefused([
  [
    'a directory over nothing',
    () => directory(careless(undefined), { decoySecret }),
    /^TypeError: store: an object with find\(\)/,
  ],
  [
    'a directory without options',
    () => directory(store, careless(undefined)),
    /^TypeError: pass options beside the store: \{ decoySecret \}/,
  ],
  [
    'a directory without a decoy secret',
    over({ decoySecret: undefined }),
    /^TypeError: decoySecret must be octets/,
  ],
  [
    'a decoy secret of text',
    over({ decoySecret: 'sixteen octets or more' }),
    /^TypeError: decoySecret must be octets.*; pass a Uint8Array$/,
  ],
  [
    'a decoy secret of too few',
    over({ decoySecret: new Uint8Array(15) }),
    /^RangeError: decoySecret must be at least 16/,
  ],
  [
    'a directory that prepares by a false spelling',
    over({ prepare: 'SASLprep' }),
    /^TypeError: prepare: unknown preparation SASLprep/,
  ],
  [
    'a directory that offers a word',
    over({ scramHashes: 'SHA-256' }),
    /^TypeError: scramHashes must be a list/,
  ],
  [
    'a directory that offers a mechanism',
    over({ scramHashes: ['SCRAM-SHA-256'] }),
    /^RangeError: each of scramHashes must be one of/,
  ],
  ['a directory that logs to a name', over({ log: 'syslog' }), /^TypeError: log must be a function/],
  [
    'a directory that remembers by a number',
    over({ verified: 300_000 }),
    /^TypeError: verified must be what verifiedPasswords\(\) made/,
  ],
  [
    'typical accounts that are no list',
    over({ typical: { credentials: [] } }),
    /^TypeError: typical must be a list/,
  ],
  [
    'a store that prepares by a false spelling',
    () => memoryStore([], { prepare: careless('PRECIS') }),
    /^TypeError: prepare: unknown preparation PRECIS/,
  ],
  ['a store of an object', () => memoryStore(careless({})), /^TypeError: accounts: a list of them/],
  ['a lifetime that is none', () => verifiedPasswords({ lifetime: -1 }), /^RangeError: lifetime/],
])
