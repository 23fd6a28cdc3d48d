/** Drivers over real sockets: no secret in what they give, throw, or tell of. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { SaslError } from '../../src/errors.js'
import { saslClient } from '../../src/negotiation/client.js'
import { CLIENT_MECHANISMS } from '../../src/negotiation/client-table.js'
import { login } from '../../src/node/index.js'
import { NAMES, PROTOCOLS } from '../node/driver-ends.js'
import { assertSilent } from './assert-silent.js'
import { drive, type Said } from './drive.js'
import { DRIVER_ROWS } from './driver-rows.js'
import { inProtest } from './in-protest.js'
import { good } from './outcomes.js'

/** A socket is Node's. What Node keeps in one is looked at apart. */
const withoutSocket = (end: unknown): unknown =>
  typeof end === 'object' && end !== null && 'socket' in end ? { ...end, socket: undefined } : end

const seen = { logins: 0, refusals: 0, errors: 0 }

function look({ client, server, refused }: Said): void {
  assertSilent(withoutSocket(client), 'what login gives or throws')
  assertSilent(withoutSocket(server), 'what acceptLogin gives or throws')
  assertSilent(refused, 'what onRefused is told')
  if (client instanceof Error) seen.errors++
  else seen.logins++
  seen.refusals += refused.length
  for (const end of [client, server]) {
    const socket = (end as { socket?: unknown })?.socket
    if (socket) assertSilent(socket, 'the socket that is handed on')
  }
}

const loggedIn = new Set<string>()

for (const protocol of NAMES)
  describe(protocol, () => {
    for (const mechanism of CLIENT_MECHANISMS)
      for (const row of DRIVER_ROWS)
        test(`${mechanism}: ${row.name}`, () =>
          drive(PROTOCOLS[protocol], mechanism, row, (said) => {
            look(said)
            if (!(said.client instanceof Error)) loggedIn.add(`${protocol} ${mechanism}`)
          }))
  })

for (const mechanism of CLIENT_MECHANISMS)
  test(`${mechanism} has logged in over every protocol`, () => {
    assert.deepEqual(
      NAMES.filter((protocol) => !loggedIn.has(`${protocol} ${mechanism}`)),
      [],
      `what drive.ts and accounts.ts give ${mechanism} is not enough to log in`,
    )
  })

test('where nobody listens, at none of several addresses', async () => {
  const client = saslClient(good)
  for (const host of ['localhost', '127.0.0.1', 'nobody.invalid']) {
    const error = await inProtest(() =>
      login({ protocol: PROTOCOLS.imap, client, tls: 'none', host, port: 1 }),
    )
    assert.ok(error instanceof SaslError && error.reason === 'temporary')
    assertSilent(error, `the error for ${host}`)
  }
})

test('options that cannot be', async () => {
  const client = saslClient(good)
  const socket = connect(1, '127.0.0.1').on('error', () => {})
  for (const wrong of [
    {},
    { client: good },
    { client, protocol: PROTOCOLS.imap, tls: 'none', host: 'localhost', port: 0 },
    { client, protocol: PROTOCOLS.imap, tls: good, socket },
  ])
    assertSilent(await inProtest(() => login(wrong as never)), 'what login throws')
  socket.destroy()
})
