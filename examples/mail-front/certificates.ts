import { generate } from 'selfsigned'

export interface KeyAndCertificate {
  readonly key: string
  readonly cert: string
}

/**
 * A self-signed certificate for this machine, and one for `tim` that it has signed, for EXTERNAL. A library makes them
 * (selfsigned), since openssl may not be there and X.509 is not what this project is for.
 */
export async function makeCertificates(): Promise<{ server: KeyAndCertificate; client: KeyAndCertificate }> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
    clientCertificate: { cn: 'tim', keyType: 'ec', algorithm: 'sha256' },
  })
  if (!made.clientprivate || !made.clientcert) throw new Error('no client certificate was made')
  return {
    server: { key: made.private, cert: made.cert },
    client: { key: made.clientprivate, cert: made.clientcert },
  }
}
