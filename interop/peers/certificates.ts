import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './process.ts'

export interface CertificatePaths {
  readonly ca: string
  /** For localhost and 127.0.0.1. */
  readonly server: { readonly cert: string; readonly key: string }
  /** For the account "tim". */
  readonly client: { readonly cert: string; readonly key: string }
}

/** Makes an authority, a server certificate and a client certificate, with OpenSSL. */
export async function makeCertificates(folder: string): Promise<CertificatePaths> {
  const at = (name: string) => join(folder, name)
  const ca = { cert: at('ca.crt'), key: at('ca.key') }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl('req', '-x509', ...newKey, '-sha256', '-days', '2', '-subj', '/CN=interop authority',
    '-addext', 'keyUsage=keyCertSign,cRLSign', '-keyout', ca.key, '-out', ca.cert) // biome-ignore format: a command line

  async function issue(name: string, subject: string, extensions: string) {
    const [cert, key, request, extension] = [
      at(`${name}.crt`),
      at(`${name}.key`),
      at(`${name}.csr`),
      at(`${name}.ext`),
    ]
    await openssl('req', ...newKey, '-subj', `/CN=${subject}`, '-keyout', key, '-out', request)
    writeFileSync(extension, extensions)
    await openssl('x509', '-req', '-in', request, '-CA', ca.cert, '-CAkey', ca.key, '-CAcreateserial', '-sha256',
      '-days', '2', '-extfile', extension, '-out', cert) // biome-ignore format: a command line
    return { cert, key }
  }

  return {
    ca: ca.cert,
    server: await issue('server', 'localhost', 'subjectAltName=DNS:localhost,IP:127.0.0.1\n'),
    client: await issue('client', 'tim', 'extendedKeyUsage=clientAuth\n'),
  }
}

export const readPair = ({ cert, key }: CertificatePaths['server']): { cert: Buffer; key: Buffer } => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
})

async function openssl(...args: string[]): Promise<void> {
  const { status, stderr } = await run('openssl', args)
  if (status !== 0) throw new Error(`openssl ${args[0]} failed:\n${stderr}`)
}
