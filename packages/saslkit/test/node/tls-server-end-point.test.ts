import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { tlsServerEndPoint } from '../../src/node/bindings/tls-server-end-point.js'
import { hex } from '../../src/octets.js'
import { der, extension, integer, makeCertificate, oid, sequence } from './make-certificate.js'

interface Vectors {
  readonly certificates: readonly {
    readonly name: string
    readonly der: string
    readonly tlsServerEndPoint: string | null
  }[]
}

const file = new URL('../../../test/node/vectors/certificates.json', import.meta.url)
const { certificates }: Vectors = JSON.parse(readFileSync(file, 'utf8'))

const refusedAs =
  (reason: string, message = /./) =>
  (error: unknown): boolean =>
    error instanceof SaslError && error.reason === reason && message.test(error.message)

for (const { name, der: encoded, tlsServerEndPoint: expected } of certificates) {
  const certificate = Buffer.from(encoded, 'base64')
  if (expected === null)
    test(`a certificate signed by ${name} has no binding, and the reason names it`, () => {
      const [algorithm = ''] = name.split(' ')
      assert.throws(
        () => tlsServerEndPoint(certificate),
        refusedAs('mechanism-unavailable', new RegExp(algorithm)),
      )
    })
  else
    test(`a certificate signed by ${name} has openssl's binding`, () => {
      assert.equal(hex(tlsServerEndPoint(certificate)), expected)
    })
}

const signedBy = (...algorithm: readonly Uint8Array[]) =>
  makeCertificate({ algorithm: sequence(...algorithm) })
const digest = (name: string, octets: Uint8Array) => createHash(name).update(octets).digest('hex')

const NULL = der(0x05)
const PSS = oid('1.2.840.113549.1.1.10')
const hash = (last: string, ...parameters: readonly Uint8Array[]) =>
  sequence(oid(`2.16.840.1.101.3.4.2.${last}`), ...parameters)
const mask = (of: Uint8Array) => sequence(oid('1.2.840.113549.1.1.8'), of)
const field = (number: number, content: Uint8Array) => der(0xa0 | number, content)

test('RSASSA-PSS parameters that are all default mean SHA-1, which gives way to SHA-256', () => {
  const certificate = signedBy(PSS, sequence())
  assert.equal(hex(tlsServerEndPoint(certificate)), digest('sha256', certificate))
})

test('RSASSA-PSS takes its hash with NULL parameters or none, and SHA-3', () => {
  for (const [last, name] of [
    ['3', 'sha512'],
    ['8', 'sha3-256'],
  ] as const)
    for (const parameters of [[], [NULL]]) {
      const certificate = signedBy(
        PSS,
        sequence(field(0, hash(last, ...parameters)), field(1, mask(hash(last))), field(2, integer(32))),
      )
      assert.equal(hex(tlsServerEndPoint(certificate)), digest(name, certificate))
    }
})

const UNDEFINED: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['an algorithm that is not known', signedBy(oid('1.3.6.1.4.1.99999.1')), /1\.3\.6\.1\.4\.1\.99999\.1/],
  ['MD2, which nothing computes', signedBy(oid('1.2.840.113549.1.1.2'), NULL), /1\.2\.840\.113549\.1\.1\.2/],
  ['ML-DSA-65', signedBy(oid('2.16.840.1.101.3.4.3.18')), /ML-DSA-65/],
  ['SLH-DSA', signedBy(oid('2.16.840.1.101.3.4.3.31')), /SLH-DSA/],
  [
    'RSASSA-PSS whose mask generation is by default',
    signedBy(PSS, sequence(field(0, hash('1')))),
    /two hash/,
  ],
  [
    'RSASSA-PSS of a hash that is not known',
    signedBy(PSS, sequence(field(0, hash('99')), field(1, mask(hash('99'))))),
    /hash that is not known/,
  ],
  [
    'RSASSA-PSS of another mask generation',
    signedBy(PSS, sequence(field(0, hash('1')), field(1, sequence(oid('1.3.101.112'))))),
    /mask generation/,
  ],
]

for (const [what, certificate, message] of UNDEFINED) {
  test(`${what}: there is no binding`, () => {
    assert.throws(() => tlsServerEndPoint(certificate), refusedAs('mechanism-unavailable', message))
  })
}

const whole = makeCertificate()

const MALFORMED: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', Buffer.alloc(0)],
  ['PEM', Buffer.from('-----BEGIN CERTIFICATE-----\n')],
  ['octets after the certificate', Buffer.concat([whole, Buffer.from([0])])],
  ['two certificates', Buffer.concat([whole, whole])],
  ['no signature', sequence(sequence(), sequence(oid('1.2.840.10045.4.3.2')))],
  ['a fourth part', sequence(sequence(), sequence(oid('1.3.101.112')), der(0x03, Buffer.from([0])), NULL)],
  ['an algorithm that is no sequence', sequence(sequence(), oid('1.3.101.112'), der(0x03, Buffer.from([0])))],
  ['a signature that is no bit string', sequence(sequence(), sequence(oid('1.3.101.112')), der(0x04))],
  ['an algorithm of three parts', signedBy(oid('1.2.840.10045.4.3.2'), NULL, NULL)],
  ['NULL with octets in it', signedBy(oid('1.2.840.113549.1.1.11'), der(0x05, Buffer.from([1])))],
  ['RSASSA-PSS without parameters', signedBy(PSS)],
  ['RSASSA-PSS with NULL', signedBy(PSS, NULL)],
  ['RSASSA-PSS with a field twice', signedBy(PSS, sequence(field(0, hash('1')), field(0, hash('2'))))],
  ['RSASSA-PSS out of order', signedBy(PSS, sequence(field(1, mask(hash('1'))), field(0, hash('1'))))],
  ['RSASSA-PSS with a field that has no number', signedBy(PSS, sequence(hash('1')))],
  ['RSASSA-PSS with a fifth field', signedBy(PSS, sequence(field(4, hash('1'))))],
  [
    'RSASSA-PSS with two hashes in a field',
    signedBy(PSS, sequence(field(0, Buffer.concat([hash('1'), hash('1')])))),
  ],
  ['MGF1 without its hash', signedBy(PSS, sequence(field(1, sequence(oid('1.2.840.113549.1.1.8')))))],
  ['more than 128 KiB', makeCertificate({ extensions: [extension('1.2.3', Buffer.alloc(128 * 1024))] })],
]

for (const [what, certificate] of MALFORMED) {
  test(`${what} is malformed`, () => {
    assert.throws(() => tlsServerEndPoint(certificate), refusedAs('malformed'))
  })
}

test('what is not octets is the caller’s error', () => {
  for (const wrong of [undefined, null, '-----BEGIN CERTIFICATE-----', {}, []])
    assert.throws(() => tlsServerEndPoint(wrong as unknown as Uint8Array), TypeError)
})

test('the binding covers the octets as they came, and hashes a view, not its buffer', () => {
  const within = Buffer.concat([Buffer.alloc(7, 0xff), whole, Buffer.alloc(7, 0xff)])
  const view = new Uint8Array(within.buffer, within.byteOffset + 7, whole.length)
  assert.equal(hex(tlsServerEndPoint(view)), digest('sha256', whole))
})
