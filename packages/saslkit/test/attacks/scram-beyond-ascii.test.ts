/**
 * What is signed is the exact text: two halves that cut it short together agree with each other, and with nobody else. The
 * fuzzer found it. Proofs and signatures were computed with Python's hashlib and hmac, password and salt as in RFC 7677.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import { ClientExchange } from '../../src/exchange/client.js'
import { ServerExchange } from '../../src/exchange/server.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { text, unbase64, utf8 } from '../../src/octets.js'

const CLIENT_NONCE = 'rOprNGfwEbeRWgbNEkqO'
const SERVER_NONCE = '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
const SALT = 'W22ZaJ0SNY7soEsUEjb6gQ=='

const NAMES: readonly (readonly [authcid: string, proof: string, signature: string])[] = [
  [
    'j\u00fcrgen',
    'HKpnfSZKliOkWcFIsrs3ycx6fY5Z+XWGbUnj9EGPoAI=',
    'jOLUUn1mTKIOy+b4BYZZWQ5czyGO722iZIAH17ndcmE=',
  ],
  [
    '\u7ba1\u7406\u8005',
    'ajsAIeaeXsYIJ1kEMzxBG+U11UEliY6j0TkQj55RZio=',
    'ARom1xw+3pPs91ZKzzw4a+vTN/ApEd/GXW9icwuo8m0=',
  ],
  [
    'user\u{1f600}',
    'cIS4/4LkeMjRU+x6wHFdzt4RXdd2ipWXoxb8bRvpp/U=',
    '1a1Hwf7k1fZXFilnZ6O5XxihHUeX/56dyQveXRltMLM=',
  ],
]

const credentials = await makeScramCredentials('SHA-256', 'pencil', {
  salt: unbase64(SALT),
  iterations: 4096,
})

for (const [authcid, proof, signature] of NAMES)
  test(`SCRAM-SHA-256 signs the whole of its messages for ${authcid}`, async () => {
    const client = new ClientExchange(
      scramClient(
        'SHA-256',
        { authcid, password: 'pencil' },
        { nonce: () => CLIENT_NONCE, prepareName: 'none' },
      ),
    )
    const server = new ServerExchange(
      scramServer(
        'SHA-256',
        { scramCredentials: () => credentials },
        { decoySecret: utf8('sixteen octets at least'), nonce: () => SERVER_NONCE, prepare: 'none' },
      ),
    )
    const first = await server.step(await client.start())
    assert.equal(first.kind, 'challenge')
    const final = await client.challenge(first.challenge)
    assert.equal(text(final), `c=biws,r=${CLIENT_NONCE}${SERVER_NONCE},p=${proof}`)
    const end = await server.step(final)
    assert.equal(end.kind, 'success')
    assert.equal(text(end.additionalData!), `v=${signature}`)
    await client.success(end.additionalData)
  })
