import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { EMPTY, utf8 } from '../../src/octets.js'
import * as imap from '../../src/profiles/imap.js'
import type { Asked, Command, Reply } from '../../src/profiles/line-profile.js'

const PLAIN = utf8('test\0test\0test')
const A01 = { tag: 'A01' }

const malformed = (error: unknown) => error instanceof SaslError && error.reason === 'malformed'

test('the examples of RFC 4959 section 4', () => {
  const list = '* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=EXTERNAL'
  assert.equal(imap.writeCapabilitiesCommand({ tag: 'C01' }), 'C01 CAPABILITY\r\n')
  assert.equal(imap.readReply([list], 'capabilities', { tag: 'C01' }), undefined)
  assert.deepEqual(imap.readReply([list, 'C01 OK Completed'], 'capabilities', { tag: 'C01' }), {
    kind: 'done',
    capabilities: {
      mechanisms: ['PLAIN', 'EXTERNAL'],
      startTls: false,
      initialResponse: true,
      passwordCommand: true,
      others: ['IMAP4rev1'],
    },
  })
  assert.equal(
    imap.writeAuthenticateCommand('PLAIN', PLAIN, A01),
    'A01 AUTHENTICATE PLAIN dGVzdAB0ZXN0AHRlc3Q=\r\n',
  )
  assert.equal(imap.writeAuthenticateCommand('EXTERNAL', EMPTY, A01), 'A01 AUTHENTICATE EXTERNAL =\r\n')
  assert.equal(imap.writeAuthenticateCommand('PLAIN', undefined, A01), 'A01 AUTHENTICATE PLAIN\r\n')
  assert.equal(imap.writeChallenge(EMPTY), '+ \r\n')
  assert.deepEqual(imap.readReply(['+ '], 'authenticate', A01), { kind: 'challenge', challenge: EMPTY })
  assert.deepEqual(imap.readReply(['+'], 'authenticate', A01), { kind: 'challenge', challenge: EMPTY })
  assert.deepEqual(imap.readReply(['A01 OK Success (tls protection)'], 'authenticate', A01), { kind: 'done' })
})

test('an initial response goes along where the server takes it', () => {
  const carries = (initialResponse: boolean, length: number) =>
    imap.carriesInitialResponse('PLAIN', new Uint8Array(length), { initialResponse }, A01)
  assert.equal(carries(true, 10), true)
  assert.equal(carries(false, 10), false)
  assert.equal(carries(true, 7000), false)
})

test('capabilities of all ages', () => {
  const read = (words: string) => {
    const reply = imap.readReply([`* CAPABILITY ${words}`, 'A01 OK'], 'capabilities', A01)
    assert.equal(reply?.kind, 'done')
    return reply.kind === 'done' ? reply.capabilities! : assert.fail()
  }
  assert.equal(read('IMAP4rev2').initialResponse, true)
  assert.equal(read('IMAP4rev1').initialResponse, false)
  assert.equal(read('IMAP4rev1 LOGINDISABLED STARTTLS').passwordCommand, false)
  assert.equal(read('IMAP4rev1 starttls').startTls, true)
  assert.deepEqual(read('IMAP4rev1 auth=plain AUTH=PLAIN AUTH= AUTH=a,b').mechanisms, ['PLAIN'])
})

test('greetings', () => {
  assert.deepEqual(imap.readReply(['* OK ready'], 'greeting', A01), { kind: 'done' })
  assert.deepEqual(imap.readReply(['* PREAUTH in already'], 'greeting', A01), { kind: 'preauthenticated' })
  assert.deepEqual(imap.readReply(['* BYE too busy'], 'greeting', A01), {
    kind: 'refused',
    reason: 'temporary',
    text: 'BYE too busy',
  })
  const told = imap.readReply(['* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready'], 'greeting', A01)
  assert.deepEqual(told?.kind === 'done' && told.capabilities?.mechanisms, ['PLAIN'])
})

test('capabilities that come with success are told', () => {
  for (const lines of [
    ['A01 OK [CAPABILITY IMAP4rev1 IDLE] in'],
    ['* CAPABILITY IMAP4rev1 IDLE', '* 1 EXISTS', 'A01 OK in'],
  ]) {
    const reply = imap.readReply(lines, 'authenticate', A01)
    assert.deepEqual(reply?.kind === 'done' && reply.capabilities?.others, ['IMAP4rev1', 'IDLE'])
  }
})

