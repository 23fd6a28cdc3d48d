/** crypt(3)'s yescrypt, `$y$j9T$salt$hash`, and the scrypt that came before it, `$7$`. */
import { derivations, random } from '#crypto'
import { scrypt } from '#slow-hashes'
import { type Octets, utf8 } from '../../octets.js'
import type { CredentialFormat } from '../credential.js'
import { CRYPT64, crypt64, fromCrypt64 } from '../encodings/crypt64.js'
import { yescrypt } from '../hashes/yescrypt.js'
import { strengthOfMemory } from '../strength.js'
import { bounded, boundedP, boundedR, boundedSalt } from './bounds.js'
import { hashedPassword } from './hashed-password.js'
import { refusals, type Scheme } from './scheme.js'

const FORMATS: readonly CredentialFormat[] = ['crypt', 'htpasswd', 'dovecot']

/** The flags of the default flavour (read-write, six rounds, 12 KiB of tables), as a digit. */
const FLAVOUR = 'j'

/**
 * yescrypt's numbers of one digit or more: of the 64 digits, 48 stand alone, 8 begin a number of two, and so on. Undefined
 * where there is none.
 */
function numberAt(digits: string, at: number): { readonly value: number; readonly next: number } | undefined {
  const digit = CRYPT64.indexOf(digits[at] ?? ' ')
  if (digit < 0) return undefined
  let [start, end, value, more] = [0, 47, 0, 0]
  while (digit > end) {
    value += (end + 1 - start) * 64 ** more
    start = end + 1
    end = start + ((62 - end) >> 1)
    more++
  }
  value += (digit - start) * 64 ** more
  for (let i = 1; i <= more; i++) {
    const next = CRYPT64.indexOf(digits[at + i] ?? ' ')
    if (next < 0) return undefined
    value += next * 64 ** (more - i)
  }
  return { value, next: at + more + 1 }
}

export const yescryptScheme: Scheme = {
  name: 'yescrypt',
  formats: FORMATS,
  shape: /^\$y\$/,
  parse(text, { limits, hint }) {
    const refused = refusals(this.name)
    const fields = /^\$y\$([./0-9A-Za-z]{3,24})\$([./0-9A-Za-z]{1,86})\$([./0-9A-Za-z]{43})$/.exec(text)
    if (!fields) throw refused.malformed('not $y$parameters$salt$ and 43 digits')
    const [, digits, encodedSalt, kept] = fields
    if (!digits!.startsWith(FLAVOUR)) throw refused.unsupported('flags that are not the default ones')
    let at = 1
    const next = (offset: number): number => {
      const number = numberAt(digits!, at)
      if (!number) throw refused.malformed('parameters that end early')
      at = number.next
      return number.value + offset
    }
    const log = bounded(next(1), 'the logarithm of N', 2, 31, refused)
    const N = 2 ** log
    // Without more passes there is one, which fills it.
    const r = boundedR(next(1), N, Math.min(limits.yescryptMemory, limits.yescryptWork), limits, refused)
    const more = at < digits!.length ? next(1) : 0
    const p = more & 1 ? next(2) : 1
    const t = more & 2 ? next(1) : 0
    if (more & ~3) throw refused.unsupported('hash upgrades and ROMs')
    if (at !== digits!.length) throw refused.malformed('parameters that go on')
    if (N / p < 4) throw refused.malformed('p: too large for N')
    const memory = 128 * N * r
    bounded(t, 't', 0, Math.floor(limits.yescryptWork / memory), refused)
    // Each lane has tables and a block of its own beside the memory.
    boundedP(p, r, limits.yescryptMemory / (128 * r + 12_288), limits, refused)
    const salt = boundedSalt(fromCrypt64(encodedSalt!), limits, refused)
    return hashedPassword({
      scheme: 'yescrypt',
      format: hint ?? 'crypt',
      strength: strengthOfMemory(memory),
      parameters: { N, r, p, t, saltLength: salt.length },
      crypt: true,
      kept: kept!,
      hash: async (password, signal) => crypt64(await yescrypt(password, salt, { N, r, p, t }, signal)),
    })
  },
}

const fixed = (digits: string): number =>
  Array.from(digits, (digit) => CRYPT64.indexOf(digit)).reduceRight((sum, digit) => sum * 64 + digit, 0)

export const scryptCrypt: Scheme = {
  name: 'scrypt (crypt)',
  formats: FORMATS,
  shape: /^\$7\$/,
  parse(text, { limits, hint }) {
    const refused = refusals(this.name)
    const fields =
      /^\$7\$([./0-9A-Za-z])([./0-9A-Za-z]{5})([./0-9A-Za-z]{5})([./0-9A-Za-z]{1,86})\$([./0-9A-Za-z]{43})$/.exec(
        text,
      )
    if (!fields) throw refused.malformed('not $7$parameters, salt and 43 digits')
    const [, log, blocks, times, salt, kept] = fields
    const N = 2 ** bounded(fixed(log!), 'the logarithm of N', 1, 31, refused)
    const r = boundedR(fixed(blocks!), N, limits.scryptMemory, limits, refused)
    const p = boundedP(fixed(times!), r, limits.scryptWork / (128 * N * r), limits, refused)
    return hashedPassword({
      scheme: 'scrypt',
      format: hint ?? 'crypt',
      strength: strengthOfMemory(128 * N * r),
      parameters: { N, r, p, saltLength: salt!.length, size: 32 },
      crypt: true,
      kept: kept!,
      hash: async (password) => crypt64(await scrypt(password, utf8(salt!), { N, r, p, size: 32 })),
    })
  },
}

/** @param cost 1 to 11, as crypt_gensalt counts: 5 is 16 MiB, and each step doubles it. */
export const yescryptCost = (cost: number): { readonly N: number; readonly r: number } =>
  cost < 3 ? { N: 2 ** (cost + 9), r: 8 } : { N: 2 ** (cost + 7), r: 32 }

/** @param cost as of yescryptCost. */
export async function makeYescrypt(
  password: Octets,
  cost = 5,
  salt: Octets = random(16),
  signal?: AbortSignal,
): Promise<string> {
  const { N, r } = yescryptCost(cost)
  const hash = await derivations.run(() => yescrypt(password, salt, { N, r, p: 1, t: 0 }, signal), signal)
  return `$y$${FLAVOUR}${CRYPT64[Math.log2(N) - 1]}${CRYPT64[r - 1]}$${crypt64(salt)}$${crypt64(hash)}`
}
