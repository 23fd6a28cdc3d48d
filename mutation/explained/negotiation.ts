import type { Explanation } from './explanation.ts'

export const NEGOTIATION: readonly Explanation[] = [
  {
    file: 'negotiation/client-table.ts',
    code: /^const \{ authcid, .* external = false, anonymous = false \} = credentials$/,
    original: 'false',
    why: 'What is not there is either of two words that are taken.',
  },
  {
    file: 'negotiation/server.ts',
    code: /channelBinding = 'prefer'/,
    original: "'prefer'",
    why: 'It is compared with the two other words alone.',
  },
  {
    file: 'negotiation/require-options.ts',
    code: 'if (options === NO_OPTIONS) return',
    original: 'options === NO_OPTIONS',
    replacement: 'false',
    why: 'It saves looking at options that were not passed, in which there is nothing.',
  },
  {
    file: 'negotiation/server.ts',
    code: /^const traits = \(secure === true \? 1 : 0\)/,
    original: /^(?:secure === )?true$/,
    replacement: ['secure !== true', 'false'],
    why: 'Lists with TLS and without change places; each still has one of its own.',
  },
  {
    file: 'negotiation/as-offered.ts',
    code: /channelBindings = \[\] \}: Offered/,
    original: '[]',
    why: 'The text put in is well formed, which is all that is asked of it.',
  },
  {
    file: 'negotiation/client.ts',
    code: "const own = (mechanisms ?? []).filter((item) => typeof item !== 'string').map(ownRow)",
    original: '[]',
    why: 'The text put in is no mechanism and filtered out.',
  },
  {
    file: 'negotiation/client.ts',
    code: /^const table = \[\.\.\.own, \.\.\.CLIENT_TABLE\.filter/,
    why: 'One of the same name stands before it in the table, and the first is taken.',
  },
  {
    file: 'negotiation/client.ts',
    code: /best\?\.name\} is preferred/,
    original: 'best?.name',
    why: 'What nothing speaks against is less preferred only where there is a best; the question mark is for the compiler.',
  },
  {
    file: 'negotiation/client.ts',
    code: /^const inOrder = /,
    original: '[]',
    why: 'A text has no type, so no binding type is found in it.',
  },
  {
    file: 'negotiation/server-table.ts',
    code: 'const never = () => false',
    why: 'undefined is no more true than false is.',
  },
  {
    file: 'negotiation/server.ts',
    code: "return 'encryption-required'",
    why: 'The exchange refuses it for the same reason.',
  },
  {
    file: 'negotiation/server.ts',
    code: /byDefault\(directory, \{ secure: true, service \}\)/,
    original: 'true',
    why: 'No default looks at it; a connection has to have it.',
  },
  {
    file: 'negotiation/server.ts',
    code: /^if \(typeof item !== 'string'\) return \{ name: item\.name, byDefault: \(\) => true/,
    why: 'What the policy names is not asked whether it is offered by default.',
  },
  {
    file: 'negotiation/server.ts',
    code: /^return needs === 'scramCredentials' && /,
    original: "needs === 'scramCredentials'",
    why: 'What could not be offered is made, and not offered all the same.',
  },
  {
    file: 'negotiation/server.ts',
    code: /^if \((?:now !== hashes\) \{|String\(now\) !== String\(hashes\)\) lists\.length = 0)$/,
    replacement: 'true',
    why: 'The lists are made again, and are the same.',
  },
  {
    file: 'negotiation/client-table.ts',
    code: 'passwordText(password, { connection: UNKNOWN_CONNECTION })',
    why: 'A password that is no function asks nothing of the context.',
  },
]
