import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { EMPTY, utf8 } from '../../src/octets.js'
import type { Asked, Command, Reply } from '../../src/profiles/line-profile.js'
import * as smtp from '../../src/profiles/smtp.js'

const PLAIN = utf8('test\0test\x001234')
const HOST = { hostname: 'smtp.example.com' }

const malformed = (error: unknown) => error instanceof SaslError && error.reason === 'malformed'

test('the examples of RFC 4954 section 4.1', () => {
  assert.equal(
    smtp.writeCapabilitiesCommand({ hostname: 'client.example.com' }),
    'EHLO client.example.com\r\n',
  )
  const greeting = ['220-smtp.example.com ESMTP Server', '220 ready']
  assert.deepEqual(smtp.readReply(greeting.slice(0, 1), 'greeting'), undefined)
  assert.deepEqual(smtp.readReply(greeting, 'greeting'), { kind: 'done' })
  const ehlo = [
    '250-smtp.example.com Hello client.example.com',
    '250-AUTH GSSAPI DIGEST-MD5',
    '250-ENHANCEDSTATUSCODES',
    '250 STARTTLS',
  ]
  assert.deepEqual(smtp.readReply(ehlo, 'capabilities'), {
    kind: 'done',
    capabilities: {
      mechanisms: ['GSSAPI', 'DIGEST-MD5'],
      startTls: true,
      initialResponse: true,
      passwordCommand: false,
      others: ['ENHANCEDSTATUSCODES'],
    },
  })
  assert.equal(smtp.writeAuthenticateCommand('PLAIN', PLAIN), 'AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=\r\n')
  assert.equal(smtp.writeAuthenticateCommand('PLAIN'), 'AUTH PLAIN\r\n')
  assert.equal(smtp.writeAuthenticateCommand('EXTERNAL', EMPTY), 'AUTH EXTERNAL =\r\n')
  assert.equal(smtp.writeChallenge(EMPTY), '334 \r\n')
  assert.equal(smtp.writeResponse(PLAIN), 'dGVzdAB0ZXN0ADEyMzQ=\r\n')
  assert.equal(smtp.writeSuccess(), '235 2.7.0 Authentication successful\r\n')
  const cram = 'PDQxOTI5NDIzNDEuMTI4Mjg0NzJAc291cmNlZm91ci5hbmRyZXcuY211LmVkdT4='
  assert.deepEqual(smtp.readReply([`334 ${cram}`], 'authenticate'), {
    kind: 'challenge',
    challenge: utf8('<4192942341.12828472@sourcefour.andrew.cmu.edu>'),
  })
})

test('capabilities of all ages', () => {
  const mechanisms = (...lines: string[]) => {
    const reply = smtp.readReply(
      ['250-host', ...lines.map((line) => `250-${line}`), '250 END'],
      'capabilities',
    )
    return reply?.kind === 'done' && reply.capabilities?.mechanisms
  }
  assert.deepEqual(mechanisms('AUTH=LOGIN PLAIN'), ['LOGIN', 'PLAIN'])
  assert.deepEqual(mechanisms('AUTH LOGIN', 'AUTH=LOGIN PLAIN'), ['LOGIN', 'PLAIN'])
  assert.deepEqual(mechanisms('auth plain  login'), ['PLAIN', 'LOGIN'])
  assert.deepEqual(mechanisms('AUTH PLAIN PLAIN __proto__ pla,in SCRAM-SHA-1'), [
    'PLAIN',
    '__PROTO__',
    'SCRAM-SHA-1',
  ])
  assert.deepEqual(mechanisms('AUTH'), [])
  assert.deepEqual(mechanisms('AUTHORITY PLAIN', 'XAUTH PLAIN'), [])
})

test('commands', () => {
  const authenticate = (mechanism: string, initialResponse?: Uint8Array): object => ({
    tag: '',
    kind: 'authenticate',
    mechanism,
    initialResponse,
  })
  const refused = (reason: string) => ({ tag: '', kind: 'refused', reason })
  const other = (notice: string) => ({ tag: '', kind: 'other', notice })
  const table: readonly (readonly [string, object])[] = [
    ['AUTH PLAIN', authenticate('PLAIN')],
    ['AUTH PLAIN ', authenticate('PLAIN')],
    ['auth plain =', authenticate('PLAIN', EMPTY)],
    ['AUTH PLAIN AA==', authenticate('PLAIN', utf8('\0'))],
    ['AUTH', other('bad-arguments')],
    ['AUTH ', other('bad-arguments')],
    ['AUTH  PLAIN', other('bad-arguments')],
    ['AUTH PLAIN AA== AA==', other('bad-arguments')],
    ['AUTH PLAIN *', refused('malformed')],
    ['AUTH PLAIN ==', refused('malformed')],
    ['AUTH PLAIN AA', refused('malformed')],
    ['AUTH PLA\xdfN', refused('mechanism-unavailable')],
    [`AUTH ${'A'.repeat(21)}`, refused('mechanism-unavailable')],
    ['AUTHPLAIN', other('unknown-command')],
    ['EHLO client.example.com', { tag: '', kind: 'capabilities', hello: 'client.example.com' }],
    ['ehlo [127.0.0.1]  ', { tag: '', kind: 'capabilities', hello: '[127.0.0.1]' }],
    ['EHLO', other('bad-arguments')],
    ['EHLO a b', other('bad-arguments')],
    ['EHLO \xe4', other('bad-arguments')],
    ['HELO me', { tag: '', kind: 'hello', hello: 'me' }],
    ['STARTTLS', { tag: '', kind: 'start-tls' }],
    ['STARTTLS now', other('bad-arguments')],
    ['NOOP', { tag: '', kind: 'nothing' }],
    ['NOOP x', { tag: '', kind: 'nothing' }],
    ['RSET', { tag: '', kind: 'nothing' }],
    ['QUIT', { tag: '', kind: 'quit' }],
    ['MAIL FROM:<a@example.org>', other('log-in-first')],
    ['DATA', other('log-in-first')],
    ['', other('unknown-command')],
    [' QUIT', other('unknown-command')],
    ['GET / HTTP/1.1', other('unknown-command')],
    ['QUIT\nQUIT', other('unknown-command')],
    [`NOOP ${'x'.repeat(505)}`, { tag: '', kind: 'nothing' }],
    [`NOOP ${'x'.repeat(506)}`, other('line-too-long')],
  ]
  for (const [line, command] of table) assert.deepEqual(smtp.readCommand(line), command as Command, line)
})

