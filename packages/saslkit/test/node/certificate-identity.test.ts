import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { parseCertificate } from '../../src/node/x509/certificate.js'
import { certificateIdentity, type IdentityKind } from '../../src/node/x509/certificate-identity.js'
import {
  type Attribute,
  COMMON_NAME,
  cn,
  der,
  dNSName,
  extension,
  makeCertificate,
  name,
  ORGANIZATIONAL_UNIT,
  oid,
  otherName,
  type Parts,
  rfc822Name,
  sequence,
  uri,
  utf8,
  xmppAddr,
} from './make-certificate.js'

const identity = (parts: Parts, kinds?: readonly IdentityKind[]) =>
  certificateIdentity(parseCertificate(makeCertificate(parts)), kinds)

const refused = (error: unknown): boolean =>
  error instanceof SaslError && error.reason === 'invalid-credentials'
const malformed = (error: unknown): boolean => error instanceof SaslError && error.reason === 'malformed'

const commonName = (tag: number, hex: string): Parts => ({
  subject: name([COMMON_NAME, der(tag, Buffer.from(hex, 'hex'))]),
})
const ou = (text: string): Attribute => [ORGANIZATIONAL_UNIT, utf8(text)]
const nobody: Parts = { subject: name() }

test('subjectAltName comes before the common name, and a mail address before an XMPP address', () => {
  const subject = name(cn('tim'))
  const names = [xmppAddr('tim@xmpp.example'), dNSName('host.example'), rfc822Name('tim@mail.example')]
  assert.equal(identity({ subject, names }), 'tim@mail.example')
  assert.equal(identity({ subject, names: names.slice(0, 2) }), 'tim@xmpp.example')
  assert.equal(identity({ subject, names: names.slice(1, 2) }), 'tim')
  assert.equal(identity({ subject }), 'tim')
  assert.equal(identity(nobody), undefined)
})

test('the kinds that are asked for are taken in their order, and no other', () => {
  const names = [
    rfc822Name('tim@mail.example'),
    dNSName('host.example'),
    uri('urn:example:tim'),
    xmppAddr('tïm@xmpp.example'),
    otherName('1.3.6.1.5.5.7.8.9', utf8('tïm@mail.example')),
    otherName('1.3.6.1.4.1.311.20.2.3', utf8('tim@ad.example')),
  ]
  const expected: readonly (readonly [readonly IdentityKind[], string | undefined])[] = [
    [['rfc822Name'], 'tim@mail.example'],
    [['dNSName'], 'host.example'],
    [['uniformResourceIdentifier'], 'urn:example:tim'],
    [['xmppAddr'], 'tïm@xmpp.example'],
    [['smtpUTF8Mailbox'], 'tïm@mail.example'],
    [['userPrincipalName'], 'tim@ad.example'],
    [['commonName', 'dNSName'], 'tim'],
    [['dNSName', 'commonName'], 'host.example'],
    [[], undefined],
  ]
  for (const [kinds, result] of expected) assert.equal(identity({ names }, kinds), result, kinds.join())
})

test('an organizational unit that reads like a common name is none (CVE-2025-59154)', () => {
  assert.equal(identity({ subject: name(ou('CN=admin,'), cn('user')) }), 'user')
  assert.equal(identity({ subject: name(cn('user'), ou(',CN=admin')) }), 'user')
  assert.equal(identity({ subject: name(ou('CN=admin')) }), undefined)
  assert.equal(identity({ subject: name(ou('x\nCN=admin'), cn('user')) }), 'user')
})

test('two common names are refused, in two sets or in one, even where they are equal', () => {
  const pair = (text: string) => sequence(oid(COMMON_NAME), utf8(text))
  for (const subject of [
    name(cn('user'), cn('admin')),
    name(cn('user'), ou('x'), cn('user')),
    sequence(der(0x31, pair('user'), pair('admin'))),
  ])
    assert.throws(() => identity({ subject }), refused)
  assert.equal(identity({ subject: name(cn('a'), cn('b')), names: [rfc822Name('t@x')] }), 't@x')
})

test('two names of the kind that decides are refused', () => {
  assert.throws(() => identity({ names: [rfc822Name('a@x'), rfc822Name('b@x')] }), refused)
  assert.throws(() => identity({ names: [xmppAddr('a@x'), xmppAddr('b@x')] }), refused)
  assert.equal(identity({ names: [dNSName('a'), dNSName('b')] }), 'tim')
})

