/** The CAPABILITY response (RFC 9051 sections 6.1.1 and 7.2.2), as data item and as response code. */
import type { Capabilities } from '../line-profile.js'
import { requireWord } from '../line-text.js'
import { readMechanisms, requireMechanism } from '../mechanism-name.js'
import { requireCapabilities } from '../require-capabilities.js'

/** `words` is what follows "CAPABILITY ". */
export function readCapabilities(words: string): Capabilities {
  const mechanisms: string[] = []
  const others: string[] = []
  const known = new Set<string>()
  for (const word of words.split(' ')) {
    const folded = word.toUpperCase()
    if (folded.startsWith('AUTH=')) mechanisms.push(folded.slice('AUTH='.length))
    else if (OURS.has(folded)) known.add(folded)
    else if (word) others.push(word)
    // RFC 9051 section 6.2.2 has taken SASL-IR in.
    if (folded === 'IMAP4REV2') known.add('SASL-IR')
  }
  return {
    mechanisms: readMechanisms(mechanisms),
    startTls: known.has('STARTTLS'),
    initialResponse: known.has('SASL-IR'),
    passwordCommand: !known.has('LOGINDISABLED'),
    others,
  }
}

const OURS = new Set(['STARTTLS', 'SASL-IR', 'LOGINDISABLED'])

export const writeWords = (capabilities: Capabilities): string =>
  [
    'CAPABILITY',
    ...requireCapabilities(capabilities, 'mechanisms', 'others').others.map((word) =>
      requireWord(word, 'a capability'),
    ),
    ...(capabilities.initialResponse ? ['SASL-IR'] : []),
    ...(capabilities.startTls ? ['STARTTLS'] : []),
    ...(capabilities.passwordCommand ? [] : ['LOGINDISABLED']),
    ...capabilities.mechanisms.map((name) => `AUTH=${requireMechanism(name)}`),
  ].join(' ')
