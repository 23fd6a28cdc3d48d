import { SaslError } from '../../errors.js'
import { EMPTY } from '../../octets.js'
import type { Asked, Capabilities } from '../../profiles/line-profile.js'
import { expect, expectSaslError, expectTypeError, thrown } from '../mechanism/expect.js'
import { CONTEXT, lineOf, type ProfileUnderTest } from './under-test.js'

/** RFC 4648 by the letter: no other alphabet, no white space, padded, trailing bits zero. */
const NOT_BASE64 = [
  'A',
  'AA',
  'AAA',
  'AA=',
  'A===',
  '====',
  'AA==AA==',
  'AB==',
  'AAB=',
  '-_-_',
  'AA\xe9=',
  'AA==*',
  '**',
  'AAAA====',
  '{4}',
  '{4+}',
  '"AAAA"',
  '\0',
]

const NO_MECHANISM = ['', 'PLA\xc4IN', 'PLAIN,LOGIN', 'SCRAM/256', 'A'.repeat(21), 'PLAIN=', '+', '*']

/** What would end a line and begin another, or cannot be on one. */
const BAD_WORDS = ['', 'a b', 'a\r\nb', 'a\nb', 'a\rb', 'a\0b', 'a\tb', 'aéb', 'x'.repeat(600)]

const NO_REPLY = [
  '',
  ' ',
  'hello',
  '2',
  '23',
  '999 x',
  '335 AA==',
  '-',
  '\0',
  'a1',
  'a2 OK',
  '*',
  'HTTP/1.1 200 OK',
]

const ASKED: readonly Asked[] = ['greeting', 'capabilities', 'start-tls', 'authenticate']

const NOTHING: Capabilities = {
  mechanisms: [],
  startTls: false,
  initialResponse: true,
  passwordCommand: true,
  others: [],
}

export function testProfileRefusals({ test, profile }: ProfileUnderTest): void {
  const command = (mechanism: string, initialResponse: string) =>
    lineOf(profile.writeAuthenticateCommand('PLAIN', EMPTY, CONTEXT))
      .replace('PLAIN', mechanism)
      .replace(/=$/, initialResponse)

  test('what is not base64 is refused, as a response, an initial response, and a challenge', async () => {
    for (const text of NOT_BASE64) {
      const response = `${JSON.stringify(text)} as a response`
      expectSaslError(await thrown(() => profile.readResponse(text), response), response, 'malformed')
      const { kind } = profile.readCommand(command('PLAIN', text))
      expect(
        kind === 'refused' || kind === 'other',
        `initial response ${JSON.stringify(text)} is read as ${kind}`,
      )
      const challenge = lineOf(profile.writeChallenge(EMPTY)) + text
      const what = `${JSON.stringify(challenge)} as a challenge`
      const error = await thrown(() => profile.readReply([challenge], 'authenticate', CONTEXT), what)
      expectSaslError(error, what, 'malformed')
    }
    // NNTP writes "=" for an empty response (RFC 4643 section 2.4.2); elsewhere it is none.
    const empty = lineOf(profile.writeResponse(EMPTY))
    for (const text of ['=', ' '].filter((word) => word !== empty))
      expectSaslError(await thrown(() => profile.readResponse(text), text), text, 'malformed')
  })

  test('what is no mechanism is refused as one', async () => {
    for (const name of NO_MECHANISM) {
      const { kind } = profile.readCommand(command(name, ''))
      expect(kind === 'refused' || kind === 'other', `${JSON.stringify(name)} is read as ${kind}`)
      const write = () => profile.writeAuthenticateCommand(name, undefined, CONTEXT)
      await expectTypeError(write, `the command to authenticate by ${JSON.stringify(name)}`)
    }
    const write = () => profile.writeAuthenticateCommand('plain', undefined, CONTEXT)
    await expectTypeError(write, 'the command to authenticate by a name in lower case')
  })

  test('what is no reply is refused', async () => {
    for (const line of NO_REPLY)
      for (const asked of ASKED) {
        const what = `${JSON.stringify(line)} for ${asked}`
        expectSaslError(
          await thrown(() => profile.readReply([line], asked, CONTEXT), what),
          what,
          'malformed',
        )
      }
  })

  test('nothing that the caller passes can end a line', async () => {
    for (const word of BAD_WORDS) {
      const what = (place: string) => `${JSON.stringify(word)} as ${place}`
      const greeting = () => profile.writeGreeting(NOTHING, { tag: 'a1', hostname: word })
      await expectTypeError(greeting, what('the hostname of a greeting'))
      const mechanisms = { ...NOTHING, mechanisms: [word] }
      await expectTypeError(() => profile.writeCapabilities(mechanisms, CONTEXT), what('a mechanism'))
      if (word === 'a b') continue
      const others = { ...NOTHING, others: [word] }
      await expectTypeError(() => profile.writeCapabilities(others, CONTEXT), what('a capability'))
    }
  })

  test('whatever comes is read or refused, and nothing else', async () => {
    for (const line of noise(2000)) {
      profile.readCommand(line)
      for (const read of [
        () => profile.readResponse(line),
        ...ASKED.map((asked) => () => profile.readReply([line], asked, CONTEXT)),
      ])
        try {
          read()
        } catch (error) {
          expect(error instanceof SaslError, `${JSON.stringify(line)}: ${String(error)}`)
        }
    }
  })
}

/** Lines of octets and of words of the protocols, the same each time. */
function* noise(count: number): Generator<string> {
  const words = [
    'a1',
    '*',
    '+',
    '+OK',
    '-ERR',
    '220',
    '250-',
    '334',
    '535',
    'OK',
    'NO',
    'BAD',
    'AUTH',
    'LOGIN',
    'PLAIN',
  ]
  words.push(
    'AUTHENTICATE',
    'CAPABILITY',
    'AUTH=',
    'SASL',
    '{3}',
    '{3+}',
    '"',
    '\\',
    ' ',
    '=',
    'AAAA',
    '[',
    ']',
    '\0',
  )
  let state = 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let i = 0; i < count; i++) {
    let line = ''
    for (let parts = next(6); parts >= 0; parts--)
      line += (next(2) ? ' ' : '') + (next(4) ? words[next(words.length)] : String.fromCharCode(next(256)))
    yield line
  }
}