test('commands', () => {
  const authenticate = (initialResponse?: Uint8Array) => ({
    tag: 'a',
    kind: 'authenticate',
    mechanism: 'PLAIN',
    initialResponse,
  })
  const refused = (reason: string) => ({ tag: 'a', kind: 'refused', reason })
  const other = (notice: string, tag = 'a') => ({ tag, kind: 'other', notice })
  const password = (authcid: string, secret: string) => ({
    tag: 'a',
    kind: 'password',
    authcid,
    password: secret,
  })
  const table: readonly (readonly [string, object, (readonly string[])?])[] = [
    ['a AUTHENTICATE PLAIN', authenticate()],
    ['a authenticate plain', authenticate()],
    ['a AUTHENTICATE PLAIN =', authenticate(EMPTY)],
    ['a AUTHENTICATE PLAIN AA==', authenticate(utf8('\0'))],
    ['a AUTHENTICATE PLAIN ', refused('malformed')],
    ['a AUTHENTICATE PLAIN "AA=="', refused('malformed')],
    ['a AUTHENTICATE PLAIN {4}', refused('malformed')],
    ['a AUTHENTICATE "PLAIN"', refused('mechanism-unavailable')],
    ['a AUTHENTICATE {5}', refused('mechanism-unavailable')],
    ['a AUTHENTICATE', other('bad-arguments')],
    ['a AUTHENTICATE PLAIN AA== x', other('bad-arguments')],
    ['a CAPABILITY', { tag: 'a', kind: 'capabilities' }],
    ['a capability', { tag: 'a', kind: 'capabilities' }],
    ['a CAPABILITY x', other('bad-arguments')],
    ['a STARTTLS', { tag: 'a', kind: 'start-tls' }],
    ['a NOOP', { tag: 'a', kind: 'nothing' }],
    ['a LOGOUT', { tag: 'a', kind: 'quit' }],
    ['a SELECT INBOX', other('unknown-command')],
    ['a __proto__', other('bad-arguments', '*')],
    ['CAPABILITY', other('bad-arguments', '*')],
    ['', other('bad-arguments', '*')],
    ['* CAPABILITY', other('bad-arguments', '*')],
    ['+ CAPABILITY', other('bad-arguments', '*')],
    ['a+b CAPABILITY', other('bad-arguments', '*')],
    ['(a) CAPABILITY', other('bad-arguments', '*')],
    [`${'a'.repeat(65)} CAPABILITY`, other('bad-arguments', '*')],
    ['a  CAPABILITY', other('bad-arguments', '*')],
    // LOGIN
    ['a LOGIN tim secret', password('tim', 'secret')],
    ['a login "tim" "two words"', password('tim', 'two words')],
    ['a LOGIN "a\\"b\\\\c" x', password('a"b\\c', 'x')],
    ['a LOGIN "" ""', password('', '')],
    ['a LOGIN "j\xc3\xbcrgen" "p\xc3\xa4ss"', password('jürgen', 'päss')],
    ['a LOGIN tim "{3}"', password('tim', '{3}')],
    ['a LOGIN "j\xfcrgen" x', refused('malformed')],
    ['a LOGIN j\xc3\xbcrgen x', other('bad-arguments')],
    ['a LOGIN tim', other('bad-arguments')],
    ['a LOGIN tim ', other('bad-arguments')],
    ['a LOGIN tim  x', other('bad-arguments')],
    ['a LOGIN tim x y', other('bad-arguments')],
    ['a LOGIN tim"x"', other('bad-arguments')],
    ['a LOGIN "tim x', other('bad-arguments')],
    ['a LOGIN "t\\im" x', other('bad-arguments')],
    ['a LOGIN (tim) x', other('bad-arguments')],
    ['a LOGIN', other('bad-arguments')],
    ['a LOGIN {3}', { tag: 'a', kind: 'literal', length: 3, waits: true }],
    ['a LOGIN {3+}', { tag: 'a', kind: 'literal', length: 3, waits: false }],
    ['a LOGIN tim {16}', { tag: 'a', kind: 'literal', length: 16, waits: true }],
    ['a LOGIN {3} {6}', { tag: 'a', kind: 'literal', length: 6, waits: true }, ['tim']],
    ['a LOGIN {3} {6+}', { tag: 'a', kind: 'literal', length: 6, waits: false }, ['tim']],
    ['a LOGIN {3} {6}', password('tim', 's\r\nret'), ['tim', 's\r\nret']],
    ['a LOGIN {3} secret', password('tim', 'secret'), ['tim']],
    ['a LOGIN {3}x', other('bad-arguments'), ['tim']],
    ['a LOGIN {3} {6}x', other('bad-arguments'), ['tim', 'secret']],
    ['a LOGIN {3} x', other('bad-arguments')],
    ['a LOGIN {3} x', refused('malformed'), ['t\0m']],
    ['a LOGIN {2} x', refused('malformed'), ['\xc3\x28']],
    ['a LOGIN {4096}', { tag: 'a', kind: 'literal', length: 4096, waits: true }],
    ['a LOGIN {4097}', refused('limit-exceeded')],
    ['a LOGIN {4097+}', other('line-too-long')],
    ['a LOGIN {99999999999}', other('bad-arguments')],
    ['a LOGIN {99999999999+}', other('closing')],
    ['a LOGIN tim ~{3+}', other('closing')],
    ['a LOGIN "t\\im" {3+}', other('closing')],
    ['a LOGIN {3+}x{4+}', other('closing'), ['tim']],
    ['a LOGIN {3+} {6+}', password('tim', 'secret'), ['tim', 'secret']],
    ['a LOGIN {3+} {6+}', refused('malformed'), ['tim', 's\0cret']],
    ['a ID ("name" {3+}', other('closing')],
    ['a ID ("name" {3}', other('unknown-command')],
    ['a NOOP {3+}', other('closing')],
    ['a AUTHENTICATE PLAIN {3+}', other('closing')],
    ['* NOOP {3+}', other('closing', '*')],
    ['a ID {3+} ', other('unknown-command')],
    ['a LOGIN {-1}', other('bad-arguments')],
    ['a LOGIN {}', other('bad-arguments')],
  ]
  for (const [line, command, literals] of table)
    assert.deepEqual(imap.readCommand(line, literals), command as Command, `${line} ${literals}`)
})

