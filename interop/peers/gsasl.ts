/**
 * GNU SASL's program on its standard input and output. Each side prints the mechanism's name, and then a line of base64
 * for each message, empty for none; once it is content it takes one more line, and exits with status 0. In the middle
 * of that it prompts for channel bindings, unless it was given a --hostname. Its server takes nobody for ANONYMOUS and
 * EXTERNAL; for those gsasl-server.py drives the library itself, with the same lines.
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ChannelBinding, ClientExchange, ServerExchange } from 'saslkit'
import { start } from './process.ts'

export interface GsaslOptions {
  readonly mechanism: string
  /** Further arguments: whose credentials. */
  readonly args?: readonly string[]
  /** What it is told when it asks; without it, it is told that there is none. */
  readonly binding?: ChannelBinding | undefined
}

export interface GsaslLibraryOptions {
  readonly mechanism: string
  readonly password?: string | undefined
  /** Whom it takes the client for, by the layer below. */
  readonly externalIdentity?: string | undefined
}

export interface GsaslOutcome {
  /** Whether GNU SASL is content with us. */
  readonly content: boolean
  /** What it said on standard error. */
  readonly log: string
}

const encode = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
const decode = (line: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(line, 'base64'))

/**
 * Runs our client half against GNU SASL's server, and gives what that said of it. What the exchange throws comes
 * through, once GNU SASL is gone.
 */
export const againstGsaslServer = (exchange: ClientExchange, options: GsaslOptions): Promise<string> =>
  logIn(exchange, converse('--server', options))

const LIBRARY_SERVER = fileURLToPath(new URL('gsasl-server.py', import.meta.url))

/** The same against its library, which says who came in: lines "authcid tim", "authzid jürgen". */
export function againstGsaslLibrary(
  exchange: ClientExchange,
  { mechanism, password = '', externalIdentity = '' }: GsaslLibraryOptions,
): Promise<string> {
  const args = [LIBRARY_SERVER, mechanism, password, externalIdentity]
  return logIn(exchange, conversation(start('python3', args)))
}

async function logIn(exchange: ClientExchange, gsasl: Conversation): Promise<string> {
  try {
    const initialResponse = await exchange.start()
    let line = await gsasl.line()
    if (initialResponse && line === '') {
      gsasl.send(encode(initialResponse))
      line = await gsasl.line()
    }
    while (line !== undefined) {
      const answer = line === '' ? '' : encode(await exchange.challenge(decode(line)))
      gsasl.send(answer)
      line = await gsasl.line()
    }
    const { content, log } = await gsasl.end()
    if (!content) throw exchange.failure('invalid-credentials', log)
    await exchange.success()
    return log
  } finally {
    await gsasl.end()
  }
}

/** Runs our server half against GNU SASL's client, with additional data as a challenge, as in IMAP and SMTP. */
export async function againstGsaslClient(
  exchange: ServerExchange,
  options: GsaslOptions,
): Promise<GsaslOutcome & { readonly reply: Awaited<ReturnType<ServerExchange['step']>> }> {
  const gsasl = converse('--client', options)
  try {
    const first = (await gsasl.line()) ?? ''
    const speaksSecond = options.mechanism === 'CRAM-MD5'
    let reply = await exchange.step(speaksSecond && first === '' ? undefined : decode(first))
    while (reply.kind === 'challenge') {
      gsasl.send(encode(reply.challenge))
      const line = await gsasl.line()
      reply = line === undefined ? exchange.abort() : await exchange.step(decode(line))
    }
    if (reply.kind === 'success') gsasl.send('')
    return { reply, ...(await gsasl.end()) }
  } finally {
    await gsasl.end()
  }
}

const PROMPT = /^Enter base64 encoded (\S+) channel binding: /

interface Conversation {
  /** The next line, or undefined at the end. Prompts are answered on the way. */
  line(): Promise<string | undefined>
  send(line: string): void
  end(): Promise<GsaslOutcome>
}

function converse(
  role: '--client' | '--server',
  { mechanism, args = [], binding }: GsaslOptions,
): Conversation {
  const common = ['--mechanism', mechanism, '-d']
  return conversation(start('gsasl', [role, ...common, ...args]), binding)
}

function conversation(child: ChildProcessWithoutNullStreams, binding?: ChannelBinding): Conversation {
  const closed = once(child, 'close')
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  let buffered = ''
  let named = false // the first line is the mechanism's name
  const chunks = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]()
  const send = (line: string): void => void child.stdin.write(`${line}\n`)

  async function line(): Promise<string | undefined> {
    for (;;) {
      const prompt = PROMPT.exec(buffered)
      if (prompt) {
        buffered = buffered.slice(prompt[0].length)
        send(binding && binding.type === prompt[1] ? encode(binding.data) : '')
        continue
      }
      const end = buffered.indexOf('\n')
      if (end >= 0) {
        const whole = buffered.slice(0, end)
        buffered = buffered.slice(end + 1)
        if (named) return whole
        named = true
        continue
      }
      const { value, done } = await chunks.next()
      if (done) return undefined
      buffered += value
    }
  }

  async function end(): Promise<GsaslOutcome> {
    child.stdin.end()
    child.stdout.resume()
    const [status] = await closed
    return { content: status === 0, log }
  }
  return { line, send, end }
}
