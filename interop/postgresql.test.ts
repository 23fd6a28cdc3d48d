/** The block of docs/client.md logs in to PostgreSQL; what servers that break the protocol come to is docs/snippets/postgresql.ts. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { blockWith } from '../docs/block.ts'
import { root } from '../docs/documents.ts'
import { int32, type MessageWire, messageWire, writeStartup } from '../docs/snippets/postgresql-wire.ts'
import { TIM, WRONG_PASSWORD } from './accounts.ts'
import { type CertificatePaths, makeCertificates } from './peers/certificates.ts'
import { freePorts } from './peers/free-ports.ts'
import { type Postgresql, postgresqlTool, startPostgresql } from './peers/postgresql.ts'
import { requirePeer } from './peers/require-peer.ts'

const peer = { ...requirePeer('psql', 'openssl'), ...postgresqlTool }
type Authenticate = (wire: MessageWire) => Promise<void>

describe('the PostgreSQL client of docs/client.md', { skip: peer.skip ?? false }, () => {
  let postgresql: Postgresql
  let certificates: CertificatePaths
  let port = 0
  const folders: string[] = []

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'saslkit-pg-tls-'))
    folders.push(folder)
    certificates = await makeCertificates(folder)
    ;[port = 0] = await freePorts(1)
    postgresql = await startPostgresql(port, certificates.server)
    await postgresql.sql(`CREATE ROLE "tim" LOGIN PASSWORD '${TIM.password}'`)
  })
  after(async () => {
    await postgresql?.stop()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  })

  /** The block, of a client with this password. */
  async function authenticateBy(password: string): Promise<Authenticate> {
    const code = await blockWith('docs/client.md', 'AuthenticationOk')
    assert.ok(code.includes(`'${TIM.password}'`))
    // In the tree, where packages are found; ignored by Git.
    const folder = await mkdtemp(fileURLToPath(new URL('docs/.snippets-', root)))
    folders.push(folder)
    const file = join(folder, 'postgresql.ts')
    await writeFile(file, code.replace(`'${TIM.password}'`, JSON.stringify(password)))
    return ((await import(file)) as { readonly authenticate: Authenticate }).authenticate
  }

  async function connected(transport: 'cleartext' | 'TLS'): Promise<Socket> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    if (transport === 'cleartext') return socket
    socket.write(Buffer.concat([int32(8), int32(80877103)])) // SSLRequest
    assert.equal(String((await once(socket, 'data'))[0]), 'S')
    const secure = connectTls({ socket, ca: await readFile(certificates.ca), servername: 'localhost' })
    await once(secure, 'secureConnect')
    return secure
  }

  /** The mechanism by which it got in. */
  async function logIn(transport: 'cleartext' | 'TLS', password: string): Promise<string | undefined> {
    const authenticate = await authenticateBy(password)
    const wire = messageWire(await connected(transport))
    let mechanism: string | undefined
    try {
      writeStartup(wire.socket, TIM.authcid)
      await authenticate({
        ...wire,
        write(type, body) {
          mechanism ??= body.toString('latin1', 0, body.indexOf(0))
          wire.write(type, body)
        },
      })
      for (let type = ''; type !== 'Z'; ) type = (await wire.read()).type // ReadyForQuery: we are in
      return mechanism
    } finally {
      wire.socket.destroy()
    }
  }

  for (const [transport, mechanism] of [
    ['cleartext', 'SCRAM-SHA-256'],
    ['TLS', 'SCRAM-SHA-256-PLUS'],
  ] as const) {
    test(`logs in over ${transport}, by ${mechanism}`, async () => {
      assert.equal(await logIn(transport, TIM.password), mechanism)
    })

    test(`is told over ${transport} that its password is wrong`, async () => {
      await assert.rejects(logIn(transport, WRONG_PASSWORD), { reason: 'invalid-credentials' })
    })
  }
})
