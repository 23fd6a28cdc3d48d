/** What IMAP's profile says word for word, and what it takes other servers' words for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FailureReason } from '../../src/errors.js'
import { utf8 } from '../../src/octets.js'
import * as imap from '../../src/profiles/imap.js'
import type { Notice } from '../../src/profiles/line-profile.js'

const TAG = { tag: 'A1' }
const HOST = { hostname: 'imap.example.com' }
const NONE = {
  mechanisms: [],
  startTls: false,
  initialResponse: false,
  passwordCommand: true,
  others: [],
} as const

test('each failure is BAD, or NO with a code of RFC 5530', () => {
  const said: Record<FailureReason, string> = {
    malformed: 'BAD Malformed authentication message',
    'mechanism-unavailable': 'NO [CANNOT] Authentication mechanism not available',
    'encryption-required': 'NO [PRIVACYREQUIRED] Encryption required',
    'invalid-credentials': 'NO [AUTHENTICATIONFAILED] Authentication credentials invalid',
    'not-authorized': 'NO [AUTHORIZATIONFAILED] Not authorized to act as the requested identity',
    'account-disabled': 'NO [CONTACTADMIN] Account disabled',
    'credentials-expired': 'NO [EXPIRED] Credentials expired',
    temporary: 'NO [UNAVAILABLE] Temporary authentication failure',
    aborted: 'BAD Authentication cancelled',
    'limit-exceeded': 'BAD Authentication message too long',
    'server-not-authenticated': 'NO [AUTHENTICATIONFAILED] Authentication credentials invalid',
    unacceptable: 'NO [AUTHENTICATIONFAILED] Authentication credentials invalid',
  }
  for (const [reason, line] of Object.entries(said))
    assert.equal(imap.writeFailure(reason as FailureReason, TAG), `A1 ${line}\r\n`)
})

test('each notice has its tag, or none where the connection ends', () => {
  const said: Record<Notice, string> = {
    hello: 'A1 OK Done',
    done: 'A1 OK Done',
    'go-on': '+ Go on',
    bye: '* BYE Logging out\r\nA1 OK Done',
    'unknown-command': 'A1 BAD Unknown command, or not before authentication',
    'bad-arguments': 'A1 BAD Bad command or arguments',
    'out-of-order': 'A1 BAD Bad sequence of commands',
    'log-in-first': 'A1 BAD Not before authentication',
    'start-tls-first': 'A1 NO [PRIVACYREQUIRED] Issue STARTTLS first',
    'no-start-tls': 'A1 BAD STARTTLS not available',
    'line-too-long': '* BYE Line too long',
    'bad-line': '* BYE Lines end in CRLF alone and hold no NUL',
    closing: '* BYE Closing connection',
  }
  for (const [notice, line] of Object.entries(said))
    assert.equal(imap.writeNotice(notice as Notice, TAG), `${line}\r\n`)
})

test('greeting, capabilities and STARTTLS, as RFC 9051 has them', () => {
  const offered = {
    mechanisms: ['SCRAM-SHA-256', 'PLAIN'],
    startTls: true,
    initialResponse: true,
    passwordCommand: false,
    others: ['IMAP4rev1', 'ID'],
  }
  const words = 'CAPABILITY IMAP4rev1 ID SASL-IR STARTTLS LOGINDISABLED AUTH=SCRAM-SHA-256 AUTH=PLAIN'
  assert.equal(imap.writeGreeting(offered, HOST), `* OK [${words}] imap.example.com ready\r\n`)
  assert.equal(imap.writeCapabilities(offered, TAG), `* ${words}\r\nA1 OK Done\r\n`)
  assert.equal(imap.writeCapabilities(NONE, TAG), '* CAPABILITY\r\nA1 OK Done\r\n')
  assert.equal(imap.writeStartTls(TAG), 'A1 OK Begin TLS negotiation now\r\n')
  assert.equal(imap.writeStartTlsCommand(TAG), 'A1 STARTTLS\r\n')
  const message = (what: string) => ({ name: 'TypeError', message: new RegExp(`^${what} must`) })
  assert.throws(() => imap.writeGreeting(NONE, { hostname: 'a b' }), message('hostname'))
  assert.throws(() => imap.writeCapabilities({ ...NONE, others: ['a b'] }, TAG), message('a capability'))
  for (const tag of ['', '+', 'a b', ['A1'] as unknown as string])
    assert.throws(() => imap.writeStartTlsCommand({ tag }), message('tag'))
})

test('what the profile is', () => {
  assert.equal(imap.service, 'imap')
  assert.deepEqual(imap.baseCapabilities, ['IMAP4rev1'])
  assert.equal(imap.helloFirst, false)
  assert.deepEqual(imap.limits, { command: 12_388, response: 12_288, literal: 4096, reply: 24_576 })
})

test('each code means what RFC 5530 says; without one, NO is about credentials, BAD about syntax, BYE for now', () => {
  const means: readonly (readonly [string, FailureReason])[] = [
    ['NO [AUTHENTICATIONFAILED] x', 'invalid-credentials'],
    ['BAD [AUTHENTICATIONFAILED] x', 'invalid-credentials'],
    ['NO [authorizationfailed] x', 'not-authorized'],
    ['NO [CANNOT] x', 'mechanism-unavailable'],
    ['NO [CONTACTADMIN] x', 'account-disabled'],
    ['NO [EXPIRED] x', 'credentials-expired'],
    ['NO [INUSE] x', 'temporary'],
    ['NO [LIMIT] x', 'limit-exceeded'],
    ['NO [PRIVACYREQUIRED] x', 'encryption-required'],
    ['NO [SERVERBUG] x', 'temporary'],
    ['NO [UNAVAILABLE] x', 'temporary'],
    ['NO x [UNAVAILABLE] x', 'invalid-credentials'],
    ['NO', 'invalid-credentials'],
    ['BAD', 'malformed'],
  ]
  for (const [line, reason] of means) {
    const reply = imap.readReply([`A1 ${line}`], 'authenticate', TAG)
    assert.deepEqual(reply, {
      kind: 'refused',
      reason,
      text: line === 'NO' || line === 'BAD' ? `${line} ` : line,
    })
  }
  const bye = (line: string) => imap.readReply([line], 'authenticate', TAG)
  assert.deepEqual(bye('* BYE [UNAVAILABLE] x'), {
    kind: 'refused',
    reason: 'temporary',
    text: 'BYE [UNAVAILABLE] x',
  })
  assert.deepEqual(bye('* BYE x'), { kind: 'refused', reason: 'temporary', text: 'BYE x' })
  assert.equal(bye('* OK * BYE x'), undefined)
  assert.equal(bye('* BYEX'), undefined)
})

test('a response begins with its tag, and with nothing before it', () => {
  const read = (line: string) => imap.readReply([line], 'authenticate', TAG)
  assert.deepEqual(read('A1 OK'), { kind: 'done' })
  assert.deepEqual(read('+'), { kind: 'challenge', challenge: new Uint8Array() })
  for (const line of ['x A1 OK', ' A1 OK', 'A2 OK', 'A1 OKAY', 'A1', 'A1 MAYBE', 'x+ eA==', 'A1+ eA=='])
    assert.throws(() => read(line), { reason: 'malformed' }, line)
})

test('greetings are what RFC 9051 section 7.1 knows, from the beginning of the line', () => {
  const read = (line: string) => imap.readReply([line], 'greeting', TAG)
  assert.deepEqual(read('* OK'), { kind: 'done' })
  assert.deepEqual(read('* PREAUTH'), { kind: 'preauthenticated' })
  assert.deepEqual(read('* BYE'), { kind: 'refused', reason: 'temporary', text: 'BYE ' })
  assert.deepEqual(read('* BYE [UNAVAILABLE] x'), {
    kind: 'refused',
    reason: 'temporary',
    text: 'BYE [UNAVAILABLE] x',
  })
  for (const line of ['x* OK', '* OKAY', '* OK\rx', '', '* NO'])
    assert.throws(() => read(line), { reason: 'malformed' }, line)
})

test('capabilities are read where the server tells them, and not from its texts', () => {
  const read = (...lines: string[]) => {
    const reply = imap.readReply(lines, 'authenticate', TAG)
    return reply?.kind === 'done' ? reply.capabilities : undefined
  }
  const plain = { ...NONE, mechanisms: ['PLAIN'], others: ['X'] }
  assert.deepEqual(read('* CAPABILITY X  AUTH=PLAIN', 'A1 OK'), plain)
  assert.deepEqual(read('A1 OK [CAPABILITY X AUTH=PLAIN] in'), plain)
  assert.equal(read('* x * CAPABILITY AUTH=PLAIN', 'A1 OK'), undefined)
  assert.equal(read('A1 OK in'), undefined)
})

test('an initial response goes along up to the 8192 octets of a command', () => {
  const fits = (name: number) =>
    imap.carriesInitialResponse('X'.repeat(name), utf8('x'.repeat(6111)), { initialResponse: true }, TAG)
  // "A1 AUTHENTICATE ", the name, " ", 8148, CRLF.
  assert.equal(fits(20), true)
  const longer = { tag: 'A'.repeat(7) }
  const fitsUnder = (tag: string) =>
    imap.carriesInitialResponse('X'.repeat(20), utf8('x'.repeat(6111)), { initialResponse: true }, { tag })
  assert.equal(fitsUnder(longer.tag), true)
  assert.equal(fitsUnder(`${longer.tag}A`), false)
})

test('nothing is read into a command that is none', () => {
  const bad = (tag: string, notice: Notice) => ({ tag, kind: 'other', notice })
  assert.deepEqual(imap.readCommand(''), bad('*', 'bad-arguments'))
  assert.deepEqual(imap.readCommand(' A1 NOOP'), bad('*', 'bad-arguments'))
  assert.deepEqual(imap.readCommand('A1 NOOP\n'), bad('*', 'bad-arguments'))
  assert.deepEqual(imap.readCommand('A1 AUTHENTICATE'), bad('A1', 'bad-arguments'))
  assert.deepEqual(imap.readCommand('A1 LOGIN'), bad('A1', 'bad-arguments'))
  assert.deepEqual(imap.readCommand('A12 NOOP'), { tag: 'A12', kind: 'nothing' })
})