const ILL_FORMED: readonly (readonly [string, Parts])[] = [
  ['NUL in a mail address', { names: [rfc822Name('admin\0@evil.example')] }],
  ['NUL in a DNS name that is not asked for', { names: [dNSName('admin\0.evil')] }],
  ['NUL in a URI beside a good mail address', { names: [rfc822Name('tim@x'), uri('urn:\0')] }],
  ['NUL in an XMPP address', { names: [xmppAddr('admin\0@x')] }],
  ['a line break in a mail address', { names: [rfc822Name('tim@x\r\nadmin')] }],
  ['DEL in a mail address', { names: [rfc822Name('tim\x7f@x')] }],
  ['a mail address beyond ASCII', { names: [rfc822Name('t\xefm@x')] }],
  ['an empty mail address', { names: [rfc822Name('')] }],
  [
    'an XMPP address that is not UTF-8',
    { names: [otherName('1.3.6.1.5.5.7.8.5', der(0x0c, Buffer.from([0xff])))] },
  ],
  [
    'an XMPP address that is no UTF8String',
    { names: [otherName('1.3.6.1.5.5.7.8.5', der(0x16, Buffer.from('t@x')))] },
  ],
  [
    'an XMPP address of two strings',
    { names: [otherName('1.3.6.1.5.5.7.8.5', Buffer.concat([utf8('a'), utf8('b')]))] },
  ],
  ['a common name with NUL', commonName(0x0c, '61646d696e00')],
  ['a common name with a C1 control', commonName(0x0c, '61c285')],
  ['a common name that is not UTF-8', commonName(0x0c, 'ff')],
  ['a common name in overlong UTF-8', commonName(0x0c, 'c1a1')],
  ['a common name that is empty', commonName(0x0c, '')],
  ['a common name that is no string', commonName(0x02, '05')],
  ['a PrintableString beyond ASCII', commonName(0x13, '74ef6d')],
  ['a TeletexString beyond ASCII', commonName(0x14, '74ef6d')],
  ['a BMPString of odd length', commonName(0x1e, '007400')],
  ['a BMPString with a surrogate', commonName(0x1e, 'd83dde00')],
  ['a BMPString with NUL', commonName(0x1e, '00740000')],
  ['a UniversalString beyond Unicode', commonName(0x1c, '00110000')],
  ['a UniversalString with a surrogate', commonName(0x1c, '0000d800')],
]

for (const [what, parts] of ILL_FORMED) {
  test(`${what} is refused, and no other name is taken instead`, () => {
    assert.throws(() => identity(parts), refused)
  })
}

test('each string type of a common name is read', () => {
  for (const [tag, hex] of [
    [0x0c, '74c3af6d'],
    [0x1e, '007400ef006d'],
    [0x1c, '00000074000000ef0000006d'],
  ] as const)
    assert.equal(identity(commonName(tag, hex)), 'tïm')
  for (const tag of [0x12, 0x13, 0x14, 0x16, 0x1a]) assert.equal(identity(commonName(tag, '74696d')), 'tim')
  assert.equal(identity(commonName(0x1c, '0001f600')), '😀')
})

test('names that name no account are passed over', () => {
  const names = [
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0xa4, name(cn('admin'))),
    der(0x88, Buffer.from([0x2a, 3])),
    otherName('1.3.6.1.5.5.7.8.7', der(0x16, Buffer.from('_x.host'))),
  ]
  assert.equal(identity({ names }), 'tim')
  assert.equal(identity({ names }, ['dNSName', 'xmppAddr']), undefined)
})

const SAN = '2.5.29.17'
const critical = der(0x01, Buffer.from([0xff]))

test('a critical subjectAltName is read, and extensions that are not known are passed over', () => {
  const value = der(0x04, sequence(rfc822Name('tim@x')))
  const extensions = [
    extension('2.5.29.15', der(0x03, Buffer.from([7, 0x80]))),
    sequence(oid(SAN), critical, value),
  ]
  assert.equal(identity({ extensions }), 'tim@x')
})

const MALFORMED: readonly (readonly [string, Parts])[] = [
  [
    'two subjectAltNames',
    { extensions: [extension(SAN, sequence(rfc822Name('a@x'))), extension(SAN, sequence())] },
  ],
  ['octets after the names', { extensions: [extension(SAN, Buffer.concat([sequence(), sequence()]))] }],
  ['an extension without a value', { extensions: [sequence(oid(SAN), critical)] }],
  [
    'an extension of four parts',
    { extensions: [sequence(oid(SAN), critical, der(0x04, sequence()), der(0x05))] },
  ],
  ['an otherName without a value', { names: [der(0xa0, oid('1.3.6.1.5.5.7.8.5'))] }],
  [
    'an attribute of three parts',
    { subject: sequence(der(0x31, sequence(oid(COMMON_NAME), utf8('a'), utf8('b')))) },
  ],
  ['an attribute without a value', { subject: sequence(der(0x31, sequence(oid(COMMON_NAME)))) }],
  ['a subject that is a set', { subject: der(0x31) }],
]

for (const [what, parts] of MALFORMED) {
  test(`${what}: the certificate is malformed`, () => {
    assert.throws(() => parseCertificate(makeCertificate(parts)), malformed)
  })
}

test('a parsed certificate keeps its octets, both names and the algorithm', () => {
  const raw = makeCertificate({
    subject: name(ou('unit'), cn('tim')),
    issuer: name(cn('CA')),
    names: [dNSName('x')],
  })
  const certificate = parseCertificate(raw)
  assert.deepEqual(certificate, {
    raw: new Uint8Array(raw),
    signatureAlgorithm: { oid: '1.2.840.10045.4.3.2', parameters: undefined },
    issuer: [{ oid: COMMON_NAME, text: 'CA' }],
    subject: [
      { oid: ORGANIZATIONAL_UNIT, text: 'unit' },
      { oid: COMMON_NAME, text: 'tim' },
    ],
    subjectAltNames: [{ kind: 'dNSName', text: 'x' }],
  })
  raw.fill(0)
  assert.notEqual(certificate.raw.at(0), 0)
})
