import type { Explanation } from './explanation.ts'

const PUT_IN = '"Stryker was here!"'
const NO_COMMAND =
  'A text that has no name of a command, of a mechanism or of a code is unknown, whatever it is.'

export const PROFILES: readonly Explanation[] = [
  {
    file: 'profiles/imap/server.ts',
    code: /body\.notice === 'line-too-long'\)$/,
    original: "body.kind === 'other'",
    replacement: 'true',
    why: 'Nothing else has a notice; it is asked for the compiler.',
  },
  {
    file: 'profiles/authenticate-arguments.ts',
    code: "const [name = '', argument, extra] = words.split(' ', 3)",
    original: "''",
    why: 'Splitting gives at least one word; the default is for the compiler.',
  },
  {
    file: 'profiles/authenticate-arguments.ts',
    code: "if (error instanceof SaslError) return { kind: 'refused', reason: error.reason }",
    why: 'What reads the octets throws SaslError alone. Were there a fault of ours, it would come out as itself.',
  },
  {
    file: 'profiles/imap/client.ts',
    code: 'const [, bye] = /^\\* BYE(?: (.*))?$/i.exec(last) ?? []',
    original: /BYE/,
    why: 'BYE without a text, or as the beginning of another word, is passed over either way: the end of the connection says it.',
  },
  {
    file: 'profiles/imap/client.ts',
    code: 'if (sentTag !== requireTag(context) || status === undefined)',
    original: 'status === undefined',
    why: 'Where the pattern finds nothing, the tag is no tag either; the second condition is for the compiler.',
  },
  {
    file: 'profiles/imap/client.ts',
    code: /^const \[, item, code\] = /,
    original: /CAPABILITY/,
    why: 'What stands behind the bracket is anything up to the end of the line, which a line has none of within it.',
  },
  {
    code: /^const \[, (?:code|enhanced) = ''\] = /,
    original: "''",
    replacement: PUT_IN,
    why: NO_COMMAND,
  },
  {
    code: /^const \[, (?:tag = '', )?word = '', rest\] = /,
    original: "''",
    replacement: PUT_IN,
    why: NO_COMMAND,
  },
  {
    code: /readAuthenticateArguments\(rest \?\? ''\)|readLogin\(rest \?\? ''|\.test\(rest \?\? ''\)/,
    original: "''",
    replacement: PUT_IN,
    why: 'No arguments are bad arguments, and so are the words put in: more than there may be, or with spaces where there may be none.',
  },
  {
    file: 'profiles/mechanism-name.ts',
    code: "if (typeof name !== 'string' || readMechanism(name) !== name)",
    original: "typeof name !== 'string'",
    why: 'What is no string is not equal to the string that is read from it. The condition says so to the reader.',
  },
  {
    file: 'profiles/pop3/client.ts',
    code: "const [first = '', ...more] = lines",
    original: "''",
    why: 'No line, and a line that is no response, are refused alike.',
  },
  {
    file: 'profiles/pop3/failures.ts',
    code: "['AUTH', 'invalid-credentials'],",
    why: 'The reason is that of no code, too. The row is there since RFC 3206 has it.',
  },
  {
    file: 'profiles/smtp/failures.ts',
    code: /^const \[, enhanced = ''\] = /,
    original: /\\d\{1,3\}/,
    why: 'Codes that have a meaning here have one digit in their second place.',
  },
  {
    file: 'profiles/smtp/server.ts',
    code: "while (end > 0 && line[end - 1] === ' ') end--",
    why: 'Before the first character stands none, so no space.',
  },
]
