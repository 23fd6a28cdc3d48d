/** What POP3's profile says word for word, and what it takes other servers' words for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FailureReason } from '../../src/errors.js'
import { utf8 } from '../../src/octets.js'
import type { Notice } from '../../src/profiles/line-profile.js'
import * as pop3 from '../../src/profiles/pop3.js'

const NONE = {
  mechanisms: [],
  startTls: false,
  initialResponse: true,
  passwordCommand: false,
  others: [],
} as const

test('each failure is -ERR, with the codes of RFC 3206 where one fits', () => {
  const said: Record<FailureReason, string> = {
    malformed: '-ERR Malformed authentication message',
    'mechanism-unavailable': '-ERR Authentication mechanism not available',
    'encryption-required': '-ERR Encryption required for this authentication mechanism',
    'invalid-credentials': '-ERR [AUTH] Authentication credentials invalid',
    'not-authorized': '-ERR [AUTH] Not authorized to act as the requested identity',
    'account-disabled': '-ERR [AUTH] Account disabled',
    'credentials-expired': '-ERR [AUTH] Credentials expired',
    temporary: '-ERR [SYS/TEMP] Temporary authentication failure',
    aborted: '-ERR Authentication cancelled',
    'limit-exceeded': '-ERR Authentication message too long',
    'server-not-authenticated': '-ERR [AUTH] Authentication credentials invalid',
    unacceptable: '-ERR [AUTH] Authentication credentials invalid',
  }
  for (const [reason, line] of Object.entries(said))
    assert.equal(pop3.writeFailure(reason as FailureReason), `${line}\r\n`)
})

test('each notice is +OK or -ERR, and the end of the connection has no word', () => {
  const said: Record<Notice, string> = {
    hello: '+OK\r\n',
    done: '+OK\r\n',
    'go-on': '+OK Send PASS\r\n',
    bye: '+OK Bye\r\n',
    'unknown-command': '-ERR Unknown command, or not before authentication\r\n',
    'bad-arguments': '-ERR Bad arguments\r\n',
    'out-of-order': '-ERR Bad sequence of commands\r\n',
    'log-in-first': '-ERR Not before authentication\r\n',
    'start-tls-first': '-ERR Issue STLS first\r\n',
    'no-start-tls': '-ERR STLS not available\r\n',
    'line-too-long': '-ERR Line too long\r\n',
    'bad-line': '-ERR Lines end in CRLF alone and hold no NUL\r\n',
    closing: '',
  }
  for (const [notice, line] of Object.entries(said)) assert.equal(pop3.writeNotice(notice as Notice), line)
})

test('capabilities and STLS, as RFC 2449 and RFC 2595 have them', () => {
  const offered = {
    ...NONE,
    mechanisms: ['SCRAM-SHA-256', 'PLAIN'],
    startTls: true,
    passwordCommand: true,
    others: ['UIDL', '.DOT', 'A.B'],
  }
  assert.equal(
    pop3.writeCapabilities(offered),
    '+OK Capability list follows\r\nUIDL\r\n..DOT\r\nA.B\r\nSTLS\r\nUSER\r\nSASL SCRAM-SHA-256 PLAIN\r\n.\r\n',
  )
  assert.equal(pop3.writeCapabilities(NONE), '+OK Capability list follows\r\n.\r\n')
  assert.equal(pop3.writeStartTls(), '+OK Begin TLS negotiation\r\n')
  assert.equal(pop3.writeSuccess(), '+OK Authenticated\r\n')
  assert.equal(pop3.writeCapabilitiesCommand(), 'CAPA\r\n')
  assert.equal(pop3.writeStartTlsCommand(), 'STLS\r\n')
  const message = (what: string) => ({ name: 'TypeError', message: new RegExp(`^${what} must`) })
  assert.throws(() => pop3.writeCapabilities({ ...NONE, others: ['a\r\nb'] }), message('a capability'))
  assert.throws(() => pop3.writeGreeting(NONE, { hostname: 'a b' }), message('hostname'))
})

test('what the profile is', () => {
  assert.equal(pop3.service, 'pop')
  assert.deepEqual(pop3.baseCapabilities, ['RESP-CODES', 'AUTH-RESP-CODE'])
  assert.equal(pop3.helloFirst, false)
  assert.deepEqual(pop3.limits, { command: 12_314, response: 12_288, literal: 0, reply: 24_576 })
})

test('capabilities are read from lines that say so and no more', () => {
  const read = (line: string) => {
    const reply = pop3.readReply(['+OK', line, '.'], 'capabilities')
    return reply?.kind === 'done' ? reply.capabilities : undefined
  }
  const others = (line: string) => ({ ...NONE, others: [line] })
  assert.deepEqual(read('SASL PLAIN'), { ...NONE, mechanisms: ['PLAIN'] })
  assert.deepEqual(read('SASL'), NONE)
  assert.deepEqual(read('stls'), { ...NONE, startTls: true })
  assert.deepEqual(read('user'), { ...NONE, passwordCommand: true })
  for (const line of ['XSASL PLAIN', 'SASLX', 'XSTLS', 'STLSX', 'XUSER', 'USERX', 'A.B'])
    assert.deepEqual(read(line), others(line))
  assert.deepEqual(read('..DOT'), others('.DOT'))
})

test('each code means what RFC 2449, RFC 3206 and RFC 2449 section 8 say', () => {
  const means: readonly (readonly [string, FailureReason])[] = [
    ['-ERR [AUTH] x', 'invalid-credentials'],
    ['-ERR [IN-USE] x', 'temporary'],
    ['-ERR [in-use] x', 'temporary'],
    ['-ERR [LOGIN-DELAY] x', 'temporary'],
    ['-ERR [SYS/TEMP] x', 'temporary'],
    ['-ERR [SYS/PERM] x', 'temporary'],
    ['-ERR x [SYS/PERM] x', 'invalid-credentials'],
    ['-ERR', 'invalid-credentials'],
  ]
  for (const [line, reason] of means) {
    const reply = pop3.readReply([line], 'authenticate')
    assert.equal(reply?.kind === 'refused' && reply.reason, reason, line)
  }
  assert.deepEqual(pop3.readReply(['-ERR no\u0007'], 'authenticate'), {
    kind: 'refused',
    reason: 'invalid-credentials',
    text: '-ERR no?',
  })
  assert.deepEqual(pop3.readReply(['-ERR'], 'authenticate'), {
    kind: 'refused',
    reason: 'invalid-credentials',
    text: '-ERR ',
  })
})

test('responses begin with their sign, and a challenge may be empty', () => {
  const empty = { kind: 'challenge', challenge: new Uint8Array() }
  assert.deepEqual(pop3.readReply(['+'], 'authenticate'), empty)
  assert.deepEqual(pop3.readReply(['+ '], 'authenticate'), empty)
  for (const line of ['x+OK', 'x-ERR', 'x+ eA==', '', '+OKx'])
    assert.throws(() => pop3.readReply([line], 'authenticate'), { reason: 'malformed' }, line)
  assert.throws(() => pop3.readReply([], 'authenticate'), TypeError)
})

test('an initial response that makes 255 octets goes along, one of 256 waits', () => {
  const fits = (length: number) => pop3.carriesInitialResponse('X'.repeat(20), utf8('x'.repeat(length)))
  // "AUTH ", 20, " ", CRLF: 28, which leaves 227; base64 comes in fours.
  assert.equal(fits(168), true)
  assert.equal(fits(169), false)
  const name = (length: number) => pop3.carriesInitialResponse('X'.repeat(length), utf8('x'.repeat(177)))
  // "AUTH ", the name, " ", 236, CRLF.
  assert.equal(name(11), true)
  assert.equal(name(12), false)
})

test('nothing is read into a command that is none', () => {
  for (const [line, notice] of [
    ['AUTH', 'bad-arguments'],
    ['', 'unknown-command'],
    ['A B\r', 'unknown-command'],
    ['QUIT\n', 'unknown-command'],
    ['1QUIT', 'unknown-command'],
  ] as const)
    assert.deepEqual(pop3.readCommand(line), { tag: '', kind: 'other', notice })
})
