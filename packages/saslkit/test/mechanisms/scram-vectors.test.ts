import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFunction } from '#crypto'
import type { ChannelBindingType, Connection, Offered } from '../../src/connection.js'
import { SaslError } from '../../src/errors.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { clientKeys, clientProof, credentialsOf, provenKey } from '../../src/mechanisms/scram/keys.js'
import { offeredHash } from '../../src/mechanisms/scram/offered-hash.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { hashOf, type ScramVariant } from '../../src/mechanisms/scram/variant.js'
import { base64, text, unbase64, utf8 } from '../../src/octets.js'
import { fromHex, readVectors } from '../vectors.js'

interface Vector {
  readonly id: string
  readonly source: string
  readonly mechanism: `SCRAM-${ScramVariant}`
  readonly username: string
  readonly password: string
  readonly authzid: string | null
  readonly client_first: string
  readonly server_first: string
  readonly client_final: string
  readonly server_final: string
  readonly cb_type?: ChannelBindingType
  readonly cb_data_hex: string | null
  readonly valid: boolean
  /** Of an example that does not compute: what it should have been. */
  readonly recomputed?: { readonly p: string; readonly v: string }
  readonly ssdp?: {
    readonly mechanisms: string[]
    readonly channel_bindings: string[]
    readonly hash_input_hex: string
    readonly h: string
  }
  readonly derived: Readonly<
    Record<'salted_password_b64' | 'client_key_b64' | 'stored_key_b64' | 'server_key_b64', string>
  >
}

const VECTORS = ['public/scram.json', 'scram-computed.json'].flatMap(
  (file) => readVectors<{ vectors: Vector[] }>(file).vectors,
)
const DECOYS = { decoySecret: utf8('sixteen octets at least') }

const variantOf = ({ mechanism }: Vector) => mechanism.slice('SCRAM-'.length) as ScramVariant

/** The messages as they should be, where the document has them wrong. */
function rightMessages({ client_final, server_final, recomputed }: Vector) {
  if (!recomputed) return { clientFinal: client_final, serverFinal: server_final }
  return {
    clientFinal: client_final.replace(/p=.*$/, `p=${recomputed.p}`),
    serverFinal: `v=${recomputed.v}`,
  }
}

const connectionOf = ({ cb_type, cb_data_hex }: Vector): Connection => ({
  secure: true,
  ...(cb_type && cb_data_hex && { channelBindings: [{ type: cb_type, data: fromHex(cb_data_hex) }] }),
})

const offeredOf = ({ ssdp }: Vector): Offered | undefined =>
  ssdp && { mechanisms: ssdp.mechanisms, channelBindings: ssdp.channel_bindings }

/** An extension that this library takes and never sends: the "x=" of XEP-0474's example. */
const hasClientExtension = ({ client_final }: Vector) => /,x=/.test(client_final)
/** Likewise, the "t=" of XEP-0515. */
const hasServerExtension = ({ server_first }: Vector) => /,t=/.test(server_first)

function firstOf({ server_first }: Vector) {
  const [, nonce, salt, iterations] = /^r=([^,]+),s=([^,]+),i=(\d+)/.exec(server_first)!
  return { nonce: nonce!, salt: unbase64(salt!), iterations: Number(iterations) }
}

const nonceOf = (message: string) => /(?:^|,)r=([^,]+)/.exec(message)![1]!

