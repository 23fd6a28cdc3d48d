import type { Explanation } from './explanation.ts'

const SHORTCUT = 'A short way to what the long way finds too: only time is saved.'
const FOR_THE_COMPILER = 'The compiler asks for it; the condition beside it refuses the same.'
const NONE_FOR_NONE = 'What is asked with undefined answers undefined.'

export const MECHANISMS: readonly Explanation[] = [
  {
    file: 'mechanisms/client-credentials.ts',
    code: '} catch {',
    why: 'A function that returns nothing returns undefined.',
  },
  {
    file: 'mechanisms/cram-md5.ts',
    code: 'if (isState(known) === isState(nobody)) return nobody',
    why: 'What is made in its place takes as long to check, and no response fits it either.',
  },
  {
    file: 'mechanisms/cram-md5.ts',
    code: /judge\(\{ authcid: .* \}, \{ authcid \}\)$/,
    original: '{ authcid }',
    why: 'The name in the verdict stands in place of the one that was asked for.',
  },
  {
    file: 'mechanisms/oauth.ts',
    code: '} catch {',
    why: 'What is no JSON is undefined then, and that is refused as no object is.',
  },
  {
    file: 'mechanisms/oauth.ts',
    code: /judge\(verdict, \{ authcid: '', /,
    original: "''",
    why: 'The verdict names whom the token is for, or is a refusal.',
  },
  {
    file: 'mechanisms/parse-gs2-header.ts',
    code: "if (!escaped.includes('=')) return escaped",
    why: SHORTCUT,
  },
  {
    file: 'mechanisms/parse-gs2-header.ts',
    code: /^const GS2_HEADER = /,
    original: /GS2|\[ny\]/,
    why: 'What is matched ends with its second comma, so nothing can stand behind it.',
  },
  {
    file: 'mechanisms/parse-gs2-header.ts',
    code: /^if \((?:length === 3 && message\[1\] === COMMA\) \{|message\[0\] === (?:N|Y)\) return)/,
    why: `${SHORTCUT} Three octets that end in a second comma have the first in their middle, or are refused.`,
  },
  {
    file: 'mechanisms/login.ts',
    code: /^const (?:sent|password) = word\(/,
    why: 'It stands in what an error says to people.',
  },
  {
    file: 'mechanisms/names.ts',
    code: 'return name.length <= LONGEST / 3 || utf8Length(name) <= LONGEST ? name : undefined',
    why: `${SHORTCUT} A third of the octets in characters cannot be too long.`,
  },
  {
    file: 'mechanisms/names.ts',
    code: 'length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4',
    original: 'code < 0x80',
    why: 'U+0080 is a control, and no name.',
  },
  {
    file: 'mechanisms/oauth.ts',
    code: "if (typeof read !== 'object' || read === null) return {}",
    original: "typeof read !== 'object'",
    why: 'Text and numbers have no fields by these names.',
  },
  {
    file: 'mechanisms/oauth.ts',
    code: /^\.\.\.\((?:status|scope|openidConfiguration) !== undefined/,
    why: 'The error has undefined for what did not come, whichever way it did not.',
  },
  {
    file: 'mechanisms/oauthbearer.ts',
    code: /^if \(key === undefined \|\| value === undefined/,
    why: 'The pattern finds both or none.',
  },
  {
    file: 'mechanisms/oauthbearer.ts',
    code: /^const \[, token\] = /,
    original: "''",
    why: 'No authorization and one that is no bearer token are refused alike.',
  },
  {
    file: 'mechanisms/oauthbearer.ts',
    code: /authorizationIdentity\(authzid\)$/,
    why: 'Of undefined, the text "undefined" has no controls, and is the name that is given beside it.',
  },
  {
    file: 'mechanisms/plain.ts',
    code: /^if \(second < 0\) throw/,
    original: 'second < 0',
    replacement: 'second <= 0',
    why: 'The second NUL is never the first octet.',
  },
  {
    file: 'mechanisms/scram/binding.ts',
    code: "if (header === 'n,,' && !binding) return NOT_BOUND",
    why: SHORTCUT,
  },
  {
    file: 'mechanisms/scram/client.ts',
    code: /cache\?\.get\(id\)$/,
    why: 'There is an id only where there is a cache.',
  },
  {
    file: 'mechanisms/scram/client.ts',
    code: 'if (id !== undefined && !kept) cache?.set(id, keys)',
    why: 'There is an id only where there is a cache.',
  },
  {
    file: 'mechanisms/scram/decoy.ts',
    code: /^for \(let block = 1; octets\.length < length; block/,
    why: 'One block more is cut off again; numbers that go down number blocks as well.',
  },
  {
    file: 'mechanisms/scram/decoy.ts',
    code: 'return octets.length === length ? octets : octets.slice(0, length)',
    why: SHORTCUT,
  },
  {
    file: 'mechanisms/scram/decoy.ts',
    code: 'if (key.length !== size) key = random(size)',
    why: 'A key that no proof fits, drawn once or each time.',
  },
  {
    file: 'mechanisms/scram/key-ids.ts',
    code: /^let (?:owner|id) = ''$/,
    why: 'It is written before it is read.',
  },
  {
    file: 'mechanisms/scram/key-ids.ts',
    code: /^if \(owner !== owned/,
    why: `${SHORTCUT} The id is made again of the same parts.`,
  },
  {
    file: 'mechanisms/scram/messages.ts',
    code: /^if \(message\[at\] === M && message\[at \+ 1\] === EQUALS\)/,
    why: 'Either way the message is malformed.',
  },
  {
    file: 'mechanisms/scram/messages.ts',
    code: "if (proofAt < nonceEnd) throw malformed('no proof')",
    why: 'Then "p=" would have to stand in place of the nonce, or of the binding, where another attribute is required.',
  },
  {
    file: 'mechanisms/scram/messages.ts',
    code: /^if \(!is(?:Nonce|Binding)Expected\) /,
    replacement: 'true',
    why: `${SHORTCUT} What was expected is well formed.`,
  },
  {
    file: 'mechanisms/scram/server.ts',
    code: 'first.header.authzid === undefined',
    why: 'Of undefined, the text "undefined" has no controls, and undefined is what is given back.',
  },
  {
    file: 'mechanisms/scram/server.ts',
    code: 'const binding = bindingType === undefined ? undefined : heldBinding(connection, bindingType)',
    why: `${NONE_FOR_NONE} No binding has a type that is undefined.`,
  },
  {
    file: 'mechanisms/scram/server.ts',
    code: /^return bindingType !== undefined && heldBinding\(connection, bindingType\)/,
    why: `${NONE_FOR_NONE} No binding has a type that is undefined.`,
  },
  {
    file: 'mechanisms/xoauth2.ts',
    code: /^if \(!user \|\| !token/,
    original: '!user || !token',
    why: FOR_THE_COMPILER,
  },
]
