/** What SMTP's profile says word for word, and what it takes other servers' words for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FailureReason } from '../../src/errors.js'
import type { Notice } from '../../src/profiles/line-profile.js'
import * as smtp from '../../src/profiles/smtp.js'

const HOST = { hostname: 'mx.example.com' }
const NONE = {
  mechanisms: [],
  startTls: false,
  initialResponse: true,
  passwordCommand: false,
  others: [],
} as const

test('each failure has the reply code of RFC 4954 section 6 and the enhanced code of RFC 5248', () => {
  const said: Record<FailureReason, string> = {
    malformed: '501 5.5.2 Malformed authentication message',
    'mechanism-unavailable': '504 5.5.4 Authentication mechanism not available',
    'encryption-required': '538 5.7.11 Encryption required for this authentication mechanism',
    'invalid-credentials': '535 5.7.8 Authentication credentials invalid',
    'not-authorized': '535 5.7.8 Not authorized to act as the requested identity',
    'account-disabled': '535 5.7.13 Account disabled',
    'credentials-expired': '535 5.7.8 Credentials expired',
    temporary: '454 4.7.0 Temporary authentication failure',
    aborted: '501 5.7.0 Authentication cancelled',
    'limit-exceeded': '500 5.5.6 Authentication message too long',
    'server-not-authenticated': '535 5.7.8 Authentication credentials invalid',
    unacceptable: '535 5.7.8 Authentication credentials invalid',
  }
  for (const [reason, line] of Object.entries(said))
    assert.equal(smtp.writeFailure(reason as FailureReason), `${line}\r\n`)
})

test('each notice has its reply code', () => {
  const said: Record<Notice, string> = {
    hello: '250 mx.example.com',
    done: '250 2.0.0 OK',
    'go-on': '250 2.0.0 OK',
    bye: '221 2.0.0 Bye',
    'unknown-command': '500 5.5.1 Unknown command',
    'bad-arguments': '501 5.5.4 Bad arguments',
    'out-of-order': '503 5.5.1 Bad sequence of commands',
    'log-in-first': '530 5.7.0 Authentication required',
    'start-tls-first': '530 5.7.0 Must issue a STARTTLS command first',
    'no-start-tls': '502 5.5.1 STARTTLS not available',
    'line-too-long': '500 5.5.6 Line too long',
    'bad-line': '501 5.5.2 Lines end in CRLF alone and hold no NUL',
    closing: '421 4.7.0 Closing connection',
  }
  for (const [notice, line] of Object.entries(said))
    assert.equal(smtp.writeNotice(notice as Notice, HOST), `${line}\r\n`)
})

test('greeting, capabilities and STARTTLS, as RFC 5321 and RFC 3207 have them', () => {
  assert.equal(smtp.writeGreeting(NONE, HOST), '220 mx.example.com ESMTP\r\n')
  const offered = {
    ...NONE,
    mechanisms: ['SCRAM-SHA-256', 'PLAIN'],
    startTls: true,
    others: ['SIZE 1000', '8BITMIME'],
  }
  assert.equal(
    smtp.writeCapabilities(offered, HOST),
    '250-mx.example.com\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 AUTH SCRAM-SHA-256 PLAIN\r\n',
  )
  assert.equal(smtp.writeCapabilities(NONE, HOST), '250 mx.example.com\r\n')
  assert.equal(smtp.writeStartTls(), '220 2.0.0 Ready to start TLS\r\n')
  assert.equal(smtp.writeStartTlsCommand(), 'STARTTLS\r\n')
  assert.equal(smtp.writeCancel(), '*\r\n')
  assert.equal(smtp.readResponse('*'), undefined)
  assert.deepEqual(smtp.readResponse('eA=='), Uint8Array.of(0x78))
})

test('what the profile is', () => {
  assert.equal(smtp.service, 'smtp')
  assert.deepEqual(smtp.baseCapabilities, [])
  assert.equal(smtp.helloFirst, true)
  assert.deepEqual(smtp.limits, { command: 12_314, response: 12_288, literal: 0, reply: 24_576 })
})

test('a host name or a capability that is no word is refused by its name', () => {
  const named = (what: string) => (error: unknown) =>
    error instanceof TypeError && error.message.startsWith(`${what} must`)
  for (const hostname of ['', 'a b', 'a\r\nMAIL', 'é', 'x'.repeat(256), undefined as unknown as string]) {
    assert.throws(() => smtp.writeCapabilitiesCommand({ hostname }), named('hostname'))
    assert.throws(() => smtp.writeGreeting(NONE, { hostname }), named('hostname'))
    assert.throws(() => smtp.writeCapabilities(NONE, { hostname }), named('hostname'))
    assert.throws(() => smtp.writeNotice('hello', { hostname }), named('hostname'))
  }
  for (const other of [
    '',
    ' SIZE',
    'SIZE ',
    'SIZE\r\n',
    'a\r\nb',
    'é',
    'x'.repeat(501),
    'a\u0100b',
    ['SIZE'] as unknown as string,
  ])
    assert.throws(() => smtp.writeCapabilities({ ...NONE, others: [other] }, HOST), named('a capability'))
  for (const fine of ['S', 'SIZE', 'SIZE 5', `x${' '.repeat(498)}x`])
    assert.ok(smtp.writeCapabilities({ ...NONE, others: [fine] }, HOST).includes(` ${fine}\r\n`))
  assert.ok(smtp.writeGreeting(NONE, { hostname: 'x'.repeat(255) }))
  for (const name of ['plain', 'PLAIN X', 'X'.repeat(21), '', ['PLAIN'] as unknown as string])
    assert.throws(() => smtp.writeCapabilities({ ...NONE, mechanisms: [name] }, HOST), TypeError)
})

test('STARTTLS is offered only by a line that says so and no more', () => {
  const startTls = (line: string) => {
    const reply = smtp.readReply(['250-host', `250 ${line}`], 'capabilities')
    return reply?.kind === 'done' && reply.capabilities?.startTls
  }
  for (const line of ['STARTTLS', 'starttls', 'STARTTLS  ']) assert.equal(startTls(line), true, line)
  for (const line of ['XSTARTTLS', 'X STARTTLS', 'STARTTLSX', 'STARTTLS x'])
    assert.equal(startTls(line), false, line)
})

test('AUTH is offered only by a line that begins so', () => {
  const read = (line: string) => {
    const reply = smtp.readReply(['250-host', `250 ${line}`], 'capabilities')
    return reply?.kind === 'done' ? reply.capabilities : undefined
  }
  assert.deepEqual(read('AUTHX PLAIN')?.others, ['AUTHX PLAIN'])
  assert.deepEqual(read('XAUTH PLAIN')?.mechanisms, [])
  assert.deepEqual(read('AUTH')?.mechanisms, [])
  assert.deepEqual(read('AUTH')?.others, [])
  assert.deepEqual(read('SIZE 5')?.mechanisms, [])
})

test('each code means what RFC 4954 section 6 and RFC 5248 say, or else the policy of the server', () => {
  const means: readonly (readonly [string, FailureReason])[] = [
    ['432 x', 'credentials-expired'],
    ['450 x', 'temporary'],
    ['500 x', 'mechanism-unavailable'],
    ['501 x', 'malformed'],
    ['501 5.7.0 x', 'aborted'],
    ['502 x', 'mechanism-unavailable'],
    ['503 x', 'mechanism-unavailable'],
    ['504 x', 'mechanism-unavailable'],
    ['523 x', 'encryption-required'],
    ['524 x', 'encryption-required'],
    ['525 x', 'account-disabled'],
    ['530 x', 'encryption-required'],
    ['534 x', 'mechanism-unavailable'],
    ['535 x', 'invalid-credentials'],
    ['538 x', 'encryption-required'],
    ['550 x', 'not-authorized'],
    ['550 5.5.6 x', 'limit-exceeded'],
    ['550 5.7.8 x', 'invalid-credentials'],
    ['550 5.7.9 x', 'mechanism-unavailable'],
    ['550 5.7.10 x', 'encryption-required'],
    ['550 5.7.11 x', 'encryption-required'],
    ['550 5.7.13', 'account-disabled'],
    ['550 5.57.8 x', 'not-authorized'],
    ['550 x 5.7.8 x', 'not-authorized'],
    ['550 5.7.8x', 'not-authorized'],
    ['550 5.7.8', 'invalid-credentials'],
    ['550', 'not-authorized'],
  ]
  for (const [line, reason] of means) {
    const reply = smtp.readReply([line], 'authenticate')
    assert.equal(reply?.kind === 'refused' && reply.reason, reason, line)
  }
})

test('each question has its own code for yes', () => {
  for (const [asked, line] of [
    ['greeting', '220 x'],
    ['capabilities', '250 x'],
    ['start-tls', '220 x'],
    ['authenticate', '235 x'],
  ] as const) {
    assert.equal(smtp.readReply([line], asked)?.kind, 'done')
    for (const other of ['220', '235', '250'].filter((code) => !line.startsWith(code)))
      assert.throws(() => smtp.readReply([other], asked), { reason: 'malformed' })
  }
  assert.throws(() => smtp.readReply(['x235 x'], 'authenticate'), { reason: 'malformed' })
})

test("a server's text is cut to 256 characters of printable ASCII, each other one a question mark", () => {
  const told = (text: string) => {
    const reply = smtp.readReply([`535 ${text}`], 'authenticate')
    return reply?.kind === 'refused' ? reply.text : undefined
  }
  assert.equal(told('no\u0007 \u00e9'), '535 no? ?')
  assert.equal(told('x'.repeat(300)), `535 ${'x'.repeat(252)}`)
  assert.equal(told(''), '535 ')
  assert.equal((smtp.readReply(['535'], 'authenticate') as { text: string }).text, '535 ')
})

test('nothing is read into a command that is none', () => {
  const notice = (line: string) => {
    const command = smtp.readCommand(line)
    return command.kind === 'other' ? command.notice : command.kind
  }
  assert.equal(notice('AUTH'), 'bad-arguments')
  assert.equal(notice('EHLO'), 'bad-arguments')
  assert.equal(notice('EHLO \u00e9'), 'bad-arguments')
  assert.equal(notice(''), 'unknown-command')
  assert.equal(notice('  '), 'unknown-command')
  assert.equal(notice('AUTH PLAIN = ='), 'bad-arguments')
})
