import type { StoredCredential } from 'saslkit/credentials'
import { demand } from '../finding.ts'

const GIB = 2 ** 30

/**
 * What parameters ask for, worked out from what the functions do and not as the parsers bound them, and the most of each
 * that anybody who writes a row may ask of everybody else.
 */
const COSTS: readonly (readonly [
  what: string,
  most: number,
  of: (parameters: Readonly<Record<string, number>>) => number,
])[] = [
  ['iterations', 10_000_000, ({ iterations = 1 }) => iterations],
  ['rounds', 5_000_000, ({ rounds = 1 }) => rounds],
  ["bcrypt's rounds", 2 ** 16, ({ cost = 4 }) => 2 ** cost],
  ['octets of Argon2', GIB, ({ memory = 8 }) => 1024 * memory],
  ['octets that Argon2 fills', 4 * GIB, ({ memory = 8, passes = 1 }) => 1024 * memory * passes],
  ['lanes of Argon2', 255, ({ lanes = 1 }) => lanes],
  // OpenSSL holds the lanes twice (B of RFC 7914 section 6, and as PBKDF2's output).
  [
    'octets of scrypt',
    GIB + 65_536,
    ({ N = 1, r = 1, p = 1, t }) => (t === undefined ? 128 * r * (N + 2 * p) : 1),
  ],
  ['octets that scrypt mixes', 4 * GIB, ({ N = 1, r = 1, p = 1 }) => 128 * N * r * p],
  // 12 KiB of tables and a block for each lane, beside the memory.
  [
    'octets of yescrypt',
    1.5 * (GIB / 4),
    ({ N = 1, r = 1, p = 1, t }) => (t === undefined ? 1 : 128 * r * (N + 2 * p) + 12_288 * p),
  ],
  [
    'octets that yescrypt mixes',
    1.5 * GIB,
    ({ N = 1, r = 1, t }) => (t === undefined ? 1 : 128 * N * r * Math.max(4 / 3, t)),
  ],
  // Both are done in one piece, whatever else rests: some 5 ms, and under one.
  ['HMACs in a row', 1024, ({ r = 1, p = 1 }) => 4 * r * p],
  ['blocks mixed in a row', 512, ({ r = 1 }) => 2 * r],
]

/** @throws Finding for parameters that ask for too much, or are no numbers. */
export function demandCosts(parameters: StoredCredential['parameters']): void {
  const numbers: Record<string, number> = {}
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value !== 'number') continue
    demand(Number.isSafeInteger(value) && value >= 0, `${name} of ${value}`)
    numbers[name] = value
  }
  for (const [what, most, of] of COSTS) {
    const asked = of(numbers)
    demand(asked >= 1 && asked <= most, () => `${asked} ${what}, of ${JSON.stringify(parameters)}`)
  }
}
