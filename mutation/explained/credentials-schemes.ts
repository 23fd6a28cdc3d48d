import type { Explanation } from './explanation.ts'

const WORDS = 'It stands in what an error says to people; its class, problem and scheme are tested.'
const RULE_OF_MONGODB =
  'The rule of MongoDB asks for the name with SHA-1 keys alone, where it must be there; with every other hash it is SASLprep, and no other rule looks at it.'
const NO_KEYS = 'No octets, or none that can be read: both are refused as malformed.'

export const CREDENTIALS_SCHEMES: readonly Explanation[] = [
  {
    file: 'credentials/convert.ts',
    code: /^throw new RangeError\(/,
    original: "', '",
    why: WORDS,
  },
  {
    file: 'credentials/make-stored-credential.ts',
    code: /^throw new RangeError\(/,
    original: /^(?:', '$|`)/,
    why: WORDS,
  },
  {
    file: 'credentials/memory-directory.ts',
    code: /throw new RangeError\(`(?:two accounts named|account) \$\{JSON/,
    original: /^`/,
    why: WORDS,
  },
  {
    file: 'credentials/parse.ts',
    code: /^(?:if \(!scheme\) throw new StoredCredentialError\('unknown', undefined, |const UNKNOWN = )/,
    original: /^(?:`|'no known scheme)/,
    why: WORDS,
  },
  {
    code: /(?:= |: |, )(?:bounded|ofLength)\(/,
    original: /^'(?:HMAC-MD5 state|HA1|salted password|digest|iterations|stored key|server key)'$/,
    why: WORDS,
  },
  {
    file: 'credentials/make-scram-credentials.ts',
    code: /\{ username: username \?\? '', hash \}\)$/,
    original: "''",
    why: RULE_OF_MONGODB,
  },
  {
    file: 'credentials/presented-forms.ts',
    code: "const context = { username: username ?? '', hash: hash ?? 'SHA-256' }",
    original: /^'(?:SHA-256)?'$/,
    why: RULE_OF_MONGODB,
  },
  {
    file: 'credentials/memory-directory.ts',
    code: /^const stored = await preparePassword\(/,
    original: /^(?:\{|'SHA-256'$)/,
    why: RULE_OF_MONGODB,
  },
  {
    file: 'credentials/schemes/scram/scram-credential.ts',
    code: /: fromBase64\(\w+ \?\? ''\),$/,
    original: "''",
    why: NO_KEYS,
  },
  {
    file: 'credentials/schemes/scram/ejabberd.ts',
    code: /stringIn\(row, 'password'\) \?\? ''\) \?\? \[\]$/,
    original: "''",
    why: NO_KEYS,
  },
  {
    file: 'credentials/schemes/scram/json-fields.ts',
    code: '} catch {',
    why: 'A function that returns nothing returns undefined.',
  },
  {
    file: 'credentials/schemes/braces.ts',
    code: /^if \(!octets\) throw refusals\(name\)/,
    original: '!octets',
    why: 'What is no octets is no UTF-8 either, and is refused in the same way.',
  },
]
