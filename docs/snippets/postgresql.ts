// What the block's authenticate() makes of a server that keeps to the protocol, and of those that do not.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { pathToFileURL } from 'node:url'
import { memoryDirectory, type ServerReply, saslServer } from 'saslkit'
import { int32, type MessageWire, messageWire } from './postgresql-wire.ts'

type Authenticate = (wire: MessageWire) => Promise<void>

const server = saslServer({
  directory: await memoryDirectory([{ authcid: 'tim', password: 'tanstaaftanstaaf' }]),
  decoySecret: new Uint8Array(16),
})
const [sasl, more, final, ok] = [10, 11, 12, 0] as const

const say = ({ write }: MessageWire, kind: number, data: Uint8Array = Buffer.alloc(0)) =>
  write('R', Buffer.concat([int32(kind), data]))
const offer = (wire: MessageWire) => say(wire, sasl, Buffer.from('SCRAM-SHA-256\0\0'))

/** Up to the server's proof, which comes in the end. */
async function speak(wire: MessageWire): Promise<Uint8Array> {
  const exchange = server.begin('SCRAM-SHA-256', { secure: true })
  offer(wire)
  const { body } = await wire.read()
  const at = body.indexOf(0) + 1
  assert.equal(body.toString('latin1', 0, at), 'SCRAM-SHA-256\0')
  assert.equal(body.readInt32BE(at), body.length - at - 4)
  let reply: ServerReply = await exchange.step(body.subarray(at + 4))
  while (reply.kind === 'challenge') {
    say(wire, more, reply.challenge)
    reply = await exchange.step((await wire.read()).body)
  }
  assert.equal(reply.kind, 'success')
  return (reply.kind === 'success' && reply.additionalData) || new Uint8Array()
}

/** How it ends, for the block, with a server that does this. */
async function endsWith(authenticate: Authenticate, serve: (wire: MessageWire) => unknown): Promise<unknown> {
  const listener = createServer(async (socket) => {
    socket.on('error', () => {})
    try {
      await serve(messageWire(socket))
    } finally {
      socket.end()
    }
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const socket = connect((listener.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  try {
    return await authenticate(messageWire(socket)).then(
      () => 'in',
      (error: { readonly reason?: string }) => error.reason ?? error,
    )
  } finally {
    socket.destroy()
    listener.close()
  }
}

const LEFT_OUT = 'server-not-authenticated'

async function prove(authenticate: Authenticate): Promise<void> {
  const ends = (serve: (wire: MessageWire) => unknown) => endsWith(authenticate, serve)
  const proves = async (wire: MessageWire) => {
    say(wire, final, await speak(wire))
    say(wire, ok)
  }
  assert.equal(await ends(proves), 'in')

  const nothingBut = async (wire: MessageWire) => {
    offer(wire)
    await wire.read()
    say(wire, ok)
  }
  assert.equal(await ends(nothingBut), LEFT_OUT)
  const withoutFinal = async (wire: MessageWire) => {
    await speak(wire)
    say(wire, ok)
  }
  assert.equal(await ends(withoutFinal), LEFT_OUT)
  const withAnothers = async (wire: MessageWire) => {
    await speak(wire)
    say(wire, final, Buffer.from(`v=${Buffer.alloc(32).toString('base64')}`))
    say(wire, ok)
  }
  assert.equal(await ends(withAnothers), LEFT_OUT)
  const refuses = async (wire: MessageWire) => {
    await speak(wire)
    wire.write('E', Buffer.from('SFATAL\0C28P01\0Mpassword authentication failed\0\0'))
  }
  assert.equal(await ends(refuses), 'invalid-credentials')

  // Whoever comes gets in; a password in the clear; names once more.
  for (const kinds of [[ok], [3], [final, ok], [sasl, sasl]])
    assert.match(
      String(
        await ends((wire) => kinds.forEach((kind) => void say(wire, kind, Buffer.from('SCRAM-SHA-256\0\0')))),
      ),
      /out of place/,
    )
}

// After the block, which brings what is proved.
import(pathToFileURL(process.argv[1]!).href).then(({ authenticate }: { authenticate: Authenticate }) =>
  prove(authenticate),
)
