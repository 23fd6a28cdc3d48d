/** Credentials that we made, in Dovecot's passwd-file, asked by our client over IMAP and TLS. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe } from 'node:test'
import { type MechanismName, SaslError, saslClient } from 'saslkit'
import {
  allowBroken,
  convert,
  type MakeScheme,
  makeStoredCredential,
  makeStoredCredentials,
  type ScramFormat,
} from 'saslkit/credentials'
import { login } from 'saslkit/node'
import * as imap from 'saslkit/profiles/imap'
import { directory, type Store } from 'saslkit/stores'
import { NINE } from './accounts.ts'
import { type DovecotAccount, startDovecot } from './peers/dovecot.ts'
import { run } from './peers/process.ts'
import { requirePeer } from './peers/require-peer.ts'
import { accountsOf, proveMore, proveStored } from './prove-stored.ts'

const peer = requirePeer('dovecot', 'openssl')

/** All that we make for it. */
const SCHEMES: readonly MakeScheme[] = [
  'SCRAM-SHA-1', 'SCRAM-SHA-256', 'argon2id', 'argon2i', 'pbkdf2-sha1',
  'bcrypt', 'yescrypt', 'sha512-crypt', 'sha256-crypt', 'md5-crypt',
  'ssha512', 'ssha256', 'ssha', 'smd5', 'sha512', 'sha256', 'sha', 'md5', 'md4',
  'cleartext', 'cram-md5', 'digest-md5'] // biome-ignore format: a list

/** What a challenge mechanism is answered from. The rest is for PLAIN. */
const CHALLENGED: Readonly<Record<string, readonly MakeScheme[]>> = {
  'SCRAM-SHA-1': ['SCRAM-SHA-1', 'cleartext'],
  'SCRAM-SHA-256': ['SCRAM-SHA-256', 'cleartext'],
  'CRAM-MD5': ['cram-md5', 'cleartext'],
}

/** Whose SCRAM-SHA-256 keys are written for Dovecot. */
const CONVERTED: readonly ScramFormat[] = ['rfc5803', 'postgresql', 'kafka', 'ejabberd', 'prosody', 'passlib']

const COSTS = { iterations: 5000, rounds: 5000, memory: 8192 }
const FORMAT = 'dovecot'

async function accounts(): Promise<DovecotAccount[]> {
  const all: { authcid: string; text: string }[] = []
  for (const scheme of SCHEMES) {
    const cost = scheme === 'bcrypt' ? 5 : scheme === 'yescrypt' ? 1 : undefined
    all.push(
      ...(await accountsOf(scheme, (password, username) =>
        makeStoredCredential(password, {
          scheme,
          format: FORMAT,
          username,
          cost,
          ...COSTS,
          [allowBroken]: true,
        }),
      )),
    )
  }
  for (const format of CONVERTED)
    all.push(
      ...(await accountsOf(`from-${format}`, async (password) =>
        convert(
          await makeStoredCredential(password, { scheme: 'SCRAM-SHA-256', format, iterations: 4096 }),
          FORMAT,
        ),
      )),
    )
  for (const index of SET.keys())
    all.push(
      ...(await accountsOf(`set${index}`, async (password) => {
        const made = await makeStoredCredentials(password, {
          format: FORMAT,
        })
        return made[index]!
      })),
    )
  for (const [authcid, preparation] of [
    ['nine-none', 'none'],
    ['nine-saslprep', 'saslprep'],
  ] as const) {
    const options = { scheme: 'SCRAM-SHA-256', format: FORMAT, preparation, iterations: 4096 } as const
    all.push({ authcid, text: (await makeStoredCredential(NINE.password, options)).text })
  }
  return all.map(({ authcid, text }) => ({ authcid, stored: text }))
}

/** The set of makeStoredCredentials in Dovecot's format, in its order, and what asks for each. */
const SET = [
  ['SCRAM-SHA-256', 'SCRAM-SHA-256'],
  ['SCRAM-SHA-1', 'SCRAM-SHA-1'],
  ['argon2id', 'PLAIN'],
] as const

