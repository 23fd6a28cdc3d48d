/** Both ends of a login on the loopback interface: our server, raw clients that talk to it, and servers made of a script. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { createServer as createTlsServer, type TlsOptions, connect as tlsConnect } from 'node:tls'
import { type AcceptedLogin, type AcceptLoginOptions, acceptLogin } from '../../src/node/index.js'
import * as imap from '../../src/profiles/imap.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import * as pop3 from '../../src/profiles/pop3.js'
import * as smtp from '../../src/profiles/smtp.js'
import { type Directory, memoryDirectory, saslServer } from '../../src/server.js'
import { Authority, cn, dNSName, name, rfc822Name } from './make-certificate.js'

export const PROTOCOLS: Readonly<Record<'smtp' | 'imap' | 'pop3', LineProfile>> = { smtp, imap, pop3 }
export type ProtocolName = keyof typeof PROTOCOLS
export const NAMES: readonly ProtocolName[] = ['smtp', 'imap', 'pop3']

export const TIM = { authcid: 'tim', password: 'tanstaaftanstaaf' } as const
export const TOKEN = 'ya29.good'
export const ALL_HASHES = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512'] as const

export const authority: Authority = new Authority()
export const serverTls: TlsOptions = {
  ...authority.issue({ subject: name(cn('localhost')), names: [dNSName('localhost')] }),
  ca: authority.certificate,
}
export const clientCertificate: { readonly cert: string; readonly key: string } = authority.issue({
  subject: name(cn('Tim')),
  names: [rfc822Name('tim')],
})

const memory = memoryDirectory([TIM], { iterations: 4096, hashes: ALL_HASHES })

/** Counts the questions put to it. */
export async function directory(): Promise<Directory & { asked: number }> {
  const accounts = await memory
  const counted: Directory & { asked: number } = {
    asked: 0,
    scramHashes: accounts.scramHashes,
    verifyPassword(...args) {
      counted.asked++
      return accounts.verifyPassword(...args)
    },
    scramCredentials(...args) {
      counted.asked++
      return accounts.scramCredentials(...args)
    },
    secret(...args) {
      counted.asked++
      return accounts.secret(...args)
    },
    verifyToken(token) {
      counted.asked++
      return token === TOKEN ? { authcid: 'tim' } : { status: 'invalid_token' }
    },
  }
  return counted
}

export const DECOY: Uint8Array<ArrayBuffer> = new Uint8Array(16)

export interface Front {
  readonly port: number
  /** How each connection ended, in their order; a rejection is an error. */
  readonly outcomes: Promise<AcceptedLogin | undefined>[]
  /** Sockets that the server still holds. */
  readonly sockets: Set<Socket>
}

export interface FrontOptions extends Partial<Omit<AcceptLoginOptions, 'protocol'>> {
  readonly implicit?: boolean
}

/** Our server, until the test ends. */
export async function front(
  t: TestContext,
  protocol: LineProfile,
  { implicit = false, ...options }: FrontOptions = {},
): Promise<Front> {
  const server = options.server ?? saslServer({ directory: await directory(), decoySecret: DECOY })
  const outcomes: Promise<AcceptedLogin | undefined>[] = []
  const accept = (socket: Socket) => {
    const outcome = acceptLogin(socket, { protocol, tls: serverTls, refusalDelay: 0, ...options, server })
    outcome.then(
      (login) => login?.socket.on('error', () => {}),
      () => {},
    )
    outcomes.push(outcome)
  }
  const listener = implicit
    ? createTlsServer(options.tls ?? serverTls, accept)
    : createServer({ noDelay: true }, accept)
  return { ...(await listening(t, listener)), outcomes }
}

async function listening(t: TestContext, listener: Server): Promise<{ port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>()
  listener.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    listener.close()
  })
  return { port: (listener.address() as AddressInfo).port, sockets }
}

/** A peer that says what it likes, and hears octets. */
export class Raw {
  readonly socket: Socket
  #heard = ''
  #ended = false
  #wake: () => void = () => {}

  constructor(socket: Socket) {
    this.socket = socket
    const wake = () => this.#wake()
    socket.on('data', (chunk: Buffer) => {
      this.#heard += chunk.toString('latin1')
      wake()
    })
    for (const event of ['end', 'close'])
      socket.on(event, () => {
        this.#ended = true
        wake()
      })
    socket.on('error', wake)
  }

  say(text: string): void {
    if (this.socket.writable) this.socket.write(text, 'latin1')
  }

  /** What is heard up to the first match, which is taken away. Rejects when the connection ends without it. */
  async hear(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#heard)
      if (found) {
        const end = found.index + found[0].length
        const heard = this.#heard.slice(0, end)
        this.#heard = this.#heard.slice(end)
        return heard
      }
      if (this.#ended) throw new Error(`ended, after ${JSON.stringify(this.#heard)}, without ${pattern}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** All that is heard until the connection ends. */
  async rest(): Promise<string> {
    while (!this.#ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    return this.#heard
  }
}

export async function rawClient(t: TestContext, port: number): Promise<Raw> {
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  await once(socket, 'connect')
  return new Raw(socket)
}

/** Begins TLS on a raw client's connection. */
export async function rawTls(t: TestContext | undefined, raw: Raw): Promise<Raw> {
  raw.socket.removeAllListeners('data')
  const socket = tlsConnect({ socket: raw.socket, ca: authority.certificate, servername: 'localhost' })
  t?.after(() => socket.destroy())
  await once(socket, 'secureConnect')
  return new Raw(socket)
}

/** A server that does as the script says; what the script throws is the test's failure, unless the peer has gone. */
export async function scripted(
  t: TestContext,
  script: (raw: Raw) => Promise<void> | void,
  tls?: TlsOptions,
): Promise<Omit<Front, 'outcomes'> & { readonly played: Promise<unknown>[] }> {
  const played: Promise<unknown>[] = []
  const play = (socket: Socket) => {
    const done = Promise.resolve(script(new Raw(socket)))
    done.catch(() => {})
    played.push(done)
  }
  const listener = tls ? createTlsServer(tls, play) : createServer(play)
  return { ...(await listening(t, listener)), played }
}

export const b64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
