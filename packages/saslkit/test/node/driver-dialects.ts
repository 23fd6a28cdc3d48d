/** What raw clients say to a server, and what it answers, in each protocol. */
import { describe } from 'node:test'
import { allowPlaintext } from '../../src/plaintext.js'
import * as imap from '../../src/profiles/imap.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import * as pop3 from '../../src/profiles/pop3.js'
import * as smtp from '../../src/profiles/smtp.js'
import { type Directory, type SaslServer, type ServerPolicy, saslServer } from '../../src/server.js'
import { b64, DECOY, directory, NAMES, type ProtocolName, type Raw } from './driver-ends.js'

/** What a raw client says in each protocol. */
export interface Dialect {
  readonly name: ProtocolName
  readonly profile: LineProfile
  /** All of the greeting, and of what comes before a command to authenticate. */
  readonly ready: (raw: Raw) => Promise<void>
  readonly auth: (words: string) => string
  readonly challenge: RegExp
  readonly success: RegExp
  readonly startTls: string
  readonly startTlsReply: RegExp
  readonly noop: string
  readonly noopReply: RegExp
  /** A refusal, of the reasons that have codes of their own. */
  readonly failure: Readonly<
    Record<'malformed' | 'mechanism' | 'encryption' | 'credentials' | 'aborted' | 'temporary', RegExp>
  >
}

export const DIALECTS: Readonly<Record<ProtocolName, Dialect>> = {
  smtp: {
    name: 'smtp',
    profile: smtp,
    async ready(raw) {
      await raw.hear(/^220 .*\r\n/)
      raw.say('EHLO me\r\n')
      await raw.hear(/^250 .*\r\n/m)
    },
    auth: (words) => `AUTH ${words}\r\n`,
    challenge: /^334 (.*)\r\n/,
    success: /^235 2\.7\.0 .*\r\n/,
    startTls: 'STARTTLS\r\n',
    startTlsReply: /^220 2\.0\.0 .*\r\n/,
    noop: 'NOOP\r\n',
    noopReply: /^250 2\.0\.0 OK\r\n/,
    failure: {
      malformed: /^501 5\.5\.2 .*\r\n/,
      mechanism: /^504 5\.5\.4 .*\r\n/,
      encryption: /^538 5\.7\.11 .*\r\n/,
      credentials: /^535 5\.7\.8 Authentication credentials invalid\r\n/,
      aborted: /^501 5\.7\.0 .*\r\n/,
      temporary: /^454 4\.7\.0 .*\r\n/,
    },
  },
  imap: {
    name: 'imap',
    profile: imap,
    async ready(raw) {
      await raw.hear(/^\* OK \[CAPABILITY .*\r\n/)
    },
    auth: (words) => `a1 AUTHENTICATE ${words}\r\n`,
    challenge: /^\+ (.*)\r\n/,
    success: /^a1 OK .*\r\n/,
    startTls: 'a0 STARTTLS\r\n',
    startTlsReply: /^a0 OK .*\r\n/,
    noop: 'a2 NOOP\r\n',
    noopReply: /^a2 OK .*\r\n/,
    failure: {
      malformed: /^a1 BAD .*\r\n/,
      mechanism: /^a1 NO \[CANNOT\] .*\r\n/,
      encryption: /^a1 NO \[PRIVACYREQUIRED\] .*\r\n/,
      credentials: /^a1 NO \[AUTHENTICATIONFAILED\] Authentication credentials invalid\r\n/,
      aborted: /^a1 BAD Authentication cancelled\r\n/,
      temporary: /^a1 NO \[UNAVAILABLE\] .*\r\n/,
    },
  },
  pop3: {
    name: 'pop3',
    profile: pop3,
    async ready(raw) {
      await raw.hear(/^\+OK .*\r\n/)
    },
    auth: (words) => `AUTH ${words}\r\n`,
    challenge: /^\+ (.*)\r\n/,
    success: /^\+OK Authenticated\r\n/,
    startTls: 'STLS\r\n',
    startTlsReply: /^\+OK Begin TLS .*\r\n/,
    noop: 'NOOP\r\n',
    noopReply: /^\+OK\r\n/,
    failure: {
      malformed: /^-ERR Malformed .*\r\n/,
      mechanism: /^-ERR Authentication mechanism not available\r\n/,
      encryption: /^-ERR Encryption required .*\r\n/,
      credentials: /^-ERR \[AUTH\] Authentication credentials invalid\r\n/,
      aborted: /^-ERR Authentication cancelled\r\n/,
      temporary: /^-ERR \[SYS\/TEMP\] .*\r\n/,
    },
  },
}

export const GOOD: string = b64('\0tim\0tanstaaftanstaaf')
export const WRONG: string = b64('\0tim\0wrong')

const POLICY: ServerPolicy = { mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'], [allowPlaintext]: true }
/** A server that shows secrets to whoever listens: what is tested here does not depend on it. */
export const openServer = async (accounts?: Directory): Promise<SaslServer> =>
  saslServer({ directory: accounts ?? (await directory()), decoySecret: DECOY, policy: POLICY })

/** Says a step of an exchange, and hears the answer. */
export async function step(raw: Raw, text: string, answer: RegExp): Promise<void> {
  raw.say(text)
  const whole = answer.source.endsWith('\\r\\n')
    ? answer
    : new RegExp(`${answer.source}.*\\r\\n`, answer.flags)
  await raw.hear(whole)
}

export const eachDialect = (body: (dialect: Dialect) => void): void => {
  for (const name of NAMES) describe(name, () => body(DIALECTS[name]))
}
