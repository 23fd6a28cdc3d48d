/** What can be said of a case, for explanations. */
import { saslprep } from 'saslkit/strings'
import type { Comparison } from './row.ts'

/** Undefined where SASLprep refuses, or leaves nothing. */
export const prepared = (text: string, form: 'stored' | 'query'): string | undefined => {
  try {
    return saslprep(text, form) || undefined
  } catch {
    return undefined
  }
}

export const weRefuse = ({ ours, reference }: Comparison): boolean => !ours.server && !!reference.server
export const theyRefuse = ({ ours, reference }: Comparison): boolean => !!ours.server && !reference.server
export const bothAccept = ({ ours, reference }: Comparison): boolean =>
  !!ours.server && !!reference.server && ours.client === reference.client
export const sameIdentity = ({ ours, reference }: Comparison): boolean =>
  ours.server?.authcid === reference.server?.authcid && ours.server?.authzid === reference.server?.authzid

export const textsOf = ({ login: { account, typed } }: Comparison): string[] => [
  typed.name,
  typed.password,
  account.password,
]
export const isChanged = (text: string): boolean => (prepared(text, 'query') ?? text) !== text

export const fitsPrepared = ({ login: { account, typed } }: Comparison): boolean =>
  prepared(typed.name, 'query') === account.name &&
  prepared(typed.password, 'query') === prepared(account.password, 'stored')

/** Unassigned in Unicode 3.2, and nothing else is wrong with it. */
export const isUnassigned = (text: string): boolean =>
  prepared(text, 'stored') === undefined && prepared(text, 'query') !== undefined

/** Corrigendum 4: in Unicode 3.2 these decompose to others than ever since. */
export const CORRECTED = /[\u{2f868}\u{2f874}\u{2f91f}\u{2f95f}\u{2f9bf}]/u

/** Corrigendum 5: in Unicode 3.2 these compose across the mark in between. */
export const ACROSS_MARK = /[\u1100-\u1112]\p{M}+[\u1161-\u1175]|[\uac00-\ud7a3]\p{M}+[\u11a8-\u11c2]/u

/**
 * What the check for such sequences in GNU SASL (Unicode's public review issue 29) takes for one: others may stand between,
 * too.
 */
export const LIKE_ACROSS_MARK =
  /[\u1100-\u1112].*\p{M}.*[\u1161-\u1175]|[\uac00-\ud7a3].*\p{M}.*[\u11a8-\u11c2]/su
