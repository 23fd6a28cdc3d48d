/** AUTHINFO SASL of NNTP (RFC 4643) and STARTTLS (RFC 4642), as a profile. "=" is an empty message, in every place. */
import { base64, EMPTY, type FailureReason, fromBase64, malformed, type Octets } from 'saslkit'
import type { Capabilities, Command, CommandBody, LineProfile, Notice, Reply } from 'saslkit/profiles/smtp'

const write = (octets: Uint8Array): string => base64(octets) || '='

function read(word: string): Octets {
  const octets = word === '=' ? EMPTY : word === '' ? undefined : fromBase64(word)
  if (!octets) throw malformed('not base64')
  return octets
}

const MECHANISM = /^[A-Z0-9_-]{1,20}$/
const WORD = /^[\x21-\x7e]{1,255}$/
const WORDS = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

/** What the caller passes goes on a line: a line end in it would be a command of its own. */
function checked(text: string, shape: RegExp, what: string): string {
  if (!shape.test(text) || text.length > 500)
    throw new TypeError(`${what} must be printable ASCII of its kind`)
  return text
}

const writeAuthenticate = (mechanism: string, initialResponse: Uint8Array | undefined): string =>
  `AUTHINFO SASL ${checked(mechanism, MECHANISM, 'a mechanism')}${initialResponse ? ` ${write(initialResponse)}` : ''}\r\n`

// ── What the client reads ──

const DONE = {
  greeting: /^20[01]/,
  capabilities: /^101/,
  'start-tls': /^382/,
  authenticate: /^28[13]/,
} as const

const REASONS: ReadonlyMap<string, FailureReason> = new Map([
  ['482', 'malformed'],
  ['503', 'mechanism-unavailable'],
  ['483', 'encryption-required'],
  ['400', 'temporary'],
  ['502', 'not-authorized'],
])

function readCapabilities(lines: readonly string[]): Capabilities {
  const [, ...names] = (lines.find((line) => /^SASL /i.test(line)) ?? '').toUpperCase().split(' ')
  return {
    mechanisms: [...new Set(names.filter((name) => MECHANISM.test(name)))],
    startTls: lines.includes('STARTTLS'),
    initialResponse: true,
    passwordCommand: lines.some((line) => /^AUTHINFO\b.* USER\b/i.test(line)),
    others: lines.filter((line) => !/^(?:SASL|STARTTLS|AUTHINFO)\b/i.test(line)),
  }
}

// ── What the server reads ──

function readBody(line: string): CommandBody {
  const [verb, kind, name = '', argument, extra] = line.split(' ')
  if (`${verb} ${kind}`.toUpperCase() === 'AUTHINFO SASL') {
    const mechanism = name.toUpperCase()
    if (extra !== undefined) return { kind: 'other', notice: 'bad-arguments' }
    if (!MECHANISM.test(mechanism)) return { kind: 'refused', reason: 'mechanism-unavailable' }
    if (argument === undefined) return { kind: 'authenticate', mechanism, initialResponse: undefined }
    try {
      return { kind: 'authenticate', mechanism, initialResponse: read(argument) }
    } catch {
      return { kind: 'refused', reason: 'malformed' }
    }
  }
  if (line.length > 510) return { kind: 'other', notice: 'line-too-long' }
  const word = line.toUpperCase()
  if (word === 'CAPABILITIES') return { kind: 'capabilities' }
  if (word === 'STARTTLS') return { kind: 'start-tls' }
  return word === 'QUIT' ? { kind: 'quit' } : { kind: 'other', notice: 'unknown-command' }
}

// ── What the server writes ──

const INVALID = '481 Authentication failed'

const FAILURES: Readonly<Record<FailureReason, string>> = {
  malformed: '482 Authentication protocol error',
  'mechanism-unavailable': '503 Mechanism not recognized',
  'encryption-required': '483 Encryption required',
  'invalid-credentials': INVALID,
  'not-authorized': '502 Not authorized to act as the requested identity',
  'account-disabled': '481 Account disabled',
  'credentials-expired': '481 Credentials expired',
  temporary: '400 Temporary failure',
  aborted: '481 Authentication cancelled',
  'limit-exceeded': '482 Authentication message too long',
  'server-not-authenticated': INVALID,
  unacceptable: INVALID,
}

const NOTICES: Readonly<Record<Notice, string>> = {
  hello: '200 OK',
  done: '200 OK',
  'go-on': '381 Go on',
  bye: '205 Bye',
  'unknown-command': '500 Unknown command, or not before authentication',
  'bad-arguments': '501 Bad arguments',
  'out-of-order': '482 Bad sequence of commands',
  'log-in-first': '480 Authentication required',
  'start-tls-first': '483 Issue STARTTLS first',
  'no-start-tls': '502 STARTTLS not available',
  'line-too-long': '501 Line too long',
  'bad-line': '501 Lines end in CRLF alone and hold no NUL',
  closing: '400 Closing connection',
}

export const nntp: LineProfile = {
  service: 'nntp',
  limits: { command: 12_320, response: 12_288, literal: 0, reply: 24_576 },
  baseCapabilities: ['VERSION 2', 'READER'],
  helloFirst: false,

  writeCapabilitiesCommand: () => 'CAPABILITIES\r\n',
  writeStartTlsCommand: () => 'STARTTLS\r\n',
  carriesInitialResponse: (mechanism, octets) => writeAuthenticate(mechanism, octets).length <= 512,
  writeAuthenticateCommand: writeAuthenticate,
  writeResponse: (response) => `${write(response)}\r\n`,
  writeCancel: () => '*\r\n',

  readReply(lines, asked): Reply | undefined {
    const [first = '', ...rest] = lines
    const [, code = '', text = ''] = /^([1-5]\d\d)(?: (.*))?$/.exec(first) ?? []
    if (asked === 'authenticate' && code === '383') return { kind: 'challenge', challenge: read(text) }
    if (/^[45]/.test(code)) {
      const said = first.slice(0, 256).replace(/[^\x20-\x7e]/g, '?')
      return { kind: 'refused', reason: REASONS.get(code) ?? 'invalid-credentials', text: said }
    }
    if (!DONE[asked].test(code)) throw malformed('not an NNTP reply to what was asked')
    if (asked !== 'capabilities') return { kind: 'done' }
    return rest.at(-1) === '.'
      ? { kind: 'done', capabilities: readCapabilities(rest.slice(0, -1)) }
      : undefined
  },

  readCommand: (line): Command => ({ tag: '', ...readBody(line) }),
  readResponse: (line) => (line === '*' ? undefined : read(line)),

  writeGreeting: (_, { hostname }) => `200 ${checked(hostname, WORD, 'hostname')} ready\r\n`,
  writeCapabilities({ mechanisms, startTls, passwordCommand, others }) {
    const lines = [
      ...others.map((line) => checked(line, WORDS, 'a capability')),
      ...(startTls ? ['STARTTLS'] : []),
      `AUTHINFO${passwordCommand ? ' USER' : ''} SASL`,
      ['SASL', ...mechanisms.map((name) => checked(name, MECHANISM, 'a mechanism'))].join(' '),
    ]
    return `101 Capability list follows\r\n${lines.map((line) => `${line}\r\n`).join('')}.\r\n`
  },
  writeStartTls: () => '382 Begin TLS negotiation\r\n',
  writeChallenge: (challenge) => `383 ${write(challenge)}\r\n`,
  writeSuccess: () => '281 Authentication accepted\r\n',
  writeFailure: (reason) => `${FAILURES[reason]}\r\n`,
  writeNotice: (notice) => `${NOTICES[notice]}\r\n`,
}
