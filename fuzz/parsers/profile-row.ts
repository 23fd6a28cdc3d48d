import type { Octets } from 'saslkit'
import { SaslError } from 'saslkit'
import type { Asked, Capabilities, Command, LineContext, LineProfile, Reply } from 'saslkit/profiles/smtp'
import { demand } from '../finding.ts'
import type { Row } from '../row.ts'
import { textRow } from './text-row.ts'

/** One protocol of lines. All that is fuzzed of it follows from its functions; what they write are the seeds. */
export interface ProfileRow {
  readonly name: string
  readonly profile: LineProfile
  /** Lines that clients send and the profile does not write: its own commands for names and passwords. */
  readonly commands: readonly string[]
  /** What servers say that the profile does not write. Lines of one reply stand between \n. */
  readonly replies: readonly string[]
}

const CONTEXT: LineContext = { tag: 'A1', hostname: 'mail.example.com' }
const ASKED: readonly Asked[] = ['greeting', 'capabilities', 'start-tls', 'authenticate']
const CAPABILITIES: Capabilities = {
  mechanisms: ['SCRAM-SHA-256', 'PLAIN'],
  startTls: true,
  initialResponse: true,
  passwordCommand: true,
  others: ['X-OTHER'],
}
const NAME = /^[A-Z0-9_-]{1,20}$/
const MESSAGES: readonly Octets[] = [
  '',
  'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
  '\0user\0pencil',
  'x'.repeat(400),
].map((text) => new TextEncoder().encode(text))

const isMalformed = (error: unknown): boolean => error instanceof SaslError && error.reason === 'malformed'

const linesOf = (written: string): string => written.replace(/\r\n$/, '').replaceAll('\r\n', '\n')

export function profileRows({ name, profile, commands, replies }: ProfileRow): readonly Row[] {
  const writtenCommands = [
    profile.writeCapabilitiesCommand(CONTEXT),
    profile.writeStartTlsCommand(CONTEXT),
    profile.writeAuthenticateCommand('PLAIN', undefined, CONTEXT),
    ...MESSAGES.map((octets) => profile.writeAuthenticateCommand('SCRAM-SHA-256', octets, CONTEXT)),
  ].map(linesOf)
  const writtenReplies = [
    profile.writeGreeting(CAPABILITIES, CONTEXT),
    profile.writeCapabilities(CAPABILITIES, CONTEXT),
    profile.writeStartTls(CONTEXT),
    ...MESSAGES.map((octets) => profile.writeChallenge(octets)),
    profile.writeSuccess(CONTEXT),
    profile.writeFailure('invalid-credentials', CONTEXT),
    profile.writeFailure('temporary', CONTEXT),
    profile.writeNotice('closing', CONTEXT),
  ]
    .map(linesOf)
    .filter((lines) => lines !== '')

  return [
    textRow({
      name: `${name}: commands`,
      octets: true,
      seeds: [...writtenCommands, ...commands],
      pieces: [...writtenCommands, ...commands].flatMap((line) => line.split(' ')),
      // What follows \n is what literals held.
      read(text) {
        const [line = '', ...literals] = text.split('\n')
        return profile.readCommand(line, literals)
      },
      refuses: () => false,
      check: (command, text) => checkCommand(profile, command, text),
    }),
    textRow({
      name: `${name}: responses`,
      share: 0.5,
      octets: true,
      seeds: [
        ...MESSAGES.map((octets) => linesOf(profile.writeResponse(octets))),
        linesOf(profile.writeCancel()),
      ],
      read: (line) => profile.readResponse(line),
      refuses: isMalformed,
      check(octets, line) {
        if (octets === undefined)
          demand(line === linesOf(profile.writeCancel()), 'no cancel, and taken for one')
        else demand(linesOf(profile.writeResponse(octets)) === line, 'one response in two forms')
      },
    }),
    ...ASKED.map((asked) =>
      textRow({
        name: `${name}: replies to ${asked}`,
        share: 0.5,
        octets: true,
        seeds: [...writtenReplies, ...replies],
        pieces: [...writtenReplies, ...replies].flatMap((line) => line.split(' ')),
        read: (text) => profile.readReply(text.split('\n'), asked, CONTEXT),
        refuses: isMalformed,
        check: (reply) => checkReply(profile, reply, asked),
      }),
    ),
  ]
}

const COMMANDS: readonly Command['kind'][] = [
  ...(['authenticate', 'refused', 'password', 'name', 'start-tls', 'capabilities', 'hello'] as const),
  ...(['nothing', 'quit', 'literal', 'other'] as const),
]

function checkCommand(profile: LineProfile, command: Command, text: string): void {
  const [line = '', ...literals] = text.split('\n')
  demand(COMMANDS.includes(command.kind), 'a command of no kind')
  const answer = profile.writeFailure('malformed', { ...CONTEXT, tag: command.tag })
  demand(/^[^\r\n]+\r\n$/.test(answer), () => `the answer is ${JSON.stringify(answer)}`)
  switch (command.kind) {
    case 'authenticate': {
      const { tag, mechanism, initialResponse } = command
      demand(NAME.test(mechanism), () => `a mechanism of the name ${JSON.stringify(mechanism)}`)
      const again = profile.writeAuthenticateCommand(mechanism, initialResponse, { ...CONTEXT, tag })
      demand(
        again.toUpperCase().trimEnd() === line.toUpperCase().trimEnd(),
        () => `one command in two forms: ${again}`,
      )
      break
    }
    case 'password':
    case 'name': {
      const password = command.kind === 'password' ? command.password : ''
      for (const word of [command.authcid ?? '', password])
        demand(word.isWellFormed() && !word.includes('\0'), 'a name or password that no store can hold')
      break
    }
    case 'hello':
    case 'capabilities':
      demand(/^[\x21-\x7e]*$/.test(command.hello ?? ''), 'a host that is no word')
      break
    case 'literal': {
      const { length } = command
      demand(
        Number.isSafeInteger(length) && length >= 0 && length <= profile.limits.literal,
        'an endless literal',
      )
      demand(/\{\d+\+?\}$/.test(line), 'a literal that is not at the end')
      // Once it is there it is not asked for again.
      const next = profile.readCommand(line, [...literals, 'x'.repeat(length)])
      demand(next.kind !== 'literal' || literals.length < 1, 'a literal asked for again and again')
      break
    }
  }
}

function checkReply(profile: LineProfile, reply: Reply | undefined, asked: Asked): void {
  switch (reply?.kind) {
    case undefined:
      return
    case 'challenge':
      demand(asked === 'authenticate', 'a challenge that nobody asked for')
      demand(reply.challenge instanceof Uint8Array, 'a challenge that is no octets')
      return
    case 'refused':
      demand(/^[\x20-\x7e]{0,256}$/.test(reply.text), 'a text that is not fit for a message')
      return
    case 'preauthenticated':
      demand(asked === 'greeting', 'in, without a word')
      return
    case 'done': {
      const { mechanisms = [], others = [] } = reply.capabilities ?? {}
      demand(
        mechanisms.every((name) => NAME.test(name)),
        'a mechanism that is no name',
      )
      demand(new Set(mechanisms).size === mechanisms.length, 'a mechanism twice')
      demand(
        others.every((word) => typeof word === 'string'),
        'a capability that is no text',
      )
      demand(asked !== 'capabilities' || reply.capabilities !== undefined, 'capabilities, and none told')
      return
    }
    default:
      demand(false, `a reply of no kind to ${profile.service}`)
  }
}
