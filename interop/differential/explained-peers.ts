import type { Explanation } from './explanation.ts'
import { CORRECTED, LIKE_ACROSS_MARK, prepared, textsOf, theyRefuse, weRefuse } from './facts.ts'

/** What one library alone does. */
export const EXPLAINED_PEERS: readonly Explanation[] = [
  {
    id: 'cyrus-long-names',
    peers: ['cyrus'],
    mechanisms: /^(?!ANONYMOUS$)/,
    text: 'Cyrus keeps names in buffers of 1,024 octets',
    source: 'no RFC bounds them; our server has no account of over 255 octets',
    applies: (c) =>
      [c.login.typed.name, c.login.account.name, c.login.typed.authzid ?? ''].some(
        (text) => Buffer.byteLength(text) > 1000,
      ),
  },
  {
    id: 'empty-trace',
    peers: ['gsasl'],
    mechanisms: /^ANONYMOUS$/,
    text: 'Our server takes a client that leaves no trace; GNU SASL does not',
    source: 'RFC 4505 section 2: message = [ email / token ]',
    applies: (c) => theyRefuse(c) && c.ours.wire.at(-1)?.endsWith('""') === true,
  },
  {
    id: 'oauth-unescaped',
    peers: ['go-sasl'],
    mechanisms: /^OAUTHBEARER$/,
    role: 'server',
    text: 'Our server refuses "," and "=" in a name unless escaped; go-sasl writes them as they are',
    source: 'RFC 7628 section 3.1, RFC 5801 section 4',
    applies: (c) => weRefuse(c) && /[,=]/.test(c.login.typed.authzid ?? ''),
  },
  {
    id: 'corrigendum-4',
    peers: ['xdg-scram', 'slixmpp'],
    mechanisms: /^(SCRAM-|CRAM-MD5|PLAIN|LOGIN)/,
    text: 'Five ideographs decompose as in Unicode 3.2 here, and as corrected later there',
    source: 'RFC 4013 section 2.2 (Unicode 3.2), Unicode corrigendum 4',
    applies: (c) =>
      [...textsOf(c), c.login.account.name].some((text) => CORRECTED.test(text)) ||
      /[\u{2136a}\u5f33\u43ab\u7aae\u4d57]/u.test(c.login.account.name),
  },
  {
    id: 'corrigendum-5',
    peers: ['gsasl'],
    mechanisms: /^(SCRAM-|CRAM-MD5|PLAIN)/,
    text: 'GNU SASL composes Hangul across a mark that stands between, as Unicode 3.2 said it, or refuses what is like it; ours as corrected',
    source: 'Unicode corrigendum 5; RFC 4013 section 2.2 names the fault as known',
    applies: (c) => [...textsOf(c), c.login.account.name].some((text) => LIKE_ACROSS_MARK.test(text)),
  },
  {
    id: 'cyrus-trims',
    peers: ['cyrus'],
    mechanisms: /^(?!ANONYMOUS$)/,
    text: 'Cyrus takes spaces off both ends of a name',
    source: 'RFC 4013 has no such step',
    applies: (c) =>
      !/TypeError|PreparationError|asks for/.test(c.ours.why) &&
      ([c.login.typed.name, c.login.account.name, c.login.typed.authzid ?? ''].some((text) =>
        /^\s|\s$/.test(prepared(text, 'query') ?? text),
      ) ||
        (c.login.edit?.what === 'insert' && c.login.edit.value === 0x20)),
  },
  {
    id: 'gsasl-insists-on-plus',
    peers: ['gsasl'],
    mechanisms: /^SCRAM-(?!.*-PLUS$)/,
    role: 'client',
    text: 'GNU SASL\'s client refuses to run without -PLUS where it has something to bind; ours says "y" and lets the server judge',
    source: 'RFC 5802 section 6',
    applies: (c) => theyRefuse(c) && c.login.binding.client !== undefined && c.reference.wire.length === 0,
  },
  {
    id: 'xdg-escapes',
    peers: ['xdg-scram'],
    role: 'server',
    text: 'Our server reads "=2C" and "=3D" in names; theirs looks them up as they stand',
    source: 'RFC 5802 section 5.1',
    applies: (c) => theyRefuse(c) && /[,=]/.test(c.login.account.name),
  },
  {
    id: 'xdg-authzid',
    peers: ['xdg-scram'],
    role: 'client',
    text: 'xdg-go writes an authzid without "a=" so that its halves refuse each other and others; one that SASLprep empties it leaves out, and gets in where ours is refused',
    source: 'RFC 5802 section 7: authzid = "a=" saslname',
    applies: (c) =>
      weRefuse(c) && c.login.typed.authzid !== undefined && c.ours.why.includes('channel binding received'),
  },
  {
    id: 'login-prompts',
    peers: ['go-sasl'],
    mechanisms: /^LOGIN$/,
    role: 'client',
    text: 'Our client answers any prompt; theirs "Password:" alone',
    source: 'draft-murchison-sasl-login section 2.1: their text SHOULD be ignored',
    applies: (c) => theyRefuse(c) && c.login.edit?.from === 'server',
  },
]
