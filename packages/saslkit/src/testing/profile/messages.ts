import { EMPTY, type Octets } from '../../octets.js'
import type { Asked, Capabilities, Command } from '../../profiles/line-profile.js'
import { expect, shown, thrown } from '../mechanism/expect.js'
import { CONTEXT, lineOf, linesOf, type ProfileUnderTest } from './under-test.js'

/** Octets of every value, so that each digit of base64 and each padding comes up. */
const octets = (length: number): Octets => Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256)

const same = (one: Octets | undefined, other: Octets | undefined): boolean => shown(one) === shown(other)

/** Every combination of what a server may or may not offer. */
const CAPABILITIES: readonly Capabilities[] = [
  [],
  ['PLAIN'],
  ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256', 'X'],
].flatMap((mechanisms) =>
  [false, true].flatMap((startTls) =>
    [false, true].flatMap((passwordCommand) =>
      [[], ['EXAMPLE', 'X-EXAMPLE-2']].map((others) => ({
        mechanisms,
        startTls,
        initialResponse: true,
        passwordCommand,
        others,
      })),
    ),
  ),
)

export function testProfileMessages({ test, profile }: ProfileUnderTest): void {
  const readAuthenticate = (written: string): Extract<Command, { kind: 'authenticate' }> => {
    const command = profile.readCommand(lineOf(written))
    expect(command.kind === 'authenticate', `${JSON.stringify(written)} is read as ${command.kind}`)
    return command
  }
  const write = (initialResponse: Octets | undefined) =>
    profile.writeAuthenticateCommand('PLAIN', initialResponse, CONTEXT)

  test('no initial response is not an empty one', async () => {
    expect(write(undefined) !== write(EMPTY), 'both are written the same')
    expect(readAuthenticate(write(undefined)).initialResponse === undefined, 'none is read as one')
    expect(readAuthenticate(write(EMPTY)).initialResponse?.length === 0, 'an empty one is read as none')
  })

  test('messages are read as they were written', async () => {
    for (const length of [0, 1, 2, 3, 4, 76, 255, 256, 1000]) {
      const message = octets(length)
      expect(same(readAuthenticate(write(message)).initialResponse, message), `initial response of ${length}`)
      const response = profile.readResponse(lineOf(profile.writeResponse(message)))
      expect(same(response, message), `response of ${length}`)
      const reply = profile.readReply(linesOf(profile.writeChallenge(message)), 'authenticate', CONTEXT)
      expect(reply?.kind === 'challenge' && same(reply.challenge, message), `challenge of ${length}`)
    }
  })

  test('the longest messages that exchanges take fit on lines', async () => {
    const response = lineOf(profile.writeResponse(octets(8192)))
    expect(response.length <= profile.limits.response, `a response of 8,192 octets on ${response.length}`)
    const command = lineOf(write(octets(9216)))
    expect(
      command.length <= profile.limits.command,
      `an initial response of 9,216 octets on ${command.length}`,
    )
    const challenge = lineOf(profile.writeChallenge(octets(16_384)))
    expect(challenge.length <= profile.limits.reply, `a challenge of 16,384 octets on ${challenge.length}`)
  })

  test('an initial response goes along where it fits, and says so', async () => {
    const offered = { ...CAPABILITIES[0]!, initialResponse: true }
    const carried = (length: number) =>
      profile.carriesInitialResponse('PLAIN', octets(length), offered, CONTEXT)
    expect(carried(0), 'an empty one does not go along')
    expect(carried(100), 'one of 100 octets does not go along')
    expect(!carried(9000), 'one of 9,000 octets goes along')
  })

  test('a cancellation is no response', async () => {
    expect(profile.readResponse(lineOf(profile.writeCancel())) === undefined, 'it is read as a response')
    for (const length of [0, 1, 3])
      expect(profile.writeResponse(octets(length)) !== profile.writeCancel(), `written as one of ${length}`)
  })

  test('mechanism names are folded to upper case', async () => {
    const line = lineOf(write(octets(5))).replace('PLAIN', 'pLaIn')
    expect(readAuthenticate(`${line}\r\n`).mechanism === 'PLAIN', 'pLaIn is not PLAIN')
  })

  test('commands are read as they were written', async () => {
    const kinds = [
      [profile.writeCapabilitiesCommand(CONTEXT), 'capabilities'],
      [profile.writeStartTlsCommand(CONTEXT), 'start-tls'],
    ] as const
    for (const [written, kind] of kinds) {
      const command = profile.readCommand(lineOf(written))
      expect(command.kind === kind, `${JSON.stringify(written)} is read as ${command.kind}`)
      const folded = profile.readCommand(lineOf(written).toLowerCase())
      expect(folded.kind === kind, `${JSON.stringify(written)} in lower case is read as ${folded.kind}`)
    }
  })

  test('capabilities are read as they were written', async () => {
    for (const capabilities of CAPABILITIES) {
      const reply = profile.readReply(
        linesOf(profile.writeCapabilities(capabilities, CONTEXT)),
        'capabilities',
        CONTEXT,
      )
      expect(
        reply?.kind === 'done' && reply.capabilities !== undefined,
        'they are read as nothing of the kind',
      )
      const { passwordCommand, ...read } = reply.capabilities
      const { passwordCommand: offered, ...all } = capabilities
      expect(
        JSON.stringify(read) === JSON.stringify(all),
        `${JSON.stringify(all)} became ${JSON.stringify(read)}`,
      )
      const hasNone = !['imap', 'pop'].includes(profile.service)
      expect(hasNone || passwordCommand === offered, 'the command for a password is not offered as it was')
    }
  })

  test('a reply is read when its last line is there, and not before', async () => {
    const replies: readonly (readonly [string, Asked])[] = [
      [profile.writeGreeting(CAPABILITIES.at(-1)!, CONTEXT), 'greeting'],
      [profile.writeCapabilities(CAPABILITIES.at(-1)!, CONTEXT), 'capabilities'],
      [profile.writeStartTls(CONTEXT), 'start-tls'],
      [profile.writeSuccess(CONTEXT), 'authenticate'],
    ]
    for (const [written, asked] of replies) {
      const lines = linesOf(written)
      for (let count = 1; count <= lines.length; count++) {
        const reply = profile.readReply(lines.slice(0, count), asked, CONTEXT)
        const expected = count < lines.length ? undefined : 'done'
        expect(reply?.kind === expected, `${asked}: ${reply?.kind} after ${count} of ${lines.length} lines`)
      }
    }
  })

  test('a challenge is one only in an exchange', async () => {
    const lines = linesOf(profile.writeChallenge(octets(4)))
    for (const asked of ['greeting', 'capabilities', 'start-tls'] as const)
      await thrown(() => profile.readReply(lines, asked, CONTEXT), asked)
  })
}
