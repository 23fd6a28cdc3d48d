/** Hostile client-final-messages and orders of messages: vectors/attacks/scram-server.json, and what it lacks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServerExchange } from '../../src/exchange/server.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { base64, concat, type Octets, text, unbase64, utf8 } from '../../src/octets.js'
import { countPbkdf2 } from '../pbkdf2-calls.js'
import { fromHex } from '../vectors.js'
import {
  assertRefused,
  BOUND,
  client_final,
  DATA,
  decoySecret,
  extensions,
  setup,
  watchedDirectory,
  withKnownNonce,
} from './scram-server.js'

const good = client_final.find(({ id }) => id === 'control-good')!
const finalOf = (name: string): Octets =>
  fromHex(client_final.find(({ id }) => id === name)!.client_final_hex)

for (const { id, client_first, server_first, client_final_hex, expect, why } of client_final)
  test(`SCRAM server, client-final ${id}: ${expect} (${why})`, async () => {
    const { asked, directory } = watchedDirectory()
    const exchange = withKnownNonce(directory)
    const derivations = await countPbkdf2('SHA-256', async () => {
      const first = await exchange.step(utf8(client_first))
      assert.ok(first.kind === 'challenge')
      assert.equal(text(first.challenge), server_first)
      const reply = await exchange.step(fromHex(client_final_hex))
      if (expect === 'accept') assert.equal(reply.kind, 'success')
      else assertRefused(reply, id)
      assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
    })
    assert.deepEqual(asked, [setup.username])
    assert.equal(derivations, 0)
  })

const [goodFinal, goodProof] = /^(.*),p=(.*)$/.exec(text(finalOf('control-good')))!.slice(1) as [
  string,
  string,
]
const proofOf = (length: number) => base64(concat(unbase64(goodProof), new Uint8Array(64)).slice(0, length))
const flipped = (octet: number, bit: number) => {
  const proof = unbase64(goodProof)
  proof[octet]! ^= bit
  return base64(proof)
}

/** What the file lacks. */
const MORE_FINAL: readonly (readonly [name: string, message: string])[] = [
  ...[0, 1, 20, 31, 33, 64].map(
    (length) => [`a proof of ${length} octets`, `${goodFinal},p=${proofOf(length)}`] as const,
  ),
  ['a proof whose first bit is off', `${goodFinal},p=${flipped(0, 0x80)}`],
  ['a proof whose last bit is off', `${goodFinal},p=${flipped(31, 1)}`],
  ['a proof in the URL alphabet', `${goodFinal},p=${goodProof.replaceAll('+', '-').replaceAll('/', '_')}-`],
  ['a proof without padding', `${goodFinal},p=${goodProof.replace('=', '')}`],
  ['a proof ended by NUL', `${goodFinal},p=${goodProof}\0`],
  ['a proof ended by CRLF', `${goodFinal},p=${goodProof}\r\n`],
  ['two proofs', `${goodFinal},p=${goodProof},p=${goodProof}`],
  ['a comma behind the proof', `${goodFinal},p=${goodProof},`],
  ['"c=" with a space', `${goodFinal.replace('biws', 'biws ')},p=${goodProof}`],
  ['"c=" cut short', `${goodFinal.replace('biws', 'biw')},p=${goodProof}`],
  ['"c=" of another authzid', `${goodFinal.replace('biws', base64(utf8('n,a=admin,')))},p=${goodProof}`],
  ['the nonce before "c="', `${goodFinal.split(',').reverse().join(',')},p=${goodProof}`],
  ['a mandatory extension', `${goodFinal},m=x,p=${goodProof}`],
  ['the nonce twice as long', `${goodFinal}${setup.server_nonce},p=${goodProof}`],
  ['17 extensions', `${goodFinal}${extensions(17)},p=${goodProof}`],
  ['an extension that the proof does not cover', `${goodFinal},x=1,p=${goodProof}`],
]

