/** RFC 9051 section 9: 1*<any ASTRING-CHAR except "+">. The bound is ours. */
const TAG = /^[!#$&',\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]{1,64}$/

export const isTag = (word: string): boolean => TAG.test(word)

/** @throws TypeError for what is no tag. */
export function requireTag(tag: string): string {
  if (typeof tag !== 'string' || !isTag(tag))
    throw new TypeError('tag must be an IMAP tag (RFC 9051 section 9): pass one such as A1')
  return tag
}
