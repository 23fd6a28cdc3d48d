import type { LineContext } from '../line-profile.js'

/** RFC 9051 section 9: 1*<any ASTRING-CHAR except "+">. The bound is ours. */
const TAG = /^[!#$&',\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]{1,64}$/

export const isTag = (word: string): boolean => TAG.test(word)

/** @throws TypeError for a context without a tag. */
export function requireTag(context: Pick<LineContext, 'tag'>): string {
  const tag: unknown = context?.tag
  if (typeof tag !== 'string' || !isTag(tag))
    throw new TypeError("tag must be an IMAP tag (RFC 9051 section 9): pass { tag: 'A1' }")
  return tag
}
