/** RFC 4422 section 3.1, folded: SMTP, IMAP and POP3 hold keywords to be case-insensitive. */
const NAME = /^[A-Za-z0-9_-]{1,20}$/

/** The mechanism's name in upper case; undefined for what is none. */
export const readMechanism = (word: string): string | undefined =>
  NAME.test(word) ? word.toUpperCase() : undefined

/** The names among these words, each once. */
export const readMechanisms = (words: readonly string[]): string[] => [
  ...new Set(words.map(readMechanism).filter((name) => name !== undefined)),
]

/** @throws TypeError for what is no name in upper case. */
export function requireMechanism(name: string): string {
  if (typeof name !== 'string' || readMechanism(name) !== name)
    throw new TypeError(
      'a mechanism name is 1 to 20 of A-Z, 0-9, "-" and "_" (RFC 4422 section 3.1); pass such a name',
    )
  return name
}
