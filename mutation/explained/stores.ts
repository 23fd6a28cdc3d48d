import type { Explanation } from './explanation.ts'

const SHORTCUT = 'A short way to what the long way finds too: only time is saved.'
const FOR_THE_COMPILER = 'The question mark is for the compiler.'

export const STORES: readonly Explanation[] = [
  {
    file: 'stores/census.ts',
    code: /^const sorted = kinds\.toSorted\(/,
    original: 'a.key < b.key',
    replacement: 'a.key <= b.key',
    why: 'No two kinds have one key.',
  },
  {
    file: 'stores/choose-kind.ts',
    code: 'if (kinds.length < 2) return kinds[0]',
    replacement: 'false',
    why: SHORTCUT,
  },
  {
    file: 'stores/decoy-accounts.ts',
    code: /^(?:'the store has no census\(\), |"\{ typical: \[\{ credentials: )/,
    why: 'It stands in what an error says to people.',
  },
  {
    file: 'stores/decoy-accounts.ts',
    code: /^if \(known\?\.among === kinds && known\.name === name && /,
    original: /^known\?\.among === kinds && .* known\.service === service$/,
    replacement: 'false',
    why: SHORTCUT,
  },
  {
    file: 'stores/decoy-accounts.ts',
    code: 'const keys = credential?.scramCredentials(hash)',
    why: `Only kinds that serve the hash are asked. ${FOR_THE_COMPILER}`,
  },
  {
    file: 'stores/decoy-accounts.ts',
    code: 'makers.set(hash, maker)',
    why: 'Another maker under the same secret makes the same: only time is saved.',
  },
  {
    file: 'stores/decoy-accounts.ts',
    code: /\(unseen = \{ name: 'a new account', /,
    original: "'a new account'",
    why: 'The name is told where a credential cannot be checked, and what has just been made can be.',
  },
  {
    file: 'stores/directory.ts',
    code: /own\?\.(?:credential\)|fault !== undefined\) throw own\.fault)$/,
    original: /^own\?\./,
    why: `An account that is there has been read. ${FOR_THE_COMPILER}`,
  },
  {
    file: 'stores/directory.ts',
    code: /^if \(!\('secret' in secret\) \|\| typeof secret\.secret !== 'string'\) return secret$/,
    replacement: ["!('secret' in secret) && typeof secret.secret !== 'string'", 'false'],
    original: /typeof secret\.secret !== 'string'$/,
    why: 'What is stored is text or an HMAC state, never octets; the second condition is for the compiler.',
  },
  {
    file: 'stores/find-account.ts',
    code: 'if (rows.length === 1 && rows[0]!.name === name) return rows[0]',
    original: /&&/,
    replacement: 'false',
    why: SHORTCUT,
  },
  {
    file: 'stores/memory-store.ts',
    code: 'if (old) index.remove(name, old)',
    original: 'old',
    replacement: 'true',
    why: 'Taking away nobody changes nothing.',
  },
  {
    file: 'stores/memory-store.ts',
    code: /^if \(\+\+added % A_WHILE === 0\) /,
    original: '++added',
    why: 'Counted down, every five hundredth is one as well.',
  },
  {
    file: 'stores/missing-schemes.ts',
    code: /^const COSTLY = /,
    original: /^\/\^\(\?:argon2/,
    why: 'Of what can be made, no other name begins or ends like these.',
  },
  {
    file: 'stores/rehash.ts',
    code: 'credential && asWanted(credential) ? [credential] : [],',
    original: '[]',
    replacement: '["Stryker was here"]',
    why: 'The text put in serves nothing.',
  },
]
