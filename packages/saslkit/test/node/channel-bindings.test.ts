/** What runtimes may say, and what is made of it, without a connection. */
import assert from 'node:assert/strict'
import type { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import type { PeerCertificate } from 'node:tls'
import { type ChannelBindingOptions, channelBindings } from '../../src/node/bindings/channel-bindings.js'
import { peerCertificate } from '../../src/node/bindings/peer-certificate.js'
import type { TlsHandshake } from '../../src/node/bindings/tls-handshake.js'
import { der, integer, makeCertificate, oid, sequence } from './make-certificate.js'

const certificate = Buffer.from(makeCertificate())
const extended = der(0xad, integer(1))
const session = (...fields: readonly Uint8Array[]) => Buffer.from(sequence(integer(1), ...fields))

const good = (version: string): TlsHandshake => ({
  getProtocol: () => version,
  exportKeyingMaterial: (length) => Buffer.alloc(length, 1),
  getFinished: () => Buffer.alloc(12, 2),
  getPeerFinished: () => Buffer.alloc(12, 3),
  isSessionReused: () => false,
  getSession: () => session(der(0xa3, certificate), extended),
  disableRenegotiation: () => {},
  getX509Certificate: () => ({ raw: certificate }) as X509Certificate,
  getPeerCertificate: () => assert.fail('the session has it'),
})

const ALL: ChannelBindingOptions = { role: 'server', tlsUnique: true }

function outcome(socket: TlsHandshake, options: ChannelBindingOptions = ALL, deno?: string) {
  const { channelBindings: available, unavailableBindings } = channelBindings(socket, options, deno)
  for (const { data } of available) assert.ok(data.length > 0 && data.constructor === Uint8Array)
  return {
    available: available.map(({ type }) => type),
    reasons: Object.fromEntries(unavailableBindings.map(({ type, reason }) => [type, reason])),
  }
}

test('with a runtime that tells all, all are there', () => {
  for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2'])
    assert.deepEqual(outcome(good(version)), {
      available: ['tls-exporter', 'tls-unique', 'tls-server-end-point'],
      reasons: {},
    })
  assert.deepEqual(outcome(good('TLSv1.3')).available, ['tls-exporter', 'tls-server-end-point'])
})

test('the exporter is asked for 32 octets under its label, with a context of length zero', () => {
  const asked: unknown[] = []
  const exportKeyingMaterial: TlsHandshake['exportKeyingMaterial'] = (...args) => {
    asked.push(args)
    return Buffer.alloc(32)
  }
  outcome({ ...good('TLSv1.3'), exportKeyingMaterial })
  assert.deepEqual(asked, [[32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)]])
})

test('tls-unique is the client’s Finished in a full handshake and the server’s in a resumed one', () => {
  for (const [role, reused, octet] of [
    ['client', false, 2],
    ['server', false, 3],
    ['client', true, 3],
    ['server', true, 2],
  ] as const) {
    const socket = { ...good('TLSv1.2'), isSessionReused: () => reused }
    const { channelBindings: available } = channelBindings(socket, { role, tlsUnique: true })
    assert.deepEqual(
      available.find(({ type }) => type === 'tls-unique')?.data,
      new Uint8Array(12).fill(octet),
    )
  }
})

/** Renegotiation would change what a unique binding is made of. */
test('renegotiation is turned off below TLS 1.3, where a unique binding is given', () => {
  const turnedOff = (socket: TlsHandshake) => {
    let times = 0
    outcome({ ...socket, disableRenegotiation: () => times++ })
    return times > 0
  }
  assert.equal(turnedOff(good('TLSv1.2')), true)
  assert.equal(turnedOff(good('TLSv1.3')), false)
  assert.equal(turnedOff({ ...good('TLSv1.2'), getSession: () => session() }), false)
})

