// imap.example.org, with TLS from the first octet on, and smtp.example.org, with STARTTLS: on this machine, and trusted.
import { once } from 'node:events'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { type AddressInfo, createServer, type NetConnectOpts, type Server } from 'node:net'
import { createServer as createTlsServer, setDefaultCACertificates } from 'node:tls'
import { pathToFileURL } from 'node:url'
import { memoryDirectory, saslServer } from 'saslkit'
import { acceptLogin } from 'saslkit/node'
import * as imap from 'saslkit/profiles/imap'
import * as smtp from 'saslkit/profiles/smtp'
import { generate } from 'selfsigned'

const { private: key, cert } = await generate([{ name: 'commonName', value: 'example.org' }], {
  keyType: 'ec',
  curve: 'P-256',
  algorithm: 'sha256',
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: '*.example.org' }] }],
})
setDefaultCACertificates([cert])

const server = saslServer({
  directory: await memoryDirectory([{ authcid: 'tim', password: 'tanstaaftanstaaf' }]),
  decoySecret: new Uint8Array(16),
})
const imapServer = createTlsServer({ key, cert }, (theirs) => acceptLogin(theirs, { protocol: imap, server }))
const smtpServer = createServer((theirs) =>
  acceptLogin(theirs, { protocol: smtp, server, tls: { key, cert } }),
)

async function portOf(listener: Server): Promise<number> {
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return (listener.address() as AddressInfo).port
}
const ports = new Map([
  ['imap.example.org:993', await portOf(imapServer)],
  ['smtp.example.org:587', await portOf(smtpServer)],
])

const net = createRequire(import.meta.url)('node:net') as typeof import('node:net')
const { connect } = net
Object.assign(net, {
  connect({ host, port }: NetConnectOpts & { host: string; port: number }) {
    const here = ports.get(`${host}:${port}`)
    if (here === undefined) throw new Error(`nobody is ${host}:${port} here`)
    return connect({ host: '127.0.0.1', port: here })
  },
})
syncBuiltinESMExports()

/** What is looked at once the block has ended, where the reader's program would go on. */
export const afterwards: (() => Promise<void>)[] = []

import(pathToFileURL(process.argv[1]!).href).then(async () => {
  for (const look of afterwards) await look()
  process.exit()
})
