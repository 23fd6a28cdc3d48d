/** What callers of a profile's functions get wrong: never a line that says something else. */
import * as imap from '../../src/profiles/imap.js'
import * as pop3 from '../../src/profiles/pop3.js'
import * as smtp from '../../src/profiles/smtp.js'
import { careless, type Row, testRefused } from './refused.js'

const context = { tag: 'a1', hostname: 'mail.example.org' }
const nothing = careless(undefined)
const NAMED = { smtp, imap, pop3 }

const rows = (name: keyof typeof NAMED): Row[] => {
  const profile = NAMED[name]
  return [
    [
      `${name}: a response of text`,
      () => profile.writeResponse(careless('hello')),
      /^TypeError: a response must be octets; pass a Uint8Array/,
    ],
    [
      `${name}: a response that is none`,
      () => profile.writeResponse(nothing),
      /^TypeError: a response must be octets/,
    ],
    [
      `${name}: an initial response of text`,
      () => profile.writeAuthenticateCommand('PLAIN', careless('hello'), context),
      /^TypeError: an initial response must be octets/,
    ],
    [
      `${name}: a challenge of text`,
      () => profile.writeChallenge(careless('hello')),
      /^TypeError: a challenge must be octets/,
    ],
    [
      `${name}: a response read of nothing`,
      () => profile.readResponse(nothing),
      /^TypeError: a line must be a string/,
    ],
    [
      `${name}: a response read of octets`,
      () => profile.readResponse(careless(Buffer.from('dGlt'))),
      /^TypeError: a line must be a string/,
    ],
    [
      `${name}: a command read of nothing`,
      () => profile.readCommand(nothing),
      /^TypeError: a line must be a string/,
    ],
    [
      `${name}: a command read of octets`,
      () => profile.readCommand(careless(Buffer.from('NOOP'))),
      /^TypeError: a line must be a string/,
    ],
    [
      `${name}: a reply of one line that is no list`,
      () => profile.readReply(careless('220 ready'), 'greeting', context),
      /^TypeError: a reply must be a list of its lines/,
    ],
    [
      `${name}: a reply of no line`,
      () => profile.readReply([], 'greeting', context),
      /^TypeError: a reply must be a list of its lines/,
    ],
    [
      `${name}: a reply of octets`,
      () => profile.readReply([careless(Buffer.from('220 ready'))], 'greeting', context),
      /^TypeError: a line must be a string/,
    ],
    [
      `${name}: a failure that is none`,
      () => profile.writeFailure(careless('wrong'), context),
      /^TypeError: reason must be one of malformed, /,
    ],
    [
      `${name}: a failure that objects have anyway`,
      () => profile.writeFailure(careless('toString'), context),
      /^TypeError: reason must be/,
    ],
    [
      `${name}: a notice that is none`,
      () => profile.writeNotice(careless('welcome'), context),
      /^TypeError: notice must be one of /,
    ],
    [
      `${name}: no capabilities`,
      () => profile.writeCapabilities(nothing, context),
      /^TypeError: capabilities must be \{ mechanisms/,
    ],
    [
      `${name}: capabilities that are a list`,
      () => profile.writeCapabilities(careless(['PLAIN']), context),
      /^TypeError: capabilities.mechanisms must be a list/,
    ],
    [
      `${name}: capabilities without the others`,
      () => profile.writeCapabilities(careless({ mechanisms: [] }), context),
      /^TypeError: capabilities.others must be a list/,
    ],
  ]
}

const capabilities = {
  mechanisms: [],
  startTls: false,
  initialResponse: true,
  passwordCommand: false,
  others: [],
}
const TAG = /^TypeError: tag must be an IMAP tag \(RFC 9051 section 9\): pass \{ tag: 'A1' \}/
const HOST = /^TypeError: pass \{ hostname \}/

testRefused([
  ...rows('smtp'),
  ...rows('imap'),
  ...rows('pop3'),
  ['smtp: EHLO without a context', () => smtp.writeCapabilitiesCommand(nothing), HOST],
  [
    'smtp: EHLO without a host name',
    () => smtp.writeCapabilitiesCommand(careless({})),
    /^TypeError: hostname must be 1 to 255/,
  ],
  ['smtp: a greeting without a context', () => smtp.writeGreeting(capabilities, nothing), HOST],
  ['smtp: capabilities without a context', () => smtp.writeCapabilities(capabilities, nothing), HOST],
  ['smtp: a notice without a context', () => smtp.writeNotice('hello', nothing), HOST],
  ['pop3: a greeting without a context', () => pop3.writeGreeting(capabilities, nothing), HOST],
  ['imap: a greeting without a context', () => imap.writeGreeting(capabilities, nothing), HOST],
  [
    'imap: a greeting without capabilities',
    () => imap.writeGreeting(nothing, context),
    /^TypeError: capabilities must be/,
  ],
  ['imap: capabilities without a context', () => imap.writeCapabilities(capabilities, nothing), TAG],
  ['imap: CAPABILITY without a context', () => imap.writeCapabilitiesCommand(nothing), TAG],
  ['imap: STARTTLS without a context', () => imap.writeStartTlsCommand(nothing), TAG],
  [
    'imap: AUTHENTICATE without a context',
    () => imap.writeAuthenticateCommand('PLAIN', undefined, nothing),
    TAG,
  ],
  ['imap: the answer to STARTTLS without a context', () => imap.writeStartTls(nothing), TAG],
  ['imap: success without a context', () => imap.writeSuccess(nothing), TAG],
  ['imap: a failure without a context', () => imap.writeFailure('temporary', nothing), TAG],
  ['imap: a notice without a context', () => imap.writeNotice('done', nothing), TAG],
  ['imap: a reply without a context', () => imap.readReply(['a1 OK'], 'start-tls', nothing), TAG],
  [
    'imap: room for an initial response, by no capabilities',
    () => imap.carriesInitialResponse('PLAIN', new Uint8Array(1), nothing, context),
    /^TypeError: capabilities must be/,
  ],
])