for (const vector of VECTORS) {
  const { id, source, username, password, derived } = vector
  const variant = variantOf(vector)
  const authzid = vector.authzid ?? undefined
  const { clientFinal, serverFinal } = rightMessages(vector)

  test(`SCRAM keys, proof and signature of ${id} are those of ${source}`, async () => {
    const hash = await hashFunction(hashOf(variant))
    const first = firstOf(vector)
    const salted = await hash.pbkdf2(utf8(password), first.salt, first.iterations)
    assert.equal(base64(salted), derived.salted_password_b64)
    const keys = await clientKeys(hash, utf8(password), first.salt, first.iterations)
    assert.equal(base64(keys.clientKey), derived.client_key_b64)
    assert.equal(base64(keys.serverKey), derived.server_key_b64)
    const { storedKey } = credentialsOf(hash, keys, first.salt, first.iterations)
    assert.equal(base64(storedKey), derived.stored_key_b64)

    const [, withoutProof, proof] = /^(.*),p=(.*)$/.exec(clientFinal)!
    const [, bare] = /^[^,]*,[^,]*,(.*)$/.exec(vector.client_first)!
    const authMessage = utf8(`${bare},${vector.server_first},${withoutProof}`)
    assert.equal(base64(clientProof(hash, keys.clientKey, authMessage)), proof)
    assert.equal(base64(provenKey(hash, storedKey, authMessage, unbase64(proof!))), derived.stored_key_b64)
    assert.equal(`v=${base64(hash.hmac(keys.serverKey, authMessage))}`, serverFinal)
  })

  test(`a SCRAM client speaks as in ${id}`, async () => {
    const exchange = new ClientExchange(
      scramClient(
        variant,
        { authcid: username, password, authzid },
        { nonce: () => nonceOf(vector.client_first) },
      ),
      { connection: connectionOf(vector), offered: offeredOf(vector) },
    )
    assert.equal(text((await exchange.start())!), vector.client_first)
    const final = text(await exchange.challenge(utf8(vector.server_first)))
    if (hasClientExtension(vector)) {
      assert.ok(clientFinal.startsWith(final.replace(/,p=.*$/, ',')))
      return
    }
    assert.equal(final, clientFinal)
    await exchange.success(utf8(serverFinal))
  })

  test(`a SCRAM server speaks as in ${id}`, { skip: hasServerExtension(vector) && 'XEP-0515' }, async () => {
    const { salt, iterations, nonce } = firstOf(vector)
    const asked: unknown[] = []
    const serve = async (final: string) => {
      const exchange = new ServerExchange(
        scramServer(
          variant,
          {
            scramCredentials: (...question) => {
              asked.push(question.slice(0, 2))
              return {
                salt,
                iterations,
                storedKey: unbase64(derived.stored_key_b64),
                serverKey: unbase64(derived.server_key_b64),
              }
            },
          },
          {
            ...DECOYS,
            nonce: () => nonce.slice(nonceOf(vector.client_first).length),
            vouchForOffered: vector.ssdp !== undefined,
          },
        ),
        { connection: connectionOf(vector), offered: offeredOf(vector) },
      )
      const first = await exchange.step(utf8(vector.client_first))
      assert.ok(first.kind === 'challenge')
      assert.equal(text(first.challenge), vector.server_first)
      return exchange.step(utf8(final))
    }

    const reply = await serve(clientFinal)
    assert.deepEqual(asked, [[username, hashOf(variant)]])
    assert.ok(reply.kind === 'success')
    assert.deepEqual(reply.identity, {
      authcid: username,
      authzid: authzid === username ? undefined : authzid,
    })
    assert.equal(text(reply.additionalData!), serverFinal)

    if (!vector.valid) {
      const printed = await serve(vector.client_final)
      assert.ok(printed.kind === 'failure' && printed.reason === 'invalid-credentials')
    }
  })

  if (vector.ssdp)
    test(`the hash of what was offered is that of ${id}, whatever the order`, async () => {
      const hash = await hashFunction(hashOf(variant))
      const { mechanisms, channel_bindings: channelBindings, hash_input_hex, h } = vector.ssdp!
      assert.equal(base64(hash.digest(fromHex(hash_input_hex))), h)
      assert.equal(offeredHash(hash, { mechanisms, channelBindings }), h)
      assert.equal(
        offeredHash(hash, {
          mechanisms: mechanisms.toReversed(),
          channelBindings: channelBindings.toReversed(),
        }),
        h,
      )
      // XEP-0474 section 6.1, step 3: the separator stands only where binding types were advertised.
      assert.notEqual(
        offeredHash(hash, { mechanisms }),
        offeredHash(hash, { mechanisms, channelBindings: [] }),
      )
      assert.equal(
        offeredHash(hash, { mechanisms }),
        base64(hash.digest(utf8([...mechanisms].sort().join('\x1e')))),
      )
    })

  if (vector.ssdp)
    test(`a SCRAM client sends no proof in ${id} when a list was changed on its way`, async () => {
      const { mechanisms, channelBindings } = offeredOf(vector)!
      for (const offered of [
        { mechanisms: mechanisms.slice(1), channelBindings },
        { mechanisms: [...mechanisms, 'PLAIN'], channelBindings },
        { mechanisms, channelBindings: channelBindings!.slice(1) },
        { mechanisms, channelBindings: [...channelBindings!, 'tls-unique'] },
        { mechanisms },
      ]) {
        const exchange = new ClientExchange(
          scramClient(
            variant,
            { authcid: username, password },
            { nonce: () => nonceOf(vector.client_first) },
          ),
          { connection: connectionOf(vector), offered },
        )
        await exchange.start()
        await assert.rejects(
          async () => exchange.challenge(utf8(vector.server_first)),
          (error) => error instanceof SaslError && error.reason === 'server-not-authenticated',
        )
      }
    })
}

test('each SCRAM variant has an example', () => {
  const named = new Set(VECTORS.map(({ mechanism }) => mechanism))
  for (const hash of ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-512'])
    for (const suffix of ['', '-PLUS']) assert.ok(named.has(`SCRAM-${hash}${suffix}` as Vector['mechanism']))
})
