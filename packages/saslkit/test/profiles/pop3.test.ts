import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { EMPTY, utf8 } from '../../src/octets.js'
import type { Asked, Command, Reply } from '../../src/profiles/line-profile.js'
import * as pop3 from '../../src/profiles/pop3.js'

const malformed = (error: unknown) => error instanceof SaslError && error.reason === 'malformed'

test('the examples of RFC 5034 section 6', () => {
  assert.deepEqual(pop3.readReply(['+OK pop.example.com BlurdyBlurp POP3 server ready'], 'greeting'), {
    kind: 'done',
  })
  const capa = [
    '+OK List of capabilities follows',
    'SASL PLAIN DIGEST-MD5 GSSAPI ANONYMOUS',
    'STLS',
    'IMPLEMENTATION BlurdyBlurp POP3 server',
    '.',
  ]
  for (let count = 1; count < capa.length; count++)
    assert.equal(pop3.readReply(capa.slice(0, count), 'capabilities'), undefined)
  assert.deepEqual(pop3.readReply(capa, 'capabilities'), {
    kind: 'done',
    capabilities: {
      mechanisms: ['PLAIN', 'DIGEST-MD5', 'GSSAPI', 'ANONYMOUS'],
      startTls: true,
      initialResponse: true,
      passwordCommand: false,
      others: ['IMPLEMENTATION BlurdyBlurp POP3 server'],
    },
  })
  const plain = utf8('test\0test\0test')
  assert.equal(pop3.writeAuthenticateCommand('PLAIN', plain), 'AUTH PLAIN dGVzdAB0ZXN0AHRlc3Q=\r\n')
  assert.equal(pop3.writeAuthenticateCommand('PLAIN'), 'AUTH PLAIN\r\n')
  assert.equal(pop3.writeAuthenticateCommand('EXTERNAL', EMPTY), 'AUTH EXTERNAL =\r\n')
  assert.equal(pop3.writeChallenge(EMPTY), '+ \r\n')
  assert.deepEqual(pop3.readReply(['+ '], 'authenticate'), { kind: 'challenge', challenge: EMPTY })
  assert.equal(pop3.writeResponse(EMPTY), '\r\n')
  assert.deepEqual(pop3.readReply(['+OK Maildrop locked and ready'], 'authenticate'), { kind: 'done' })
})

test('an initial response goes along up to the 255 octets of a command', () => {
  assert.equal(pop3.carriesInitialResponse('PLAIN', new Uint8Array(180)), true) // "AUTH PLAIN ", 240, CRLF: 253
  assert.equal(pop3.carriesInitialResponse('PLAIN', new Uint8Array(183)), false) // 257
})

test('commands', () => {
  const authenticate = (initialResponse?: Uint8Array) => ({
    tag: '',
    kind: 'authenticate',
    mechanism: 'PLAIN',
    initialResponse,
  })
  const refused = (reason: string) => ({ tag: '', kind: 'refused', reason })
  const other = (notice: string) => ({ tag: '', kind: 'other', notice })
  const table: readonly (readonly [string, object])[] = [
    ['AUTH PLAIN', authenticate()],
    ['auth plain =', authenticate(EMPTY)],
    ['AUTH PLAIN AA==', authenticate(utf8('\0'))],
    ['AUTH PLAIN ', refused('malformed')],
    ['AUTH PLAIN *', refused('malformed')],
    ['AUTH PLAIN AA== x', other('bad-arguments')],
    ['AUTH', other('bad-arguments')],
    ['AUTH a,b', refused('mechanism-unavailable')],
    ['CAPA', { tag: '', kind: 'capabilities' }],
    ['capa', { tag: '', kind: 'capabilities' }],
    ['CAPA x', other('bad-arguments')],
    ['STLS', { tag: '', kind: 'start-tls' }],
    ['STLS x', other('bad-arguments')],
    ['USER tim', { tag: '', kind: 'name', authcid: 'tim' }],
    ['USER two words', { tag: '', kind: 'name', authcid: 'two words' }],
    ['USER j\xc3\xbcrgen', { tag: '', kind: 'name', authcid: 'jürgen' }],
    ['USER j\xfcrgen', refused('malformed')],
    ['USER', other('bad-arguments')],
    ['USER ', other('bad-arguments')],
    ['PASS  a b ', { tag: '', kind: 'password', authcid: undefined, password: ' a b ' }],
    ['PASS', other('bad-arguments')],
    ['PASS pen\0cil', other('bad-arguments')],
    ['USER us\0er', other('bad-arguments')],
    ['APOP tim c4c9334bac560ecc979e58001b3e22fb', other('unknown-command')],
    ['QUIT', { tag: '', kind: 'quit' }],
    ['NOOP', { tag: '', kind: 'nothing' }],
    ['STAT', other('unknown-command')],
    ['', other('unknown-command')],
    [`USER ${'x'.repeat(248)}`, { tag: '', kind: 'name', authcid: 'x'.repeat(248) }],
    [`USER ${'x'.repeat(249)}`, other('line-too-long')],
  ]
  for (const [line, command] of table) assert.deepEqual(pop3.readCommand(line), command as Command, line)
  const long = pop3.readCommand(`AUTH PLAIN ${'A'.repeat(12_288)}`)
  assert.equal(long.kind, 'authenticate', 'of AUTH more than 255 octets are taken')
})

test('the greeting offers no APOP', () => {
  const offer = (hostname: string) =>
    pop3.writeGreeting(
      { mechanisms: [], startTls: false, initialResponse: true, passwordCommand: false, others: [] },
      { hostname },
    )
  assert.equal(offer('pop.example.org'), '+OK pop.example.org ready\r\n')
  assert.throws(() => offer('<1896.697170952@dbc.mtview.ca.us>'), TypeError)
})

test('a capability that begins with a dot is not the end', () => {
  const capabilities = {
    mechanisms: [],
    startTls: false,
    initialResponse: true,
    passwordCommand: true,
    others: ['.', '.X'],
  }
  const written = pop3.writeCapabilities(capabilities)
  assert.equal(written, '+OK Capability list follows\r\n..\r\n..X\r\nUSER\r\n.\r\n')
  assert.deepEqual(pop3.readReply(written.slice(0, -2).split('\r\n'), 'capabilities'), {
    kind: 'done',
    capabilities,
  })
})

test('refusals, as a client reads them', () => {
  const table: readonly (readonly [string, string])[] = [
    ['-ERR [AUTH] x', 'invalid-credentials'],
    ['-ERR [SYS/TEMP] x', 'temporary'],
    ['-err [sys/perm] x', 'temporary'],
    ['-ERR [IN-USE] x', 'temporary'],
    ['-ERR [X] x', 'invalid-credentials'],
    ['-ERR', 'invalid-credentials'],
  ]
  for (const [line, reason] of table) {
    const reply = pop3.readReply([line], 'authenticate') as Extract<Reply, { kind: 'refused' }>
    assert.deepEqual([reply?.kind, reply?.reason], ['refused', reason], line)
  }
})

test('responses that are none', () => {
  const table: readonly (readonly [readonly string[], Asked])[] = [
    [['+OKAY'], 'authenticate'],
    [['OK'], 'authenticate'],
    [['+ AA=='], 'greeting'],
    [['+AA=='], 'authenticate'],
    [['+ AA'], 'authenticate'],
    [['-ERRR'], 'authenticate'],
    [['.'], 'capabilities'],
  ]
  for (const [lines, asked] of table)
    assert.throws(() => pop3.readReply(lines, asked), malformed, JSON.stringify(lines))
})
