/** Hostile client-first-messages: vectors/attacks/scram-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../src/connection.js'
import { saslServer } from '../../src/negotiation/server.js'
import { base64, type Octets, text, utf8 } from '../../src/octets.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex } from '../vectors.js'
import {
  assertRefused,
  BOUND,
  client_first,
  decoySecret,
  extensions,
  UNBOUND,
  watchedDirectory,
  withKnownNonce,
} from './scram-server.js'

/** Wrong after any client-first-message: the name was looked up, and proof is what is missing. */
const HOPELESS = utf8(`c=biws,r=abc,p=${base64(new Uint8Array(32))}`)

for (const { id, client_first_hex, expect, why, looks_up, server_state = {} } of client_first)
  test(`SCRAM server, client-first ${id}: ${expect}${why && ` (${why})`}`, async () => {
    const { mechanism = 'SCRAM-SHA-256', plus_offered = false, require = false } = server_state
    const { asked, directory } = watchedDirectory()
    const connection = plus_offered ? BOUND : UNBOUND
    const server = saslServer({
      directory,
      decoySecret,
      policy: { channelBinding: require ? 'require' : 'prefer' },
    })
    const exchange = server.begin(mechanism, connection)
    const derivations = await countPbkdf2('SHA-256', async () => {
      const reply = await exchange.step(fromHex(client_first_hex))
      const unknown =
        reply.kind === 'challenge' && (/unknown user/.test(`${expect} ${why}`) || id === 'prep-private')
      if (expect.startsWith('accept') || unknown) {
        assert.ok(reply.kind === 'challenge')
        assertRefused(await exchange.step(HOPELESS), id)
      } else assertRefused(reply, id)
      if (looks_up !== undefined) assert.deepEqual(asked, [looks_up])
      else if (expect === 'reject') assert.deepEqual(asked, [], 'the directory was asked')
      assert.ok(asked.length <= 1)
      assert.throws(() => exchange.step(HOPELESS), TypeError)
    })
    assert.equal(derivations, 0)
  })

