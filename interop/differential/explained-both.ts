import type { Explanation } from './explanation.ts'
import { bothAccept, isChanged, weRefuse } from './facts.ts'

/** What both halves of ours do otherwise. */
export const EXPLAINED_BOTH: readonly Explanation[] = [
  {
    id: 'base64-unused-bits',
    mechanisms: /^SCRAM-/,
    text: 'We refuse base64 whose last character has bits set that stand for nothing; they ignore them, so that one value has many texts',
    source: 'RFC 4648 section 3.5: decoders MAY reject',
    applies: (c) => !!c.login.edit && c.ours.why.includes('not base64'),
  },
  {
    id: 'asked-again',
    mechanisms: /^(PLAIN|CRAM-MD5)$/,
    text: 'A message that an edit has emptied is malformed to ours; theirs asks again, and says all again',
    source:
      'RFC 4616 section 2: one message; RFC 4422 section 3: an empty response is not the absence of one',
    applies: (c) => weRefuse(c) && c.reference.wire.includes('  arrives as: ""'),
  },
  {
    id: 'trace',
    mechanisms: /^ANONYMOUS$/,
    text: 'We refuse trace information with controls, with two "@", or over 255 characters; they take anything',
    source: 'RFC 4505 sections 2 and 3',
    applies: (c) => weRefuse(c) && /trace/.test(c.ours.why),
  },
  {
    id: 'unprepared-keys',
    mechanisms: /^(SCRAM-|CRAM-MD5)/,
    text: 'Our halves make keys of the prepared password; theirs of the octets',
    source: 'RFC 5802 section 2.2: Normalize(password), draft-ietf-sasl-crammd5 section 2',
    applies: (c) =>
      (c.ours.server === undefined) !== (c.reference.server === undefined) &&
      [c.login.typed.password, c.login.account.password].some(isChanged),
  },
  {
    id: 'authzid-is-name',
    text: 'Who asks to act as the name that was typed asks for nobody else; theirs tells both, in two spellings',
    source: 'RFC 4422 section 3.4.1: without an authzid, it derives from the credentials',
    applies: (c) =>
      bothAccept(c) &&
      c.ours.server?.authcid === c.reference.server?.authcid &&
      c.login.typed.authzid !== undefined &&
      c.login.typed.authzid === c.login.typed.name &&
      isChanged(c.login.typed.name),
  },
]
