/** What a server keeps, made or held by credentials that no login could be checked by. */
import {
  convert,
  makeStoredCredential,
  makeStoredCredentials,
  parseStoredCredential,
  verifyPassword,
} from '../../src/credentials/index.js'
import { type MemoryAccount, makeScramCredentials, memoryDirectory, utf8 } from '../../src/index.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import { careless, type Row, testRefused } from './refused.js'

const password = 'tanstaaftanstaaf'
const tim = { authcid: 'tim', password }
const salt = utf8('sixteen octets..')
const size = new Uint8Array(32)
const keys = { salt, iterations: 4096, storedKey: size, serverKey: size }
const pbkdf2 = { hash: 'SHA-256', salt, iterations: 4096, key: size }
const stored = parseStoredCredential(`{PLAIN}${password}`, { hint: 'dovecot' })
const controller = new AbortController()

/** An account beside a good one. */
const second = (call: string, account: object, told: RegExp): Row => [
  call,
  () => memoryDirectory([{ authcid: 'ok', password }, careless(account)], { hashes: [] }),
  told,
]
const scram = (call: string, held: object, told: RegExp): Row =>
  second(call, { authcid: 'tim', scram: { 'SHA-256': { ...keys, ...held } } }, told)
const stretched = (call: string, held: object, told: RegExp): Row =>
  second(call, { authcid: 'tim', pbkdf2: { ...pbkdf2, ...held } }, told)

const HINTS = /^RangeError: unknown hint "postgres"; known are cleartext, cram-md5, crypt, .*, postgresql, /

