import type { LeftOut } from '../judge.ts'

const NO_INSPECT = 'asks what inspect of node:util prints'

const BOTH: readonly LeftOut[] = [
  {
    file: 'credentials/known-answers.test.js',
    tests: /^argon2id \(dovecot\), ASCII/,
    reason: 'Argon2 of more than 64 MiB is refused where it would be computed in JavaScript',
  },
  { file: 'entrances.test.js', reason: 'reads the package.json of the library' },
  { file: 'negotiation/no-mechanism.test.js', tests: /^an inspected error/, reason: NO_INSPECT },
  { file: 'stores/census.test.js', tests: /^a census that is printed/, reason: NO_INSPECT },
  { file: 'stores/directory.test.js', tests: /^nothing that can be printed/, reason: NO_INSPECT },
  {
    file: 'stores/one-account.test.js',
    tests: /^what is no account is the store’s fault/,
    reason: 'asks what a function is called, and in a bundle it is called otherwise',
  },
  { file: 'stores/verified-passwords.test.js', tests: /^it holds no password/, reason: NO_INSPECT },
  {
    file: 'strings/prepare.test.js',
    tests: /^printable ASCII is answered at once/,
    reason: 'reads the library’s files, to see what they import',
  },
]

/** Of workerd 2026-11-17. */
export const WORKERD: readonly LeftOut[] = [
  ...BOTH,
  {
    file: 'crypto/pbkdf2.test.js',
    tests: /leaves the event loop free|frees the caller of a PBKDF2 at work/,
    reason: 'workerd’s own PBKDF2 does not leave the event loop free while it works',
  },
]

/** Of Chromium 156. */
export const CHROMIUM: readonly LeftOut[] = [
  ...BOTH,
  {
    file: 'crypto/pbkdf2.test.js',
    tests: /^WebCrypto: PBKDF2 for every hash leaves the event loop free/,
    reason:
      'Chromium puts what yields (scheduler.yield of @noble/hashes) before timers and messages: input and painting are not held up, those are',
  },
  {
    file: 'stores/accounts-in-memory.test.js',
    tests: /^everybody else has a turn/,
    reason: 'the same, of reading many accounts',
  },
  {
    file: 'stores/names.test.js',
    tests: /leaves no rejection unhandled$/,
    reason: 'asks Node’s process, which tells of rejections that nobody handles',
  },
]
