import { readFileSync } from 'node:fs'
import { type Octets, SaslError } from 'saslkit'
import { type Certificate, certificateIdentity, parseCertificate, tlsServerEndPoint } from 'saslkit/node'
import { demand } from '../finding.ts'
import type { Row } from '../row.ts'
import { octetRow } from './octet-row.ts'

const FILE = new URL('../../packages/saslkit/test/node/vectors/certificates.json', import.meta.url)

const SEEDS: readonly Octets[] = (
  JSON.parse(readFileSync(FILE, 'utf8')) as { readonly certificates: readonly { readonly der: string }[] }
).certificates.map(({ der }) => new Uint8Array(Buffer.from(der, 'base64')))

const refuses = (error: unknown): boolean =>
  error instanceof SaslError &&
  ['malformed', 'mechanism-unavailable', 'invalid-credentials'].includes(error.reason)

function identityIn(certificate: Certificate): string | undefined {
  try {
    return certificateIdentity(certificate)
  } catch (error) {
    demand(refuses(error), () => `certificateIdentity throws ${String(error)}`)
    return undefined
  }
}

export const CERTIFICATE_ROWS: readonly Row[] = [
  octetRow<Certificate>({
    name: 'certificates',
    seeds: SEEDS,
    read: parseCertificate,
    refuses,
    check(certificate) {
      const identity = identityIn(certificate)
      if (identity === undefined) return
      demand(identity !== '' && identity.isWellFormed(), 'an identity that is no text')
      const named = [...certificate.subject, ...certificate.subjectAltNames].map((name) =>
        'text' in name ? name.text : JSON.stringify(name),
      )
      demand(
        named.some((name) => name?.includes(identity)),
        'an identity that the certificate does not name',
      )
    },
  }),
  octetRow<Octets>({
    name: 'tls-server-end-point',
    share: 0.5,
    seeds: SEEDS,
    read: (octets) => tlsServerEndPoint(octets) as Octets,
    refuses,
    check: (binding) => demand([20, 28, 32, 48, 64].includes(binding.length), 'data of no hash'),
  }),
]