testRefused([
  ['a hint that is none', () => parseStoredCredential('x', { hint: careless('postgres') }), HINTS],
  [
    'a limit that is none, of a store',
    () => memoryStore([], { parse: { limits: { textLength: Number.NaN } } }),
    /^RangeError: limits\.textLength/,
  ],
  [
    'a hint that is none, of a store',
    () => memoryStore([], { parse: { hint: careless('postgres') } }),
    HINTS,
  ],
  second(
    'a name that is none',
    { authcid: '', password },
    /^RangeError: accounts\[1\]\.authcid: nothing is left/,
  ),
  second(
    'a name that is a number',
    { authcid: 5, password },
    /^TypeError: accounts\[1\]: an account is .* authcid is text/,
  ),
  second(
    'a password that is none',
    { authcid: 'tim', password: '' },
    /^RangeError: accounts\[1\]\.password: nothing is left/,
  ),
  second(
    'a password that no rule lets through',
    { authcid: 'tim', password: '\u0007' },
    /^RangeError: accounts\[1\]\.password: /,
  ),
  second(
    'a password in octets',
    { authcid: 'tim', password: utf8(password) },
    /^TypeError: accounts\[1\]\.password must be text/,
  ),
  second(
    'keys for a hash of another spelling',
    { authcid: 'tim', scram: { SHA256: keys } },
    /^RangeError: the hash of accounts\[1\]\.scram must be one of SHA3-512, SHA-512/,
  ),
  second(
    'nothing for keys',
    { authcid: 'tim', scram: { 'SHA-256': null } },
    /^TypeError: accounts\[1\]\.scram\.salt must be octets/,
  ),
  scram(
    'a salt of text',
    { salt: 'c2FsdA==' },
    /^TypeError: accounts\[1\]\.scram\.salt must be octets; pass a Uint8Array/,
  ),
  scram(
    'a salt of none',
    { salt: new Uint8Array(0) },
    /^RangeError: accounts\[1\]\.scram\.salt must be 1 to 1024 octets/,
  ),
  scram(
    'a stored key of text',
    { storedKey: 'a'.repeat(32) },
    /^TypeError: accounts\[1\]\.scram\.storedKey must be octets/,
  ),
  scram(
    'a stored key of another hash',
    { storedKey: new Uint8Array(20) },
    /^RangeError: accounts\[1\]\.scram\.storedKey must be 32 octets/,
  ),
  scram(
    'a server key of text',
    { serverKey: 'a'.repeat(32) },
    /^TypeError: accounts\[1\]\.scram\.serverKey must be octets/,
  ),
  scram(
    'a server key that is short',
    { serverKey: new Uint8Array(31) },
    /^RangeError: accounts\[1\]\.scram\.serverKey must be 32/,
  ),
  scram(
    'iterations of text',
    { iterations: '4096' },
    /^RangeError: accounts\[1\]\.scram\.iterations must be a whole number/,
  ),
  scram('no iterations', { iterations: 0 }, /^RangeError: accounts\[1\]\.scram\.iterations must be/),
  stretched(
    'PBKDF2 of an unknown hash',
    { hash: 'sha256' },
    /^RangeError: accounts\[1\]\.pbkdf2\.hash must be one of/,
  ),
  stretched(
    'PBKDF2 with a salt of text',
    { salt: 'salt' },
    /^TypeError: accounts\[1\]\.pbkdf2\.salt must be octets/,
  ),
  stretched(
    'PBKDF2 without iterations',
    { iterations: undefined },
    /^RangeError: accounts\[1\]\.pbkdf2\.iterations must/,
  ),
  stretched(
    'PBKDF2 with a key of text',
    { key: 'a'.repeat(32) },
    /^TypeError: accounts\[1\]\.pbkdf2\.key must be octets/,
  ),
  stretched(
    'PBKDF2 with a key that is short',
    { key: new Uint8Array(16) },
    /^RangeError: accounts\[1\]\.pbkdf2\.key must be 32/,
  ),
  second(
    'an HMAC state in hexadecimal',
    { authcid: 'tim', hmacMd5State: '00'.repeat(32) },
    /^TypeError: accounts\[1\]\.hmacMd5State must be octets/,
  ),
  second(
    'an HMAC state that is short',
    { authcid: 'tim', hmacMd5State: salt },
    /^RangeError: accounts\[1\]\.hmacMd5State must be 32 octets/,
  ),
  second(
    'a refusal that is none',
    { ...tim, refused: 'locked' },
    /^RangeError: accounts\[1\]\.refused must be one of account-disabled/,
  ),
  [
    'an option of memoryDirectory that there is not',
    () => memoryDirectory([tim], careless({ iteration: 4096 })),
    /^TypeError: memoryDirectory has nothing named "iteration"; known are hashes, iterations, prepare$/,
  ],
  [
    'a directory of a number for options',
    () => memoryDirectory([tim], careless(5)),
    /^TypeError: memoryDirectory takes options as an object/,
  ],
  [
    'what are no options of memoryDirectory',
    () => memoryDirectory([tim], careless(null)),
    /^TypeError: memoryDirectory takes options as an object/,
  ],
  [
    'a number for hashes',
    () => memoryDirectory([tim], { hashes: careless(5) }),
    /^TypeError: hashes must be a list: \['SHA-256'\]/,
  ],
  [
    'a mechanism among hashes',
    () => memoryDirectory([], { hashes: [careless('SCRAM-SHA-256')] }),
    /^RangeError: each of hashes must be one of/,
  ],
  [
    'a false spelling of prepare',
    () => memoryDirectory([] as MemoryAccount[], { prepare: careless('SASLprep') }),
    /^TypeError: prepare: unknown preparation SASLprep; known are saslprep/,
  ],
  [
    'keys of a mechanism',
    () => makeScramCredentials(careless('SCRAM-SHA-256'), password),
    /^RangeError: hash must be one of SHA3-512, .*SHA-1$/,
  ],
  [
    'keys of a salt of text',
    () => makeScramCredentials('SHA-256', password, { salt: careless('0123456789abcdef') }),
    /^TypeError: salt must be octets/,
  ],
  [
    'keys of no salt',
    () => makeScramCredentials('SHA-256', password, { salt: careless(null) }),
    /^TypeError: salt must be octets/,
  ],
  [
    'keys by an unknown rule',
    () => makeScramCredentials('SHA-256', password, { prepare: careless('SASLprep') }),
    /^TypeError: prepare: unknown preparation/,
  ],
  [
    'keys with a controller',
    () => makeScramCredentials('SHA-256', password, { signal: careless(controller) }),
    /^TypeError: signal must be an AbortSignal; pass controller.signal/,
  ],
  [
    'a credential at a cost that is misspelt',
    () => makeStoredCredential(password, careless({ scheme: 'bcrypt', costs: 13 })),
    /^TypeError: makeStoredCredential has nothing named "costs"; known are scheme, format, /,
  ],
  [
    'credentials with a hash at a cost that is misspelt',
    () =>
      makeStoredCredentials(password, { scram: [], passwordHash: careless({ scheme: 'bcrypt', costs: 13 }) }),
    /^TypeError: passwordHash has nothing named "costs"; known are scheme, format, /,
  ],
  [
    'rehashing at a cost that is misspelt',
    async () =>
      directory(await memoryStore([]), {
        decoySecret: size,
        rehash: { passwordHash: careless({ round: 5000 }) },
      }),
    /^TypeError: passwordHash has nothing named "round"/,
  ],
  ['a credential of a number', () => makeStoredCredential(careless(5)), /^TypeError: password must be text/],
  [
    'a credential of a salt of text',
    () => makeStoredCredential(password, { salt: careless('salt') }),
    /^TypeError: salt must be octets/,
  ],
  [
    'a credential by an unknown rule',
    () => makeStoredCredential(password, { preparation: careless('NFC') }),
    /^TypeError: preparation: unknown preparation NFC/,
  ],
  [
    'a credential with a controller',
    () => makeStoredCredential(password, { signal: careless(controller) }),
    /^TypeError: signal must be an AbortSignal/,
  ],
  [
    'credentials for a hash that is no list',
    () => makeStoredCredentials(password, { scram: careless('SHA-256') }),
    /^TypeError: scram must be a list: /,
  ],
  [
    'credentials for a mechanism',
    () => makeStoredCredentials(password, { scram: [careless('SCRAM-SHA-1')] }),
    /^RangeError: each of scram must be one of/,
  ],
  [
    'reading by an unknown rule',
    () => parseStoredCredential('{PLAIN}x', { preparation: careless('NFC') }),
    /^TypeError: preparation: unknown/,
  ],
  [
    'verifying against a text',
    () => verifyPassword(careless('{PLAIN}x'), password),
    /^TypeError: pass a stored credential: what parseStoredCredential\(text\) returns/,
  ],
  [
    'verifying against nothing',
    () => verifyPassword(careless(undefined), password),
    /^TypeError: pass a stored credential/,
  ],
  [
    'verifying a password that is none',
    () => verifyPassword(stored, careless(undefined)),
    /^TypeError: password must be text/,
  ],
  [
    'verifying with a controller',
    () => verifyPassword(stored, password, { signal: careless(controller) }),
    /^TypeError: signal must be an AbortSignal; pass controller.signal/,
  ],
  [
    'verifying with null for a signal',
    () => verifyPassword(stored, password, { signal: careless(null) }),
    /^TypeError: signal must/,
  ],
  ['converting a text', () => convert(careless('{PLAIN}x'), 'kafka'), /^TypeError: pass a stored credential/],
])
