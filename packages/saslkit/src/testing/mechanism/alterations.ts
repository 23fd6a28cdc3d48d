import { concat, type Octets } from '../../octets.js'

/** One way to change a message at one place. Undefined where it changes nothing there. */
export interface Alteration {
  readonly name: string
  apply(octets: Octets, at: number): Octets | undefined
}

const flip = (mask: number): Alteration => ({
  name: `xor ${mask}`,
  apply(octets, at) {
    if (at >= octets.length) return undefined
    const altered = octets.slice()
    altered[at]! ^= mask
    return altered
  },
})

const insert = (octet: number): Alteration => ({
  name: `insert ${octet}`,
  apply: (octets, at) => concat(octets.subarray(0, at), Uint8Array.of(octet), octets.subarray(at)),
})

/** The edits of in-flight fuzzers (Dovecot's, Cyrus' test suite), each at every offset and behind the end. */
export const ALTERATIONS: readonly Alteration[] = [
  flip(0x01),
  flip(0x20),
  flip(0x80),
  flip(0xff),
  insert(0x00),
  insert(0x2c),
  insert(0x41),
  {
    name: 'delete',
    apply: (octets, at) =>
      at < octets.length ? concat(octets.subarray(0, at), octets.subarray(at + 1)) : undefined,
  },
  { name: 'truncate', apply: (octets, at) => (at < octets.length ? octets.slice(0, at) : undefined) },
  {
    name: 'repeat',
    apply: (octets, at) => (at === octets.length && at ? concat(octets, octets) : undefined),
  },
]
