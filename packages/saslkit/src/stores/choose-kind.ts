import { type Octets, utf8 } from '../octets.js'
import type { AccountKind } from './census.js'

const DRAWS = 2 ** 48

/**
 * The kind of account that a name which nobody has is taken for: for each name always the same, and over all names each
 * as often as there are such accounts. Where their numbers change, few names change their kind, since each kind draws
 * its own lot (rendezvous hashing, weighted).
 */
export function chooseKind(
  kinds: readonly AccountKind[],
  name: string,
  hmac: (data: Octets) => Octets,
): AccountKind | undefined {
  if (kinds.length < 2) return kinds[0]
  let chosen: AccountKind | undefined
  let least = Number.POSITIVE_INFINITY
  for (const kind of kinds) {
    const drawn = hmac(utf8(`account-kind\0${kind.key}\0${name}`))
    let number = 0
    for (const octet of drawn.subarray(0, 6)) number = number * 256 + octet
    const lot = -Math.log((number + 1) / (DRAWS + 1)) / kind.accounts
    if (lot < least) {
      chosen = kind
      least = lot
    }
  }
  return chosen
}
