/** What a caller hands in is the caller's again as soon as the call returns, and what it was handed may be wiped. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryDirectory, type Octets, saslClient, saslServer } from '../../src/index.js'

const account = { authcid: 'tim', password: 'tanstaaftanstaaf' }
const known = await memoryDirectory([account], { hashes: ['SHA-256', 'SHA-1'] })

/** Answers later, when buffers have been used for something else. */
const directory = Object.fromEntries(
  Object.entries({
    ...known,
    secret: () => account.password,
    verifyToken: (token: string) => (token === 'token' ? { authcid: 'tim' } : { status: 'invalid_token' }),
  }).map(([name, value]) => [
    name,
    typeof value !== 'function' || name === 'decoyShape'
      ? value
      : async (...given: readonly unknown[]) => {
          await new Promise((resolve) => setImmediate(resolve))
          return Reflect.apply(value, known, given)
        },
  ]),
)

const MECHANISMS = [
  'SCRAM-SHA-256',
  'SCRAM-SHA-1',
  'PLAIN',
  'LOGIN',
  'CRAM-MD5',
  'OAUTHBEARER',
  'XOAUTH2',
] as const

for (const name of MECHANISMS)
  for (const [kind, lend] of [
    ['a Buffer', (octets: Octets): Octets => Buffer.from(octets)],
    ['a Uint8Array', (octets: Octets): Octets => Uint8Array.from(octets)],
  ] as const)
    test(`${name} with ${kind} that is wiped after each call`, async () => {
      const server = saslServer({
        directory,
        decoySecret: new Uint8Array(16),
        policy: { mechanisms: [name] },
      })
      const asked = async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return account.password
      }
      const credentials = /OAUTH/.test(name)
        ? { authcid: 'tim', token: 'token' }
        : { authcid: 'tim', password: asked }
      const theirs = server.begin(name, { secure: true })
      const ours = saslClient(credentials, { mechanisms: [name] }).select([name], { secure: true })

      /** Passes on a copy, and wipes both that and what it was made of. */
      const handOver = <T>(octets: Octets | undefined, take: (lent: Octets | undefined) => T): T => {
        const lent = octets && lend(octets)
        octets?.fill(0)
        const coming = take(lent)
        lent?.fill(0)
        return coming
      }
      let reply = await handOver(await ours.start(), (lent) => theirs.step(lent))
      while (reply.kind === 'challenge') {
        const response = await handOver(reply.challenge, (lent) => ours.challenge(lent!))
        reply = await handOver(response, (lent) => theirs.step(lent))
      }
      assert.equal(reply.kind, 'success')
      if (reply.kind === 'success') await handOver(reply.additionalData, (lent) => ours.success(lent))
    })
