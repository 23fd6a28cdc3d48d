/** UTF-8 and base64, held against what Node has. */
import { base64, fromBase64, type Octets, SaslError, text, utf8 } from 'saslkit'
import { sameOctets } from '../edits/octet-edit.ts'
import { demand } from '../finding.ts'
import type { Row } from '../row.ts'
import { BASE64_VECTORS, SCRAM_VECTORS, STRING_VECTORS } from '../vectors.ts'
import { octetRow } from './octet-row.ts'
import { textRow } from './text-row.ts'

const CANONICAL = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(octets: Octets): string | undefined {
  try {
    return strict.decode(octets)
  } catch {
    return undefined
  }
}

const isMalformed = (error: unknown): boolean => error instanceof SaslError && error.reason === 'malformed'

const SEEDS: readonly Octets[] = [
  ...SCRAM_VECTORS,
  ...STRING_VECTORS.filter((one) => one.isWellFormed()).map(utf8),
]

export const GROUND_ROWS: readonly Row[] = [
  textRow<Octets | undefined>({
    name: 'base64, read',
    seeds: [...BASE64_VECTORS, 'AHRpbQB0YW5zdGFhZg=='.repeat(12), 'QUJD'.repeat(30)],
    pieces: ['A', 'AA==', 'AAA=', '=', '-', '_', '/', '+', '\n'],
    read: fromBase64,
    refuses: () => false,
    check(octets, encoded) {
      const node = Buffer.from(encoded, 'base64')
      const good = CANONICAL.test(encoded) && node.toString('base64') === encoded
      demand(
        good === (octets !== undefined),
        `${good ? 'refuses' : 'takes'} what Node ${good ? 'writes' : 'would not write'}`,
      )
      if (octets) demand(node.equals(octets) && base64(octets) === encoded, 'other octets than Node reads')
    },
  }),
  octetRow<string>({
    name: 'base64, written',
    seeds: SEEDS,
    read: base64,
    refuses: () => false,
    check(encoded, octets) {
      demand(Buffer.from(octets).toString('base64') === encoded, 'other base64 than Node writes')
      demand(sameOctets(fromBase64(encoded), octets), 'not what was written')
    },
  }),
  octetRow<string>({
    name: 'UTF-8, read',
    seeds: SEEDS,
    read: text,
    refuses: isMalformed,
    check: (read, octets) => demand(decoded(octets) === read, 'other text than the platform reads'),
  }),
  textRow<Octets>({
    name: 'UTF-8, written',
    seeds: [...STRING_VECTORS, 'a'.repeat(70), 'ü'.repeat(70), '😀'.repeat(40)],
    read: utf8,
    refuses: (error, given) => error instanceof TypeError && !given.isWellFormed(),
    check: (octets, given) =>
      demand(Buffer.from(given, 'utf8').equals(octets), 'other octets than Node writes'),
  }),
]
