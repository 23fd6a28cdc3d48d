/**
 * Checks a word that goes on a line: a host name, a tag.
 *
 * @throws TypeError when it is empty, or holds anything but printable ASCII: a line end in a name is a command of its own.
 */
export function requireWord(word: string, what: string): string {
  if (typeof word !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(word))
    throw new TypeError(`${what} must be 1 to 255 characters of printable ASCII without spaces`)
  return word
}

/** The same of words that may have spaces between them. */
export function requireWords(words: string, what: string): string {
  if (typeof words !== 'string' || !/^[\x21-\x7e](?:[\x20-\x7e]{0,498}[\x21-\x7e])?$/.test(words))
    throw new TypeError(`${what} must be 1 to 500 characters of printable ASCII, spaces only between words`)
  return words
}

/** A server's text, fit for a message: printable ASCII, and not without end. */
export const printable = (text: string): string => text.slice(0, 256).replace(/[^\x20-\x7e]/g, '?')

/** What came where something else was awaited, for a message: never where the peer may say again what we told it. */
export const quoted = (line: string): string => JSON.stringify(printable(line.slice(0, 64)))

/** @throws TypeError for a context without a host name that a line can carry. */
export function requireHostname(context: { readonly hostname: string }): string {
  if (typeof context !== 'object' || context === null)
    throw new TypeError('pass { hostname }: the name of the host that writes')
  return requireWord(context.hostname, 'hostname')
}

/** @throws TypeError for what is no line: octets, for one. */
export function requireLine(line: string): string {
  if (typeof line !== 'string')
    throw new TypeError('a line must be a string, of one character for each octet')
  return line
}

/** @throws TypeError for what is no reply. */
export function requireLines(lines: readonly string[]): void {
  if (!Array.isArray(lines) || !lines.length)
    throw new TypeError('a reply must be a list of its lines so far, one at least')
  for (const line of lines) requireLine(line)
}

/** The text for a word. @throws TypeError for a word that has none. */
export function textFor<K extends string>(texts: Readonly<Record<K, string>>, word: K, what: string): string {
  if (!Object.hasOwn(texts, word))
    throw new TypeError(`${what} must be one of ${Object.keys(texts).join(', ')}`)
  return texts[word]
}
