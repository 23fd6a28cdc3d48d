/** A client of XMPP as far as the login goes (RFC 6120 section 6), with our exchange in it. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { allowPlaintext, type MechanismName, saslClient } from 'saslkit'

export interface XmppLogin {
  readonly port: number
  /** The virtual host. */
  readonly host: string
  readonly mechanism: string
  readonly authcid: string
  readonly password: string
}

/** Whether the server lets in. @throws Error for whatever is neither that nor `not-authorized`. */
export async function xmppLogin(wanted: XmppLogin): Promise<boolean> {
  const { port, host, mechanism, authcid, password } = wanted
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  try {
    await once(socket, 'connect')
    const features = await openStream(socket, host)
    const offered = [...features.matchAll(/<mechanism[^>]*>([^<]*)<\/mechanism>/g)].map(([, name]) => name!)
    const policy = { mechanisms: [mechanism as MechanismName], [allowPlaintext]: true }
    const exchange = saslClient({ authcid, password }, policy).select(offered)
    let said = await ask(socket, element('auth', await exchange.start(), ` mechanism='${mechanism}'`), ANSWER)
    for (;;) {
      const [, kind, encoded = ''] = /<(challenge|success|failure)[^>]*?(?:\/>|>(.*)<\/\1>)/s.exec(said) ?? []
      const data = kind === 'failure' || encoded === '' ? undefined : Buffer.from(encoded, 'base64')
      if (kind === 'challenge')
        said = await ask(socket, element('response', await exchange.challenge(data ?? EMPTY)), ANSWER)
      else if (kind === 'success') {
        await exchange.success(data)
        const bound = await openStream(socket, host)
        if (!bound.includes('<bind ')) throw new Error(`in, and nothing to bind: ${bound}`)
        return true
      } else if (/<not-authorized\s*\/>/.test(encoded)) return false
      else throw new Error(`neither in nor refused: ${said}`)
    }
  } finally {
    socket.destroy()
  }
}

const EMPTY = new Uint8Array()
const ANSWER = /<\/challenge>|<challenge[^>]*\/>|<\/success>|<success[^>]*\/>|<\/failure>|<\/stream:stream>/

/** RFC 6120 section 6.4.2: "=" for an initial response without octets. */
function element(name: 'auth' | 'response', data: Uint8Array | undefined, attributes = ''): string {
  const text = data === undefined ? '' : Buffer.from(data).toString('base64')
  const content = name === 'auth' && data?.length === 0 ? '=' : text
  return `<${name} xmlns='urn:ietf:params:xml:ns:xmpp-sasl'${attributes}>${content}</${name}>`
}

const openStream = (socket: Socket, host: string): Promise<string> =>
  ask(
    socket,
    `<?xml version='1.0'?><stream:stream to='${host}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`,
    /<\/stream:features>|<stream:features\s*\/>|<\/stream:stream>/,
  )

/** Sends, and gives what the server says as far as `end`. */
async function ask(socket: Socket, text: string, end: RegExp): Promise<string> {
  socket.write(text)
  let said = ''
  while (!end.test(said)) {
    const [more] = await once(socket, 'data', { signal: AbortSignal.timeout(60_000) })
    said += String(more)
  }
  return said
}