const dovecot = peer.skip === undefined ? await startDovecot(await accounts()) : undefined
after(() => dovecot?.stop())

/** What a store keeps for an account, after a login by PLAIN. */
async function rehashed(old: string, password: string): Promise<readonly string[]> {
  let texts: readonly string[] = []
  const store: Store = {
    find: (name) => ({ name, credentials: [old] }),
    replace(_, credentials) {
      texts = credentials.flat().map((one) => (typeof one === 'string' ? one : one.text))
      return true
    },
  }
  const typical = [{ credentials: [old] }]
  const accounts = directory(store, { decoySecret: new Uint8Array(16), typical, rehash: {} })
  assert.deepEqual(await accounts.verifyPassword('tim', password, { connection: { secure: true } }), {
    authcid: 'tim',
  })
  await accounts.idle()
  return texts
}

const by =
  (mechanism: string) =>
  async (authcid: string, password: string): Promise<boolean> => {
    const { ports, certificates } = dovecot!
    try {
      const { socket, serverProved } = await login({
        protocol: imap,
        client: saslClient({ authcid, password }, { mechanisms: [mechanism as MechanismName] }),
        tls: 'implicit',
        host: 'localhost',
        port: ports.imaps,
        tlsOptions: { ca: readFileSync(certificates.ca) },
        signal: AbortSignal.timeout(60_000),
      })
      socket.destroy()
      assert.equal(serverProved, mechanism.startsWith('SCRAM-'))
      return true
    } catch (error) {
      if (error instanceof SaslError && error.reason === 'invalid-credentials') return false
      throw error
    }
  }

// Refusals of PLAIN take half a second: they wait side by side.
describe('Dovecot', { concurrency: 8 }, () => {
  for (const scheme of SCHEMES) proveStored(peer, scheme, 'PLAIN', by('PLAIN'))

  for (const [mechanism, schemes] of Object.entries(CHALLENGED))
    for (const scheme of schemes) proveStored(peer, scheme, mechanism, by(mechanism))

  for (const format of CONVERTED)
    for (const mechanism of ['SCRAM-SHA-256', 'PLAIN'])
      proveStored(peer, `from-${format}`, mechanism, by(mechanism), `SCRAM-SHA-256 from ${format}`)

  for (const [index, [scheme, mechanism]] of SET.entries())
    proveStored(peer, `set${index}`, mechanism, by(mechanism), `${scheme} of makeStoredCredentials`)

  proveMore(
    peer,
    'sha512-crypt',
    'doveadm pw -t',
    'what rehashing puts in its place is read, and fits',
    async () => {
      const password = 'tanstaaftanstaaf'
      const { stdout } = await run('doveadm', ['pw', '-s', 'SHA512-CRYPT', '-p', password])
      const texts = await rehashed(stdout.trim(), password)
      assert.equal(texts.length, 3)
      for (const text of texts) {
        assert.equal((await run('doveadm', ['pw', '-t', text, '-p', password])).status, 0, text)
        assert.notEqual((await run('doveadm', ['pw', '-t', text, '-p', `x${password}`])).status, 0)
      }
    },
  )
  proveMore(
    peer,
    'SCRAM-SHA-256',
    'PLAIN',
    'kept unprepared, a password that SASLprep changes gets in as it was typed',
    async () => {
      assert.equal(await by('PLAIN')('nine-none', NINE.password), true)
      assert.equal(await by('PLAIN')('nine-none', NINE.typed), false)
    },
  )
  proveMore(
    peer,
    'SCRAM-SHA-256',
    'SCRAM-SHA-256',
    'kept prepared, a password that SASLprep changes gets in however it is typed',
    async () => {
      assert.equal(await by('SCRAM-SHA-256')('nine-saslprep', NINE.password), true)
      assert.equal(await by('SCRAM-SHA-256')('nine-saslprep', NINE.typed), true)
      assert.equal(await by('SCRAM-SHA-256')('nine-none', NINE.password), false)
    },
  )
})
