import type { Explanation } from './explanation.ts'
import { isChanged, isUnassigned, prepared, textsOf, theyRefuse, weRefuse } from './facts.ts'

/** What our client does otherwise. */
export const EXPLAINED_CLIENTS: readonly Explanation[] = [
  {
    id: 'extension-after-proof',
    role: 'client',
    mechanisms: /^SCRAM-/,
    text: 'Our client reads past extensions after "v="; theirs takes them for part of it',
    source: 'RFC 5802 section 7: server-final-message = (server-error / verifier) ["," extensions]',
    applies: (c) =>
      !!c.ours.server &&
      !!c.reference.server &&
      c.ours.client &&
      !c.reference.client &&
      c.login.edit?.from === 'server' &&
      c.login.edit.what === 'extend',
  },
  {
    id: 'least-iterations',
    role: 'client',
    mechanisms: /^SCRAM-/,
    text: 'Our client takes no fewer iterations than its least; theirs takes any number',
    source: 'RFC 7677 section 4: at least 4,096',
    applies: (c) => !c.ours.server && /asks for \d+ iterations/.test(c.ours.why),
  },
  {
    id: 'empty-or-nul',
    role: 'client',
    text: 'Our client refuses a name or password that is empty or holds NUL; theirs sends it',
    source: 'RFC 4616 section 2 (1*SAFE), RFC 5802 section 7 (1*value-char)',
    applies: (c) =>
      weRefuse(c) &&
      c.ours.why.startsWith('TypeError') &&
      textsOf(c).some((text) => !text || text.includes('\0')),
  },
  {
    id: 'client-prepares',
    role: 'client',
    mechanisms: /^(SCRAM-|CRAM-MD5)/,
    text: 'Our client refuses a name or password that SASLprep refuses; theirs sends it as it is',
    source: 'RFC 5802 section 5.1, RFC 4013 sections 2.3 to 2.5',
    applies: (c) =>
      weRefuse(c) &&
      c.ours.why.startsWith('PreparationError') &&
      (prepared(c.login.typed.name, 'query') === undefined ||
        prepared(c.login.typed.password, 'stored') === undefined),
  },
  {
    id: 'unassigned-name',
    role: 'client',
    text: 'Our client sends a name with code points that Unicode 3.2 lacks; theirs refuses it',
    source: 'RFC 5802 section 5.1: the name is a query',
    applies: (c) => theyRefuse(c) && isUnassigned(c.login.typed.name),
  },
  {
    id: 'name-as-typed',
    mechanisms: /^(SCRAM-|CRAM-MD5)/,
    role: 'client',
    text: 'Our client sends the prepared name; theirs the one that was typed',
    source: 'RFC 5802 section 5.1, draft-ietf-sasl-crammd5 section 2',
    applies: (c) =>
      (c.ours.server === undefined) !== (c.reference.server === undefined) && isChanged(c.login.typed.name),
  },
]