test('refusals, as a client reads them', () => {
  const table: readonly (readonly [string, string])[] = [
    ['A01 NO [AUTHENTICATIONFAILED] x', 'invalid-credentials'],
    ['A01 NO [authorizationfailed] x', 'not-authorized'],
    ['A01 NO [EXPIRED] x', 'credentials-expired'],
    ['A01 NO [PRIVACYREQUIRED] x', 'encryption-required'],
    ['A01 NO [UNAVAILABLE] x', 'temporary'],
    ['A01 NO [CONTACTADMIN] x', 'account-disabled'],
    ['A01 NO [CANNOT] x', 'mechanism-unavailable'],
    ['A01 NO [ALERT] x', 'invalid-credentials'],
    ['A01 NO no', 'invalid-credentials'],
    ['A01 no', 'invalid-credentials'],
    ['A01 BAD x', 'malformed'],
    ['* BYE x', 'temporary'],
    ['* BYE [UNAVAILABLE] x', 'temporary'],
  ]
  for (const [line, reason] of table) {
    const reply = imap.readReply([line], 'authenticate', A01) as Extract<Reply, { kind: 'refused' }>
    assert.deepEqual([reply?.kind, reply?.reason], ['refused', reason], line)
  }
})

test('responses that are none', () => {
  const table: readonly (readonly [readonly string[], Asked])[] = [
    [['A02 OK'], 'authenticate'],
    [['a01 OK'], 'authenticate'],
    [['A01 OKAY'], 'authenticate'],
    [['A01 OK'], 'capabilities'],
    [['A01 PREAUTH'], 'authenticate'],
    [['+ AA=='], 'start-tls'],
    [['+ AA'], 'authenticate'],
    [['+AA=='], 'authenticate'],
    [['* NO'], 'greeting'],
    [['A01 OK'], 'greeting'],
    [['*OK'], 'authenticate'],
  ]
  for (const [lines, asked] of table)
    assert.throws(() => imap.readReply(lines, asked, A01), malformed, JSON.stringify(lines))
})

test('what cannot be a tag is not written', () => {
  for (const tag of ['', 'a b', '+', '*', 'a\r\nb', 'ä', '"'])
    assert.throws(() => imap.writeCapabilitiesCommand({ tag }), TypeError, tag)
  assert.throws(() => imap.writeSuccess({ tag: 'a\r\nb' }), TypeError)
})

test('who has no tag is answered without one', () => {
  assert.equal(imap.writeNotice('bad-arguments', { tag: '*' }), '* BAD Bad command or arguments\r\n')
  assert.equal(imap.writeNotice('closing', { tag: 'a' }), '* BYE Closing connection\r\n')
})