const LACKING: readonly (readonly [string, Partial<TlsHandshake>, readonly string[], RegExp])[] = [
  ['no extended master secret', { getSession: () => session() }, ['tls-exporter', 'tls-unique'], /RFC 7627/],
  [
    'no session',
    { getSession: () => undefined },
    ['tls-exporter', 'tls-unique'],
    /does not tell whether TLSv1\.2/,
  ],
  [
    'a session in a form of its own',
    { getSession: () => Buffer.from('deno-tls12-session:localhost:443') },
    ['tls-exporter', 'tls-unique'],
    /does not tell whether TLSv1\.2/,
  ],
  [
    'an exporter of nothing',
    { exportKeyingMaterial: () => Buffer.alloc(0) },
    ['tls-exporter'],
    /exported no/,
  ],
  [
    'an exporter of too little',
    { exportKeyingMaterial: () => Buffer.alloc(20) },
    ['tls-exporter'],
    /exported no/,
  ],
  ['no Finished', { getPeerFinished: () => undefined }, ['tls-unique'], /does not hand out/],
  ['an empty Finished', { getPeerFinished: () => Buffer.alloc(0) }, ['tls-unique'], /does not hand out/],
  ['no certificate', { getX509Certificate: () => undefined }, ['tls-server-end-point'], /no certificate/],
  [
    'a certificate that cannot be read',
    { getX509Certificate: () => ({ raw: certificate.subarray(1) }) as X509Certificate },
    ['tls-server-end-point'],
    /server certificate cannot be read/,
  ],
  [
    'a certificate of Ed25519',
    {
      getX509Certificate: () =>
        ({ raw: makeCertificate({ algorithm: sequence(oid('1.3.101.112')) }) }) as X509Certificate,
    },
    ['tls-server-end-point'],
    /^the server certificate is signed with Ed25519, for which RFC 5929 defines no hash$/,
  ],
  [
    'a version of TLS that is not known',
    { getProtocol: () => 'TLSv1.4' },
    ['tls-exporter', 'tls-unique'],
    /TLSv1\.4/,
  ],
  ['SSL 3', { getProtocol: () => 'SSLv3' }, ['tls-exporter', 'tls-unique'], /SSLv3/],
]

for (const [what, lacking, types, reason] of LACKING) {
  test(`${what}: ${types.join(' and ')} are unavailable, with the reason, and the others stay`, () => {
    const { available, reasons } = outcome({
      ...good('TLSv1.2'),
      getPeerCertificate: () => ({}) as never,
      ...lacking,
    })
    assert.deepEqual(Object.keys(reasons), types)
    for (const said of Object.values(reasons)) assert.match(said, reason)
    assert.equal(available.length + types.length, 3)
  })
}

test('a runtime without an exporter says so', () => {
  const { exportKeyingMaterial: _, ...without } = good('TLSv1.3')
  assert.match(outcome(without as TlsHandshake).reasons['tls-exporter'] ?? '', /does not export/)
})

test('Deno’s Finished messages and a Deno server’s certificate are not believed', () => {
  const { available, reasons } = outcome(good('TLSv1.2'), ALL, '2.9.6')
  assert.deepEqual(available, ['tls-exporter'])
  assert.match(reasons['tls-unique'] ?? '', /^Deno 2\.9\.6 does not hand out/)
  assert.match(reasons['tls-server-end-point'] ?? '', /^Deno 2\.9\.6 .* serverCertificate$/)
  assert.ok(
    outcome(good('TLSv1.3'), { ...ALL, serverCertificate: certificate }, '2.9.6').available.length === 2,
  )
  assert.ok(outcome(good('TLSv1.3'), { role: 'client' }, '2.9.6').available.includes('tls-server-end-point'))
})

test('where the session is none that we know, the peer’s certificate is the one that the runtime names', () => {
  const socket = { ...good('TLSv1.3'), getSession: () => undefined }
  const naming = (raw: Buffer | undefined): TlsHandshake => ({
    ...socket,
    getPeerCertificate: (detailed?: boolean) => {
      // The long form takes certificates out of the chain.
      assert.notEqual(detailed, true)
      return { raw } as PeerCertificate as never
    },
  })
  assert.equal(peerCertificate(naming(certificate)), certificate)
  assert.equal(peerCertificate(naming(undefined)), undefined)
  assert.equal(peerCertificate({ ...socket, getPeerCertificate: () => null as never }), undefined)
})

test('an exporter that throws costs its binding alone', () => {
  const exportKeyingMaterial = () => {
    throw new Error('not implemented')
  }
  const { available, reasons } = outcome({ ...good('TLSv1.3'), exportKeyingMaterial })
  assert.deepEqual(available, ['tls-server-end-point'])
  assert.equal(reasons['tls-exporter'], 'this runtime cannot export keying material of TLS: not implemented')
})
