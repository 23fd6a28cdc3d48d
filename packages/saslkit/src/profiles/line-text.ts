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