test('a line of spaces costs no more than its length', () => {
  const line = `AUTH PLAIN${' '.repeat(12_000)}`
  assert.equal(smtp.readCommand(line).kind, 'authenticate')
  assert.equal(smtp.readCommand(`${line}x`).kind, 'other')
})

test('an initial response goes along up to the 512 octets of a command', () => {
  assert.equal(smtp.carriesInitialResponse('PLAIN', new Uint8Array(372)), true) // "AUTH PLAIN ", 496, CRLF: 509
  assert.equal(smtp.carriesInitialResponse('PLAIN', new Uint8Array(375)), false) // 513
  assert.equal(smtp.carriesInitialResponse('X'.repeat(8), new Uint8Array(372)), true) // 512
})

test('refusals, as a client reads them', () => {
  const table: readonly (readonly [string, string])[] = [
    ['535 5.7.8 Error: authentication failed', 'invalid-credentials'],
    ['535 Incorrect authentication data', 'invalid-credentials'],
    ['535', 'invalid-credentials'],
    ['535 5.7.13 Account disabled', 'account-disabled'],
    ['525 5.7.13 Account disabled', 'account-disabled'],
    ['534 5.7.9 Too weak', 'mechanism-unavailable'],
    ['504 5.5.4 Unrecognized', 'mechanism-unavailable'],
    ['500 5.5.1 Command unrecognized', 'mechanism-unavailable'],
    ['500 5.5.6 Too long', 'limit-exceeded'],
    ['503 5.5.1 AUTH not available', 'mechanism-unavailable'],
    ['538 5.7.11 Encryption required', 'encryption-required'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'encryption-required'],
    ['501 5.5.2 Cannot decode', 'malformed'],
    ['501 5.7.0 Cancelled', 'aborted'],
    ['432 4.7.12 Transition', 'credentials-expired'],
    ['454 4.7.0 Temporary', 'temporary'],
    ['421 4.3.2 Closing', 'temporary'],
    ['454 5.7.8x not a code', 'temporary'],
    ['554 5.7.1 Rejected', 'not-authorized'],
  ]
  for (const [line, reason] of table) {
    const reply = smtp.readReply([line], 'authenticate') as Extract<Reply, { kind: 'refused' }>
    assert.deepEqual([reply.kind, reply.reason], ['refused', reason], line)
  }
  const lines = ['535-5.7.8 Username and Password', '535 5.7.8 not accepted']
  assert.equal(smtp.readReply(lines.slice(0, 1), 'authenticate'), undefined)
  assert.deepEqual(smtp.readReply(lines, 'authenticate'), {
    kind: 'refused',
    reason: 'invalid-credentials',
    text: '535 5.7.8 Username and Password 5.7.8 not accepted',
  })
})

test('replies that are none', () => {
  const table: readonly (readonly [readonly string[], Asked])[] = [
    [['235 2.7.0 in already'], 'greeting'],
    [['250 OK'], 'authenticate'],
    [['334 AA=='], 'start-tls'],
    [['334-AA==', '334 AA=='], 'authenticate'],
    [['250-host', '235 in'], 'authenticate'],
    [['235-2.7.0', '535 no'], 'authenticate'],
    [['334 username:'], 'authenticate'],
    [['334  AA=='], 'authenticate'],
    [['235\n250'], 'authenticate'],
    [['235_x'], 'authenticate'],
  ]
  for (const [lines, asked] of table)
    assert.throws(() => smtp.readReply(lines, asked), malformed, JSON.stringify(lines))
})

test('a server that offers nothing says so in one line', () => {
  const nothing = {
    mechanisms: [],
    startTls: false,
    initialResponse: true,
    passwordCommand: false,
    others: [],
  }
  assert.equal(smtp.writeCapabilities(nothing, HOST), '250 smtp.example.com\r\n')
  assert.equal(smtp.writeNotice('hello', HOST), '250 smtp.example.com\r\n')
})
