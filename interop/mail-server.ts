/** Our server halves behind SMTP, IMAP and POP3, for real mail programs to log in to. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { type Directory, type MechanismName, memoryDirectory, saslServer } from 'saslkit'
import { type AcceptedLogin, acceptLogin, type Refused } from 'saslkit/node'
import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'
import { MAILBOXES } from '../examples/mail-front/mailbox.ts'
import { JURGEN, TIM } from './accounts.ts'
import { type CertificatePaths, makeCertificates, readPair } from './peers/certificates.ts'
import { temporaryFolder } from './peers/temporary-folder.ts'

export type MailProtocol = 'SMTP' | 'IMAP' | 'POP3'

const PROFILES = { SMTP: smtp, IMAP: imap, POP3: pop3 }

export interface MailServer extends AsyncDisposable {
  /** In the clear, with STARTTLS. */
  readonly port: number
  /** TLS from the first octet on. */
  readonly tlsPort: number
  /** Who came in, and who did not, since the start. */
  readonly logins: readonly AcceptedLogin[]
  readonly refusals: readonly Refused[]
}

/** The only token that this server takes; it is tim's. */
export const TOKEN = 'mF_9.B5f-4.1JqM'

let made: Promise<CertificatePaths> | undefined

/** Made once, when they are asked for first. */
export const certificates = (): Promise<CertificatePaths> => {
  made ??= makeCertificates(temporaryFolder())
  return made
}

const directory: Directory = {
  ...(await memoryDirectory([TIM, JURGEN], { hashes: ['SHA-1', 'SHA-256'], iterations: 4096 })),
  verifyToken: (token) => (token === TOKEN ? { authcid: 'tim' } : { status: 'invalid_token', scope: 'mail' }),
}

/** Starts a server on loopback that offers these mechanisms, as far as the connection allows. */
export async function startMailServer(
  name: MailProtocol,
  mechanisms: readonly MechanismName[],
): Promise<MailServer> {
  const logins: AcceptedLogin[] = []
  const refusals: Refused[] = []
  const ending = new AbortController()
  const server = saslServer({ directory, decoySecret: new Uint8Array(16).fill(7), policy: { mechanisms } })
  const { ca, server: pair } = await certificates()
  const tls: TlsOptions = {
    ...readPair(pair),
    ca: readFileSync(ca),
    requestCert: true,
    rejectUnauthorized: false,
  }

  async function serve(socket: Socket): Promise<void> {
    const login = await acceptLogin(socket, {
      protocol: PROFILES[name],
      server,
      tls,
      signal: ending.signal,
      refusalDelay: 0,
      onRefused: (refused) => void refusals.push(refused),
    })
    if (!login) return
    logins.push(login)
    answer(login.socket, name)
  }

  const sockets = new Set<Socket>()
  const accept = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    void serve(socket)
  }
  const servers = [createServer(accept), createTlsServer(tls, accept)] as const
  const [port, tlsPort] = await Promise.all(servers.map(listen))
  return {
    port: port!,
    tlsPort: tlsPort!,
    logins,
    refusals,
    async [Symbol.asyncDispose]() {
      ending.abort()
      for (const socket of sockets) socket.destroy()
      for (const each of servers) each.close()
      await Promise.all(servers.map((each) => once(each, 'close')))
    },
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function answer(socket: Socket, name: MailProtocol): void {
  const respond = MAILBOXES[name]()
  const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })
  // It may hang up on what we wrote last.
  for (const emitter of [socket, lines]) emitter.on('error', () => {})
  lines.on('line', (line) => {
    const { reply, over } = respond(line)
    socket.write(reply)
    if (over) socket.end()
  })
}
