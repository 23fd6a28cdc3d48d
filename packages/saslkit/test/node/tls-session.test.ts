import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTlsSession } from '../../src/node/bindings/tls-session.js'
import { der, integer, makeCertificate, sequence } from './make-certificate.js'

const field = (number: number, ...content: readonly Uint8Array[]) => der(0xa0 | number, ...content)
const octets = (length: number) => der(0x04, Buffer.alloc(length, 0x5a))
const session = (...fields: readonly Uint8Array[]) =>
  sequence(
    integer(1),
    der(0x02, Buffer.from([3, 3])),
    octets(2),
    octets(32),
    octets(48),
    field(1, integer(9)),
    ...fields,
  )

/** OpenSSL's order of fields; flags are [13], and [17] is the data of the application's ticket. */
const openssl = (flags: Uint8Array | undefined) =>
  session(field(4, octets(32)), ...(flags ? [field(13, flags)] : []), field(17, octets(1)))

/** BoringSSL's: [13] is a hash of the peer's certificate, and [17] says whether. */
const boringssl = (...extended: readonly Uint8Array[]) => session(field(13, octets(32)), ...extended)

const hasExtendedMasterSecret = (octets: Uint8Array) => parseTlsSession(octets)?.extendedMasterSecret

const TRUE = der(0x01, Buffer.from([0xff]))

/** As Node 24.21 wraps a client's session: a mark, the length of the server's name, the name. */
const wrapped = (of: Uint8Array, serverName = 'localhost') =>
  Buffer.concat([
    Buffer.from(`\0nodejs:tls:session:1\0\0${String.fromCharCode(serverName.length)}${serverName}`),
    of,
  ])

test('OpenSSL says so in a flag, alone or with others', () => {
  assert.equal(hasExtendedMasterSecret(openssl(integer(1))), true)
  assert.equal(hasExtendedMasterSecret(openssl(der(0x02, Buffer.from([1, 3])))), true)
  assert.equal(hasExtendedMasterSecret(openssl(integer(2))), false)
  assert.equal(hasExtendedMasterSecret(openssl(der(0x02, Buffer.from([1, 0])))), false)
  assert.equal(hasExtendedMasterSecret(openssl(undefined)), false)
})

test('BoringSSL says so in a boolean', () => {
  assert.equal(hasExtendedMasterSecret(boringssl(field(17, TRUE))), true)
  assert.equal(hasExtendedMasterSecret(boringssl(field(17, der(0x01, Buffer.from([0]))))), false)
  assert.equal(hasExtendedMasterSecret(boringssl()), false)
})

test('what stands in the field of another library is not taken for it', () => {
  assert.equal(hasExtendedMasterSecret(session(field(13, octets(1)), field(17, octets(1)))), false)
  assert.equal(hasExtendedMasterSecret(session(field(13, TRUE))), false)
  assert.equal(hasExtendedMasterSecret(session(field(17, integer(1)))), false)
  assert.equal(hasExtendedMasterSecret(session(field(13), field(17))), false)
})

test('the peer’s certificate is there, octet for octet, where it sent one', () => {
  const certificate = makeCertificate()
  for (const octets of [session(field(3, certificate)), wrapped(session(field(3, certificate)))])
    assert.deepEqual(parseTlsSession(octets)?.peerCertificate, new Uint8Array(certificate))
  assert.equal(parseTlsSession(session())?.peerCertificate, undefined)
})

test('the name that Node puts before a client’s session is passed over', () => {
  assert.equal(hasExtendedMasterSecret(wrapped(openssl(integer(1)))), true)
  assert.equal(hasExtendedMasterSecret(wrapped(openssl(undefined), 'a.rather.long.name.example')), false)
  assert.equal(hasExtendedMasterSecret(wrapped(Buffer.alloc(0))), undefined)
  assert.equal(hasExtendedMasterSecret(wrapped(openssl(integer(1))).subarray(0, 23)), undefined)
})

test('a session in another form says nothing', () => {
  for (const other of ['', 'deno-tls12-session:localhost:443', '0', '\0nodejs:tls:session:2\0'])
    assert.equal(hasExtendedMasterSecret(Buffer.from(other)), undefined, other)
  assert.equal(hasExtendedMasterSecret(Buffer.concat([openssl(integer(1)), Buffer.from([0])])), undefined)
})
