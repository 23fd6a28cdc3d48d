/** Certificates built octet by octet, so that they can hold what no tool would write, and signed, so that TLS verifies them. */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** One element of DER; parts are contents or elements. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Buffer.concat([
    Buffer.from(length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets]),
    content,
  ])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
export const integer = (value: number): Buffer => der(0x02, Buffer.from([value]))
export const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text))

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128]
    for (let more = Math.floor(arc / 128); more > 0; more = Math.floor(more / 128))
      digits.unshift(0x80 | (more % 128))
    return digits
  })
  return der(0x06, Buffer.from(octets))
}

export const COMMON_NAME = '2.5.4.3'
export const ORGANIZATIONAL_UNIT = '2.5.4.11'

/** An attribute of a name: its identifier, and its value as an element. */
export type Attribute = readonly [string, Uint8Array]

export const cn = (text: string): Attribute => [COMMON_NAME, utf8(text)]

/** Each attribute is a set of its own, as is usual. */
export const name = (...attributes: readonly Attribute[]): Buffer =>
  sequence(...attributes.map(([type, value]) => der(0x31, sequence(oid(type), value))))

export const rfc822Name = (text: string): Buffer => der(0x81, Buffer.from(text, 'latin1'))
export const dNSName = (text: string): Buffer => der(0x82, Buffer.from(text, 'latin1'))
export const uri = (text: string): Buffer => der(0x86, Buffer.from(text, 'latin1'))
export const otherName = (type: string, value: Uint8Array): Buffer => der(0xa0, oid(type), der(0xa0, value))
export const xmppAddr = (text: string): Buffer => otherName('1.3.6.1.5.5.7.8.5', utf8(text))

export const extension = (type: string, value: Uint8Array): Buffer => sequence(oid(type), der(0x04, value))

export const ECDSA_SHA256: Buffer = sequence(oid('1.2.840.10045.4.3.2'))

export interface Parts {
  readonly subject?: Uint8Array
  readonly names?: readonly Uint8Array[]
  /** In place of what `names` makes. */
  readonly extensions?: readonly Uint8Array[]
  readonly issuer?: Uint8Array
  readonly publicKey?: KeyObject
  /** The issuer's. Left out: the signature is none. */
  readonly signingKey?: KeyObject
  readonly algorithm?: Uint8Array
}

export function makeCertificate({
  subject = name(cn('tim')),
  names = [],
  extensions = names.length ? [extension('2.5.29.17', sequence(...names))] : [],
  issuer = name(cn('Test CA')),
  publicKey,
  signingKey,
  algorithm = ECDSA_SHA256,
}: Parts = {}): Buffer {
  const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')))
  const spki = publicKey ? publicKey.export({ type: 'spki', format: 'der' }) : sequence()
  const tbs = sequence(
    der(0xa0, integer(2)),
    integer(1),
    algorithm,
    issuer,
    validity,
    subject,
    spki,
    ...(extensions.length ? [der(0xa3, sequence(...extensions))] : []),
  )
  const signature = signingKey ? sign('sha256', tbs, signingKey) : Buffer.alloc(8)
  return sequence(tbs, algorithm, der(0x03, Buffer.from([0]), signature))
}

export function pem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** What tls.createServer and tls.connect take. */
export interface Credentials {
  readonly cert: string
  readonly key: string
}

/** A certification authority of P-256 that lives as long as the test. */
export class Authority {
  readonly #key: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  readonly #name: Buffer = name(cn('Test CA'))
  readonly certificate: string

  constructor() {
    const constraints = extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))))
    this.certificate = pem(
      makeCertificate({
        subject: this.#name,
        issuer: this.#name,
        extensions: [constraints],
        publicKey: createPublicKey(this.#key),
        signingKey: this.#key,
      }),
    )
  }

  /** A new key with a certificate of this authority. */
  issue(parts: Pick<Parts, 'subject' | 'names'>, type: 'ec' | 'rsa' = 'ec'): Credentials {
    const { publicKey, privateKey } =
      type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
    return {
      cert: pem(makeCertificate({ ...parts, issuer: this.#name, publicKey, signingKey: this.#key })),
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }
  }
}