for (const [name, message] of MORE_FINAL)
  test(`SCRAM server, client-final with ${name}: refused`, async () => {
    const { asked, directory } = watchedDirectory()
    const exchange = withKnownNonce(directory)
    await exchange.step(utf8(good.client_first))
    assertRefused(await exchange.step(utf8(message)), name)
    assert.deepEqual(asked, [setup.username])
  })

test('SCRAM server: a proof made for a decoy lets nobody in, for nobody knows its key', async () => {
  const { directory } = watchedDirectory()
  for (const proof of [new Uint8Array(32), new Uint8Array(32).fill(0xff), unbase64(goodProof)]) {
    const exchange = withKnownNonce(directory)
    await exchange.step(utf8(good.client_first.replace('n=user', 'n=resu')))
    assertRefused(await exchange.step(utf8(`${goodFinal},p=${base64(proof)}`)), 'a decoy')
  }
})

test('SCRAM server: binding data that differ are refused, by the name the RFC has for it', async () => {
  const { directory } = watchedDirectory()
  const exchange = withKnownNonce(directory, BOUND, 'SHA-256-PLUS')
  const first = await exchange.step(utf8('p=tls-exporter,,n=user,r=abc'))
  assert.ok(first.kind === 'challenge')
  for (const data of [new Uint8Array(0), utf8('thirty-two octets of another one'), DATA.slice(1)]) {
    const exchange = withKnownNonce(directory, BOUND, 'SHA-256-PLUS')
    await exchange.step(utf8('p=tls-exporter,,n=user,r=abc'))
    const c = base64(concat(utf8('p=tls-exporter,,'), data))
    const reply = await exchange.step(utf8(`c=${c},r=abc${setup.server_nonce},p=${goodProof}`))
    assertRefused(reply, 'other data')
    assert.ok(reply.kind === 'failure' && reply.additionalData)
    assert.equal(text(reply.additionalData), 'e=channel-bindings-dont-match')
  }
})

test('SCRAM server, sequence final-twice: a good message is good once', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  await exchange.step(utf8(good.client_first))
  const reply = await exchange.step(finalOf('control-good'))
  assert.equal(reply.kind, 'success')
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server, sequence good-after-bad: an exchange that failed stays failed (CVE-2013-7239)', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  await exchange.step(utf8(good.client_first))
  assertRefused(await exchange.step(finalOf('proof-zero')), 'proof-zero')
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server, sequence replay-other-session: a recorded message is worth nothing under another nonce', async () => {
  const { directory } = watchedDirectory()
  const exchange = new ServerExchange(scramServer('SHA-256', directory, { decoySecret }))
  await exchange.step(utf8(good.client_first))
  assertRefused(await exchange.step(finalOf('control-good')), 'a replay')
})

test('SCRAM server, sequence two-steps-at-once: the second is refused, the first is unaffected', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  const first = exchange.step(utf8(good.client_first))
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
  assert.ok((await first).kind === 'challenge')
  assert.equal((await exchange.step(finalOf('control-good'))).kind, 'success')
})

test('SCRAM server, sequence abort-then-continue: nothing is taken after an abort', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  await exchange.step(utf8(good.client_first))
  exchange.abort()
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server: an abort while the directory is asked wins over its answer', async () => {
  const exchange = withKnownNonce(watchedDirectory().directory)
  const first = exchange.step(utf8(good.client_first))
  exchange.abort()
  const reply = await first
  assert.ok(reply.kind === 'failure' && reply.reason === 'aborted')
  assert.throws(() => exchange.step(finalOf('control-good')), TypeError)
})

test('SCRAM server: no nonce is given twice', async () => {
  const mechanism = scramServer('SHA-256', watchedDirectory().directory, { decoySecret })
  const seen = new Set<string>()
  for (let i = 0; i < 200; i++) {
    const reply = await new ServerExchange(mechanism).step(utf8('n,,n=user,r=abc'))
    assert.ok(reply.kind === 'challenge')
    const [, nonce] = /^r=abc([^,]{24}),/.exec(text(reply.challenge))!
    seen.add(nonce!)
  }
  assert.equal(seen.size, 200)
})
