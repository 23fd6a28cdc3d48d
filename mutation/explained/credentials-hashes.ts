import type { Explanation } from './explanation.ts'

const BEYOND =
  'What is written beyond the end of an array of octets or words is lost, and what is read there counts as zero.'
const SAME_TAG =
  'Whichever implementation is asked, the hash is the same: the own one of Node, that of @node-rs, or one in JavaScript.'
const TOO_SLOW =
  'It is noticed by the known answers of 16 MiB, which are beyond the time that a change is given here.'

export const CREDENTIALS_HASHES: readonly Explanation[] = [
  {
    file: 'credentials/account-check.ts',
    code: "kind: 'cleartext',",
    why: 'Every other kind has another name, whatever this one is.',
  },
  {
    file: 'credentials/encodings/crypt64.ts',
    code: 'for (let at = 0; at < digits.length; at += 4) {',
    why: 'One group more, of no digits, adds no octet.',
  },
  {
    file: 'credentials/encodings/crypt64.ts',
    code: 'if (digit < 0) return undefined',
    why: 'The value of what is no digit, -1, has bits that stand for no octet, and those are refused.',
  },
  {
    file: 'credentials/encodings/unpadded-base64.ts',
    code: /^export const unpadded = /,
    original: '/=+$/',
    why: 'Padding stands at the end alone.',
  },
  {
    file: 'credentials/hashes/des-crypt.ts',
    code: 'let block: Bits = new Array<number>(64).fill(0)',
    original: 'new Array<number>(64)',
    why: 'A bit that is undefined counts as 0.',
  },
  {
    file: 'credentials/hashes/des-crypt.ts',
    code: 'let left: Bits = start.slice(0, 32)',
    original: 'start.slice(0, 32)',
    why: 'The bits too many stay behind the others, where no table looks.',
  },
  {
    file: 'credentials/hashes/md5-crypt.ts',
    code: /^for \(let left = password\.length; left > 0; left -= 16\)/,
    original: 'left > 0',
    why: 'Where nothing is left, nothing is added.',
  },
  {
    file: 'credentials/hashes/pwxform.ts',
    code: /^for \(let k = 0; k < 16; k\+\+\) block\[k\]! \^= /,
    original: 'k < 16',
    why: BEYOND,
  },
  {
    file: 'credentials/hashes/pwxform.ts',
    code: 'for (let at = 0; at < 16; at += 4) {',
    original: 'at < 16',
    why: BEYOND,
  },
  {
    file: 'credentials/hashes/salsa20.ts',
    code: /^for \(let i = 0; i < 16; i\+\+\) (?:x|words)\[/,
    original: 'i < 16',
    why: BEYOND,
  },
  {
    file: 'credentials/hashes/yescrypt-mix.ts',
    code: /^for \(let k = 0; k < target\.length; k\+\+\)/,
    original: 'k < target.length',
    why: BEYOND,
  },
  {
    file: 'credentials/hashes/yescrypt-mix.ts',
    code: 'if (breath) await breath',
    replacement: 'true',
    why: 'Waiting for nothing takes a microtask.',
  },
  {
    file: 'credentials/hashes/yescrypt.ts',
    code: /^\? await derive\(sha256, 'yescrypt-prehash', /,
    why: TOO_SLOW,
  },
  {
    file: 'credentials/schemes/bcrypt.ts',
    code: /^for \(bits \+= 8; bits >= 6; bits -= 6\)/,
    original: 'bits >= 6',
    why: 'Six bits that wait are written before those of the next octet, and the 128 bits of a salt do not end with six.',
  },
  {
    file: 'credentials/schemes/crypt.ts',
    code: "format: hint ?? 'crypt',",
    original: "'crypt'",
    why: 'It stands in the row of bigcrypt, which is read with a hint alone; the default is for the compiler.',
  },
  {
    file: 'credentials/schemes/yescrypt.ts',
    code: "const digit = CRYPT64.indexOf(digits[at] ?? ' ')",
    original: "' '",
    why: 'What is taken for a digit stands behind the end, and parameters that do not end where the text of them does are malformed.',
  },
  {
    file: 'credentials/schemes/yescrypt.ts',
    code: 'if (digit < 0) return undefined',
    why: 'What is no digit stands behind the end, and parameters that do not end where the text of them does are malformed.',
  },
  {
    file: 'credentials/same-secret.ts',
    code: 'digest ??= hmacSha256(random(32))',
    why: 'It is set already when the change is tried, and another key each time compares the same. In a new process the first call would fail.',
  },
  {
    file: 'credentials/slow-hashes/node.ts',
    code: /^installed(?:Bcrypt)? \?\?= native(?:Bcrypt)?\(\)$/,
    why: SAME_TAG,
  },
  {
    file: 'credentials/slow-hashes/node.ts',
    code: /^(?:const ownServes = |typeof crypto\.argon2 === 'function'|if \(ownServes\(parameters\)\))/,
    why: SAME_TAG,
  },
  {
    file: 'credentials/slow-hashes/node.ts',
    code: /^const native(?:Bcrypt)? = async|^try \{$/,
    why: SAME_TAG,
  },
  {
    file: 'credentials/slow-hashes/node.ts',
    code: /^return async \(password, (?:salt, \{ kind|cost, salt)/,
    why: 'It is made once in a process, which is before the change is tried. In a new process no such hash would fit.',
  },
  {
    file: 'credentials/slow-hashes/node.ts',
    code: 'version: version === 0x13 ? 1 : 0,',
    why: 'On the Node that tries the changes, version 0x13 is served by the own one.',
  },
  {
    file: 'credentials/slow-hashes/node.ts',
    code: '} catch {',
    why: 'A function that returns nothing returns undefined.',
  },
  {
    file: 'credentials/slow-hashes/node.ts',
    code: /^: nobleArgon2\(/,
    original: /^'/,
    why: 'It stands in what an error says to people.',
  },
]
