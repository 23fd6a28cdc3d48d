/** Whatever octets come, the parsers answer or refuse; nothing else escapes, and nothing hangs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { tlsServerEndPoint } from '../../src/node/bindings/tls-server-end-point.js'
import { parseTlsSession } from '../../src/node/bindings/tls-session.js'
import { type Certificate, parseCertificate } from '../../src/node/x509/certificate.js'
import { certificateIdentity } from '../../src/node/x509/certificate-identity.js'
import {
  cn,
  dNSName,
  makeCertificate,
  name,
  oid,
  rfc822Name,
  sequence,
  uri,
  xmppAddr,
} from './make-certificate.js'

const SEEDS: readonly Buffer[] = [
  makeCertificate({
    subject: name(cn('tim'), ['2.5.4.11', Buffer.from([0x1e, 4, 0, 0x41, 0, 0x42])]),
    names: [
      rfc822Name('tim@example.com'),
      dNSName('example.com'),
      uri('urn:x:tim'),
      xmppAddr('tim@example.com'),
    ],
  }),
  makeCertificate({
    algorithm: sequence(
      oid('1.2.840.113549.1.1.10'),
      Buffer.from(
        '3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
        'hex',
      ),
    ),
  }),
]

const REASONS: ReadonlySet<string> = new Set(['malformed', 'mechanism-unavailable', 'invalid-credentials'])

function answersOrRefuses(octets: Uint8Array): void {
  const run = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      assert.ok(
        error instanceof SaslError && REASONS.has(error.reason),
        `${Buffer.from(octets).toString('hex')}: ${error}`,
      )
      return undefined
    }
  }
  const binding = run(() => tlsServerEndPoint(octets))
  assert.notEqual(binding?.length, 0)
  const certificate: Certificate | undefined = run(() => parseCertificate(octets))
  if (!certificate) return
  const identity = run(() => certificateIdentity(certificate))
  if (identity !== undefined) assert.match(identity, /^\P{Cc}+$/u)
}

/** The same octets in each run (Numerical Recipes' generator). */
function* numbers(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state >>> 8
  }
}

test('certificates cut short at any octet are malformed', () => {
  for (const seed of SEEDS)
    for (let length = 0; length < seed.length; length++)
      for (const read of [tlsServerEndPoint, parseCertificate])
        assert.throws(
          () => read(seed.subarray(0, length)),
          (error: unknown) => error instanceof SaslError && error.reason === 'malformed',
          `${read.name} at ${length}`,
        )
})

test('certificates with any one octet changed are read or refused', () => {
  for (const seed of SEEDS)
    for (let at = 0; at < seed.length; at++)
      for (const value of [
        0x00,
        0x01,
        0x1f,
        0x30,
        0x7f,
        0x80,
        0x81,
        0x84,
        0xa0,
        0xff,
        (seed.at(at) ?? 0) ^ 0x20,
      ]) {
        const changed = Buffer.from(seed)
        changed[at] = value
        answersOrRefuses(changed)
      }
})

test('certificates with octets put in, taken out and changed at random are read or refused', () => {
  const random = numbers(0x5a51)
  const below = (limit: number) => random.next().value % limit
  for (let run = 0; run < 20_000; run++) {
    let octets = Buffer.from(SEEDS[run % SEEDS.length] ?? '')
    for (let edits = 1 + below(4); edits > 0; edits--) {
      const at = below(octets.length)
      const kind = below(3)
      if (kind === 0) octets[at] = below(256)
      else if (kind === 1)
        octets = Buffer.concat([octets.subarray(0, at), Buffer.from([below(256)]), octets.subarray(at)])
      else octets = Buffer.concat([octets.subarray(0, at), octets.subarray(at + 1 + below(8))])
    }
    answersOrRefuses(octets)
  }
})

test('a session of any octets is read or not known', () => {
  const random = numbers(0x7627)
  for (let run = 0; run < 20_000; run++) {
    const octets = Uint8Array.from({ length: random.next().value % 64 }, () => random.next().value % 256)
    if (run % 2 && octets.length > 2) octets.set([0x30, octets.length - 2])
    assert.doesNotThrow(() => parseTlsSession(octets))
  }
})
