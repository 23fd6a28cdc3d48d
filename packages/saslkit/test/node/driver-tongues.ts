/** What scripted servers say to a client of ours in each protocol, and the client that they say it to. */
import assert from 'node:assert/strict'
import { saslClient } from '../../src/client.js'
import { type FailureReason, SaslError } from '../../src/errors.js'
import type { ClientPolicy } from '../../src/negotiation/client.js'
import type { ClientCredentials } from '../../src/negotiation/client-table.js'
import { type Login, type LoginOptions, login } from '../../src/node/index.js'
import { allowPlaintext } from '../../src/plaintext.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import { authority, b64, type ProtocolName, type Raw, TIM } from './driver-ends.js'

/** How a server speaks each protocol. IMAP clients of ours tag their commands s1, s2 … */
export interface Tongue {
  readonly greeting: string
  readonly capabilities: (mechanisms: string, startTls?: boolean) => string
  /** Which command this is, of those with tags. */
  readonly done: (command: number, text?: string) => string
  readonly challenge: (message: string) => string
  readonly success: (command: number) => string
  readonly refusal: (command: number) => string
  readonly startTls: (command: number) => string
}

export const TONGUES: Readonly<Record<ProtocolName, Tongue>> = {
  smtp: {
    greeting: '220 host ESMTP\r\n',
    capabilities: (mechanisms, startTls) =>
      `250-host\r\n${startTls ? '250-STARTTLS\r\n' : ''}250 AUTH ${mechanisms}\r\n`,
    done: () => '250 OK\r\n',
    challenge: (message) => `334 ${message}\r\n`,
    success: () => '235 2.7.0 in\r\n',
    refusal: () => '535 5.7.8 no\r\n',
    startTls: () => '220 go\r\n',
  },
  imap: {
    greeting: '* OK ready\r\n',
    capabilities: (mechanisms, startTls) =>
      `* CAPABILITY IMAP4rev1 SASL-IR${startTls ? ' STARTTLS' : ''}${mechanisms.replace(/(^| )(?=.)/g, ' AUTH=')}\r\ns1 OK\r\n`,
    done: (command) => `s${command} OK\r\n`,
    challenge: (message) => `+ ${message}\r\n`,
    success: (command) => `s${command} OK in\r\n`,
    refusal: (command) => `s${command} NO [AUTHENTICATIONFAILED] no\r\n`,
    startTls: (command) => `s${command} OK go\r\n`,
  },
  pop3: {
    greeting: '+OK ready\r\n',
    capabilities: (mechanisms, startTls) => `+OK\r\nSASL ${mechanisms}\r\n${startTls ? 'STLS\r\n' : ''}.\r\n`,
    done: () => '+OK\r\n',
    challenge: (message) => `+ ${message}\r\n`,
    success: () => '+OK in\r\n',
    refusal: () => '-ERR [AUTH] no\r\n',
    startTls: () => '+OK go\r\n',
  },
}

export const LINE: RegExp = /^.*\r\n/
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export interface Attempt {
  readonly credentials?: ClientCredentials
  readonly policy?: ClientPolicy
  readonly options?: Partial<LoginOptions>
}

export const attempt = (
  protocol: LineProfile,
  port: number,
  { credentials = TIM, policy, options }: Attempt = {},
): Promise<Login> =>
  login({
    protocol,
    client: saslClient(credentials, { [allowPlaintext]: true, ...policy }),
    tls: 'none',
    host: 'localhost',
    port,
    tlsOptions: { ca: authority.certificate },
    ...options,
  })

export const isSasl =
  (reason: FailureReason, message: RegExp = /./) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof SaslError, String(error))
    assert.equal(error.reason, reason, error.message)
    assert.match(error.message, message)
    return true
  }

/** Greets, and offers; then hears the command to authenticate. */
export async function offer(
  raw: Raw,
  { greeting, capabilities }: Tongue,
  mechanisms: string,
): Promise<string> {
  raw.say(greeting)
  await raw.hear(LINE)
  raw.say(capabilities(mechanisms))
  return raw.hear(LINE)
}

/** What a server says in an exchange of LOGIN, turn by turn. */
export const turnsOf = (tongue: Tongue): readonly string[] => [
  tongue.greeting,
  tongue.capabilities('LOGIN'),
  tongue.challenge(b64('Username:')),
  tongue.challenge(b64('Password:')),
  tongue.success(2),
]

/** Takes so many turns, and hears what the client says to the last. */
export async function speak(raw: Raw, tongue: Tongue, count: number): Promise<void> {
  for (const [i, text] of turnsOf(tongue).slice(0, count).entries()) {
    if (i > 0) await raw.hear(LINE)
    raw.say(text)
  }
  if (count > 0) await raw.hear(LINE)
}