/** What the file lacks, with the very error that the RFC has for it, where it has one. */
const MORE_FIRST: readonly (readonly [
  name: string,
  message: string | Octets,
  expected: { error?: string; looksUp?: string; plus?: 'mechanism' | 'offered'; connection?: Connection },
])[] = [
  ['a mandatory extension in front', 'n,,m=ext,n=user,r=abc', { error: 'extensions-not-supported' }],
  ['a mandatory extension at the end', 'n,,n=user,r=abc,m=x', { error: 'extensions-not-supported' }],
  ['a second name at the end', 'n,,n=user,r=abc,n=admin', {}],
  ['a second nonce', 'n,,n=user,r=abc,r=def', {}],
  ['a proof', 'n,,n=user,r=abc,p=AAAA', {}],
  ['an extension twice', 'n,,n=user,r=abc,x=1,x=2', {}],
  ['16 extensions', `n,,n=user,r=abc${extensions(16)}`, { looksUp: 'user' }],
  ['17 extensions', `n,,n=user,r=abc${extensions(17)}`, {}],
  ['an extension without value', 'n,,n=user,r=abc,x=', {}],
  ['an extension with NUL', 'n,,n=user,r=abc,x=a\0b', {}],
  ['a nonce of 1,024 characters', `n,,n=user,r=${'a'.repeat(1024)}`, { looksUp: 'user' }],
  ['a nonce of 1,025 characters', `n,,n=user,r=${'a'.repeat(1025)}`, {}],
  ['a nonce beyond ASCII', 'n,,n=user,r=ab\u00e9', {}],
  ['a nonce with DEL', 'n,,n=user,r=ab\u007f', {}],
  ['a name that is escaped once, not twice', 'n,,n=a=3D2Cb,r=abc', { looksUp: 'a=2Cb' }],
  ['a bare "=" in the name', 'n,,n=us=er,r=abc', {}],
  ['a lower-case escape', 'n,,n=a=2cb,r=abc', {}],
  ['a bare "=" in the authzid', 'n,a=x=zz,n=user,r=abc', {}],
  ['an authzid with a control character', 'n,a=ad\u0007min,n=user,r=abc', {}],
  ['an overlong comma', fromHex('6e2c2c6e3d7573c0ac65722c723d616263'), {}],
  ['a lone surrogate', fromHex('6e2c2c6e3d7573eda08065722c723d616263'), {}],
  ['a byte order mark first', '\ufeffn,,n=user,r=abc', {}],
  ['full-width letters', 'n,,n=\uff55\uff53\uff45\uff52,r=abc', { looksUp: 'user' }],
  ['a soft hyphen in the name', 'n,,n=us\u00ader,r=abc', { looksUp: 'user' }],
  ['a name of prototypes', 'n,,n=__proto__,r=abc', { looksUp: '__proto__' }],
  ['a name that a promise would have', 'n,,n=then,r=abc', { looksUp: 'then' }],
  [
    '"y" while -PLUS was offered',
    'y,,n=user,r=abc',
    { plus: 'offered', error: 'server-does-support-channel-binding' },
  ],
  ['"n" while -PLUS was offered', 'n,,n=user,r=abc', { plus: 'offered', looksUp: 'user' }],
  [
    'binding on the mechanism without',
    'p=tls-exporter,,n=user,r=abc',
    { plus: 'offered', error: 'channel-binding-not-supported' },
  ],
  ['"n" on -PLUS', 'n,,n=user,r=abc', { plus: 'mechanism', error: 'server-does-support-channel-binding' }],
  ['"y" on -PLUS', 'y,,n=user,r=abc', { plus: 'mechanism', error: 'server-does-support-channel-binding' }],
  [
    'a type of binding that is on a prototype',
    'p=constructor,,n=user,r=abc',
    { plus: 'mechanism', error: 'unsupported-channel-binding-type' },
  ],
  [
    'a type of binding that this connection lacks, as tls-unique on TLS 1.3',
    'p=tls-unique,,n=user,r=abc',
    { plus: 'mechanism', error: 'unsupported-channel-binding-type' },
  ],
  [
    'a type of binding in the wrong case',
    'p=TLS-EXPORTER,,n=user,r=abc',
    { plus: 'mechanism', error: 'unsupported-channel-binding-type' },
  ],
  [
    'a type of binding whose data is empty',
    'p=tls-exporter,,n=user,r=abc',
    {
      plus: 'mechanism',
      connection: { secure: true, channelBindings: [{ type: 'tls-exporter', data: new Uint8Array(0) }] },
      error: 'unsupported-channel-binding-type',
    },
  ],
  [
    'the type of binding that there is',
    'p=tls-exporter,,n=user,r=abc',
    { plus: 'mechanism', looksUp: 'user' },
  ],
]

for (const [name, message, { error, looksUp, plus, connection = plus ? BOUND : UNBOUND }] of MORE_FIRST)
  test(`SCRAM server, client-first with ${name}: ${looksUp ? `looks up ${looksUp}` : (error ?? 'malformed')}`, async () => {
    const { asked, directory } = watchedDirectory()
    const exchange = withKnownNonce(
      directory,
      connection,
      plus === 'mechanism' ? 'SHA-256-PLUS' : 'SHA-256',
      plus && { mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'] },
    )
    const reply = await exchange.step(typeof message === 'string' ? utf8(message) : message)
    if (looksUp !== undefined) {
      assert.ok(reply.kind === 'challenge')
      assert.deepEqual(asked, [looksUp])
      return
    }
    assertRefused(reply, name)
    assert.ok(reply.kind === 'failure')
    assert.equal(reply.additionalData && text(reply.additionalData), error && `e=${error}`)
    assert.deepEqual(asked, [], 'the directory was asked')
  })
