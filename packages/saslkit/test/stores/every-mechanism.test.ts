/** The suite that each mechanism passes, over directory(store). */
import { describe, test } from 'node:test'
import { makeStoredCredential, parseStoredCredential } from '../../src/credentials/index.js'
import { cramMd5Client, cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { loginClient, loginServer } from '../../src/mechanisms/login.js'
import { plainClient, plainServer } from '../../src/mechanisms/plain.js'
import { scramClient } from '../../src/mechanisms/scram/client.js'
import type { ScramClientKeys } from '../../src/mechanisms/scram/keys.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { directory, memoryStore } from '../../src/stores/index.js'
import { testMechanism } from '../../src/testing/index.js'
import { decoySecret } from './rehashing.js'

const scram = await makeStoredCredential('pencil', { scheme: 'SCRAM-SHA-256', iterations: 4096 })
const clear = parseStoredCredential('pencil', { hint: 'cleartext' })
const good = { authcid: 'user', password: 'pencil' }
const wrong = { authcid: 'user', password: 'pencils' }
const unknown = { authcid: 'resu', password: 'pencil' }
const asAdmin = { ...good, authzid: 'admin' }
const identity = { authcid: 'user' }

for (const [kind, credentials] of [
  ['keys', [[scram, clear]]],
  ['cleartext', [clear]],
] as const) {
  const store = await memoryStore([{ name: 'user', credentials }])
  const { verifyPassword, secret } = directory(store, { decoySecret })

  describe(kind, () => {
    testMechanism({
      test,
      client: plainClient(good),
      server: plainServer,
      directory: { verifyPassword },
      identity,
      altered: 'refused',
      wrongSecret: plainClient(wrong),
      unknownUser: plainClient(unknown),
      actingAs: { client: plainClient(asAdmin), authzid: 'admin' },
    })
    testMechanism({
      test,
      client: loginClient(good),
      server: loginServer,
      directory: { verifyPassword },
      identity,
      altered: 'harmless',
      wrongSecret: loginClient(wrong),
      unknownUser: loginClient(unknown),
    })
    testMechanism({
      test,
      client: cramMd5Client(good),
      server: cramMd5Server,
      directory: { secret },
      identity,
      altered: 'refused',
      replayed: 'refused',
      wrongSecret: cramMd5Client(wrong),
      unknownUser: cramMd5Client(unknown),
    })
  })
}

/** Keys by name alone: an altered salt is then no reason to stretch the password anew. */
let kept: ScramClientKeys | undefined
const keyCache = {
  get: () => kept,
  set: (_: string, made: ScramClientKeys) => {
    kept = made
  },
}
const { scramCredentials } = directory(await memoryStore([{ name: 'user', credentials: [scram] }]), {
  decoySecret,
})

testMechanism({
  test,
  client: scramClient('SHA-256', good, { keyCache }),
  server: (from) => scramServer('SHA-256', from, { decoySecret, decoyIterations: 4096 }),
  directory: { scramCredentials },
  identity,
  altered: 'refused',
  replayed: 'refused',
  wrongSecret: scramClient('SHA-256', wrong),
  unknownUser: scramClient('SHA-256', unknown),
  actingAs: { client: scramClient('SHA-256', asAdmin, { keyCache }), authzid: 'admin' },
})
