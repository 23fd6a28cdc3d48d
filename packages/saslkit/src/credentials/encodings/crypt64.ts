import type { Octets } from '../../octets.js'

/** The 64 digits of crypt(3), in the order of their values. */
export const CRYPT64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * Octets in the digits of crypt(3), as MD5-crypt, SHA-crypt, phpass and yescrypt write them: each three octets are a
 * number, least octet first, of which the least six bits come first.
 */
export function crypt64(octets: Uint8Array): string {
  let digits = ''
  for (let at = 0; at < octets.length; at += 3) {
    const group = octets.subarray(at, at + 3)
    let value = 0
    group.forEach((octet, i) => {
      value |= octet << (8 * i)
    })
    for (let i = 0; i <= group.length; i++) digits += CRYPT64[(value >>> (6 * i)) & 63]
  }
  return digits
}

/** Undefined where a digit is none, or bits that stand for no octet are set. */
export function fromCrypt64(digits: string): Octets | undefined {
  if (digits.length % 4 === 1) return undefined
  const octets: number[] = []
  for (let at = 0; at < digits.length; at += 4) {
    const group = digits.slice(at, at + 4)
    let value = 0
    for (let i = 0; i < group.length; i++) {
      const digit = CRYPT64.indexOf(group[i]!)
      if (digit < 0) return undefined
      value |= digit << (6 * i)
    }
    const length = group.length - 1
    for (let i = 0; i < length; i++) octets.push((value >>> (8 * i)) & 255)
    if (value >>> (8 * length)) return undefined
  }
  return Uint8Array.from(octets)
}
