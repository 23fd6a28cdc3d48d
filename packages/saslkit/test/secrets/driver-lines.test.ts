/** What a client says to a driver may hold a password, whatever else is wrong with it: nothing that the server tells of quotes it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, test } from 'node:test'
import { saslServer } from '../../src/negotiation/server.js'
import { acceptLogin } from '../../src/node/index.js'
import { allowPlaintext } from '../../src/plaintext.js'
import type { LineProfile } from '../../src/profiles/line-profile.js'
import { b64, NAMES, PROTOCOLS, type ProtocolName } from '../node/driver-ends.js'
import { DECOY_SECRET, directory } from './accounts.js'
import { assertSilent, assertWithout } from './assert-silent.js'
import { inProtest } from './in-protest.js'
import { PASSWORD, TOKEN, WRONG } from './sentinels.js'

const RIGHT = b64(`\0user\0${PASSWORD}`)
const BEARER = b64(`n,,\x01auth=Bearer ${TOKEN}\x01\x01`)

/** After AUTH, AUTHENTICATE and the like. */
const WORDS: readonly string[] = [
  `PLAIN ${RIGHT}`,
  `PLAIN ${RIGHT}!`,
  `PLAIN ${RIGHT}=`,
  `PLAIN ${RIGHT} ${RIGHT}`,
  `PLAIN ${PASSWORD}`,
  `PLAIN ${b64(`user\0${PASSWORD}`)}`,
  `PLAIN ${b64(`\0user\0${WRONG}`)}`,
  `PLAIN ${b64(`\0user\0${PASSWORD}\0`)}`,
  `PLAIN\r\n${PASSWORD}`,
  `PLAIN\r\n${RIGHT}\0`,
  `LOGIN ${b64('user')}\r\n${PASSWORD}`,
  `LOGIN ${b64(PASSWORD)}\r\n*`,
  `OAUTHBEARER ${BEARER}`,
  `OAUTHBEARER ${BEARER.slice(0, -8)}`,
  `XOAUTH2 ${b64(`user=user\x01auth=Bearer ${TOKEN}x\x01\x01`)}\r\n${BEARER}`,
  `SCRAM-SHA-256 ${RIGHT}`,
  `CRAM-MD5\r\n${RIGHT}`,
  `NOSUCH ${RIGHT}`,
  `${PASSWORD} ${RIGHT}`,
  `PLAIN ${RIGHT.repeat(2000)}`,
]

interface Speech {
  readonly hello: string
  readonly auth: (words: string) => string
  readonly own: readonly string[]
}

const SPEECH: Readonly<Record<ProtocolName, Speech>> = {
  smtp: {
    hello: 'EHLO me\r\n',
    auth: (words) => `AUTH ${words}`,
    own: [PASSWORD, `AUTH=${RIGHT}`, `EHLO ${PASSWORD}`, `MAIL FROM:<a@b> AUTH=${PASSWORD}`],
  },
  imap: {
    hello: '',
    auth: (words) => `a1 AUTHENTICATE ${words}`,
    own: [
      `a1 LOGIN user ${PASSWORD}`,
      `a1 LOGIN user "${PASSWORD}`,
      `a1 LOGIN user "${WRONG}" more`,
      `a1 LOGIN user {${PASSWORD.length}}\r\n${PASSWORD}`,
      `a1 LOGIN user {${PASSWORD.length}+}\r\n${PASSWORD}\r`,
      `a1 LOGIN user {99999999999}\r\n${PASSWORD}`,
      `a1 ${PASSWORD}`,
    ],
  },
  pop3: {
    hello: '',
    auth: (words) => `AUTH ${words}`,
    own: [
      `PASS ${PASSWORD}`,
      `USER user\r\nPASS ${PASSWORD}`,
      `USER user\r\nPASS ${WRONG}\r`,
      `USER ${PASSWORD}\r\nPASS ${PASSWORD}`,
      `APOP user ${PASSWORD}`,
      PASSWORD,
    ],
  },
}

async function said(protocol: LineProfile, text: string): Promise<void> {
  const refused: unknown[] = []
  const policy = {
    mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256', 'OAUTHBEARER', 'XOAUTH2'] as const,
    [allowPlaintext]: true,
  }
  const server = saslServer({ directory, decoySecret: DECOY_SECRET, policy })
  let ending: Promise<unknown> | undefined
  const listener = createServer((socket) => {
    const onRefused = (refusal: unknown) => {
      refused.push(refusal)
    }
    ending = inProtest(() => acceptLogin(socket, { protocol, server, onRefused, refusalDelay: 0 }))
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const socket = connect((listener.address() as AddressInfo).port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk))
  socket.on('error', () => {})
  socket.end(text, 'latin1')
  await once(socket, 'close')
  const ended = await ending
  const accepted = ended as { socket?: { destroy(): void } } | undefined
  accepted?.socket?.destroy()
  listener.close()
  assert.ok(!(ended instanceof Error), String(ended))
  assertSilent(ended && { ...accepted, socket: undefined }, 'what acceptLogin gives')
  assertSilent(refused, 'what onRefused is told')
  assertWithout(heard, 'what the server says')
}

for (const name of NAMES)
  describe(name, () => {
    const { hello, auth, own } = SPEECH[name]
    for (const line of [...WORDS.map(auth), ...own])
      test(JSON.stringify(line.slice(0, 60)), async () => {
        await said(PROTOCOLS[name], `${hello}${line}\r\n`)
        await said(PROTOCOLS[name], `${hello}${line}\n`)
        await said(PROTOCOLS[name], `${hello}${line}`)
      })
  })
