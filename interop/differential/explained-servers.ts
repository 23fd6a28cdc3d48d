import type { Explanation } from './explanation.ts'
import {
  bothAccept,
  fitsPrepared,
  isChanged,
  isUnassigned,
  prepared,
  sameIdentity,
  textsOf,
  theyRefuse,
  weRefuse,
} from './facts.ts'

/** What our server does otherwise. */
export const EXPLAINED_SERVERS: readonly Explanation[] = [
  {
    id: 'too-long',
    role: 'server',
    mechanisms: /^(PLAIN|LOGIN|CRAM-MD5|ANONYMOUS|EXTERNAL|OAUTHBEARER|XOAUTH2)$|^SCRAM-/,
    text: 'Our server takes no message over the length that its mechanism has use for, 1,024 or 3,072 octets, no password of over 1,024, and no authzid of over 1,020 characters',
    source: 'RFC 4422 section 6 (denial of service); docs/supported.md has the limits',
    applies: (c) =>
      weRefuse(c) && /limit-exceeded SaslError: (message|password|authzid) too long/.test(c.ours.why),
  },
  {
    id: 'password-not-storable',
    role: 'server',
    mechanisms: /^(SCRAM-|CRAM-MD5|PLAIN|LOGIN)/,
    text: 'Our server keeps no password that SASLprep refuses to store: there is no such account',
    source: 'RFC 4013 section 2.5, RFC 4616 section 2',
    applies: (c) => weRefuse(c) && prepared(c.login.account.password, 'stored') === undefined,
  },
  {
    id: 'xoauth2-nobody',
    mechanisms: /^XOAUTH2$/,
    role: 'server',
    text: 'Our server refuses "user=" with no name, or with one that holds %x01; go-sasl sends both',
    source: "Google's XOAUTH2: the name is that of a mailbox",
    applies: (c) => weRefuse(c) && /^$|\x01/.test(c.login.typed.name),
  },
  {
    id: 'nobody-below',
    mechanisms: /^EXTERNAL$/,
    role: 'server',
    text: 'Our server lets nobody in by an empty external identity',
    source: 'RFC 4422 appendix A',
    applies: (c) => weRefuse(c) && c.login.account.name === '',
  },
  {
    id: 'no-such-name',
    role: 'server',
    mechanisms: /^(SCRAM-|CRAM-MD5|PLAIN|LOGIN|.*OAUTH)/,
    text: 'Our server has no account under a name that SASLprep refuses, with controls, or of over 255 octets',
    source: 'RFC 4616 section 2, RFC 5802 section 5.1, RFC 4013 section 2.3',
    applies: (c) =>
      weRefuse(c) &&
      (prepared(c.login.account.name, 'query') === undefined ||
        Buffer.byteLength(c.login.account.name) > 255),
  },
  {
    id: 'authzid-controls',
    role: 'server',
    text: 'Our server refuses an authorization identity with NUL or other controls',
    source: 'RFC 4422 section 3.4.1 leaves its form to protocols, none of which has them',
    applies: (c) =>
      weRefuse(c) &&
      (/(control character|NUL) in the authorization identity/.test(c.ours.why) ||
        (c.login.typed.authzid ?? '').includes('\0')),
  },
  {
    id: 'not-utf-8',
    role: 'server',
    text: 'Our server refuses what is not UTF-8',
    source: 'RFC 4616 section 2, RFC 5802 section 7, RFC 4505 section 2, RFC 3629 section 3',
    applies: (c) => weRefuse(c) && !!c.login.edit && c.ours.why.includes('not UTF-8'),
  },
  {
    id: 'bad-escape',
    role: 'server',
    mechanisms: /^SCRAM-/,
    text: 'Our server refuses a "=" in a name that is neither "=2C" nor "=3D"; aiosasl does not escape names, GNU SASL lets it pass',
    source: 'RFC 5802 section 5.1: the server MUST fail',
    applies: (c) => weRefuse(c) && c.ours.why.includes('bad escape in a name'),
  },
  {
    id: 'empty-authzid',
    role: 'server',
    mechanisms: /^(SCRAM-|OAUTHBEARER)/,
    text: 'Our server refuses "a=" with nothing after it; their clients write it for no authorization identity',
    source: 'RFC 5801 section 4: saslname = 1*(…)',
    applies: (c) => weRefuse(c) && !c.login.typed.authzid && c.ours.why.includes('not a GS2 header'),
  },
  {
    id: 'unassigned-query',
    role: 'server',
    text: 'Our server takes a name or password with code points that Unicode 3.2 lacks for a query, which may have them; GNU SASL (see prep-flag-inverted) and xdg-go refuse it',
    source: 'RFC 4013 section 2.5, RFC 3454 section 7: queries may contain them',
    applies: (c) => theyRefuse(c) && [c.login.typed.name, c.login.typed.password].some(isUnassigned),
  },
  {
    id: 'unprepared-in-server',
    text: 'Our server prepares what it compares; theirs compares octets',
    source: 'RFC 4616 section 2, RFC 5802 section 5.1: what was presented is prepared before it is compared',
    role: 'server',
    mechanisms: /^(SCRAM-|CRAM-MD5|PLAIN|LOGIN)/,
    applies: (c) => theyRefuse(c) && (!!c.login.edit || fitsPrepared(c)) && textsOf(c).some(isChanged),
  },
  {
    id: 'anonymous-name',
    mechanisms: /^ANONYMOUS$/,
    role: 'server',
    text: 'Our server calls nobody "anonymous", and tells the trace apart; theirs has no name for them, or takes the trace for one',
    source: 'RFC 4505 section 2: trace information is not an identity',
    applies: (c) => bothAccept(c) && !sameIdentity(c),
  },
]
