import { parseStoredCredential } from '../../credentials/parse.js'
import { StoredCredential } from '../../credentials/stored-credential.js'
import { cramMd5Client, cramMd5Server } from '../../mechanisms/cram-md5.js'
import { plainClient, plainServer } from '../../mechanisms/plain.js'
import { scramClient } from '../../mechanisms/scram/client.js'
import { scramServer } from '../../mechanisms/scram/server.js'
import { utf8 } from '../../octets.js'
import type { ClientMechanism, ServerMechanism } from '../../step.js'
import { directory, type StoreDirectory } from '../../stores/directory.js'
import type { Store } from '../../stores/store.js'
import type { StoreEvent } from '../../stores/store-event.js'
import { converse, type Outcome, pair } from '../mechanism/converse.js'
import { expect, expectFailure, expectIdentity } from '../mechanism/expect.js'
import { HOSTILE_NAMES } from './hostile-names.js'
import { kept, PASSWORD, type StoreUnderTest, secure } from './under-test.js'

export const directoryOver = (
  store: Store,
  { prepare }: StoreUnderTest,
  log?: (event: StoreEvent) => void,
): StoreDirectory =>
  directory(store, { decoySecret: utf8('sixteen octets at least'), typical: [], prepare, log })

/** A mechanism that a store can be asked by. */
export interface Asking {
  readonly name: string
  readonly client: (authcid: string, password: string) => ClientMechanism
  readonly server: (from: StoreDirectory) => ServerMechanism
}

const ASKING: readonly Asking[] = [
  {
    name: 'PLAIN',
    client: (authcid, password) => plainClient({ authcid, password }),
    server: (from) => plainServer(from, { prepare: 'none' }),
  },
  {
    name: 'SCRAM-SHA-256',
    client: (authcid, password) => scramClient('SHA-256', { authcid, password }, { prepare: 'none' }),
    server: (from) => scramServer('SHA-256', from, { prepare: 'none' }),
  },
  {
    name: 'CRAM-MD5',
    client: (authcid, password) => cramMd5Client({ authcid, password }),
    server: (from) => cramMd5Server(from, { prepare: 'none' }),
  },
]

/** Those that what the store keeps can answer. */
export async function askingBy(store: StoreUnderTest, made: Store): Promise<readonly Asking[]> {
  const one = await kept(store)
  const { serves } = one instanceof StoredCredential ? one : parseStoredCredential(one, made.parse)
  return ASKING.filter(({ name }) =>
    (serves as readonly string[]).includes(name === 'PLAIN' ? 'password' : name),
  )
}

export const login = (
  asking: Asking,
  from: StoreDirectory,
  authcid: string,
  password: string,
  signal?: AbortSignal,
): Promise<Outcome> =>
  converse(pair(asking.client(authcid, password), asking.server(from), secure, { ...secure, signal }))

/** That whoever is in a store gets in by it, and nobody else does. */
export function testStoreLogins(store: StoreUnderTest): void {
  const { test, make, cannotHold = () => false } = store

  test('right passwords let accounts in, wrong ones and unknown names end alike', async () => {
    const made = await make([{ name: 'user', credentials: [await kept(store)] }])
    const from = directoryOver(made, store)
    for (const asking of await askingBy(store, made)) {
      expectIdentity((await login(asking, from, 'user', PASSWORD)).server, { authcid: 'user' }, asking.name)
      const wrong = await login(asking, from, 'user', 'eraser')
      const unknown = await login(asking, from, 'resu', PASSWORD)
      for (const { server } of [wrong, unknown]) expectFailure(server, asking.name, 'invalid-credentials')
    }
  })

  test('an account that may not come in is told so once it has proved itself', async () => {
    if (store.noRefusals) return
    const made = await make([{ name: 'user', credentials: [await kept(store)], refused: 'account-disabled' }])
    const from = directoryOver(made, store)
    for (const asking of await askingBy(store, made)) {
      expectFailure((await login(asking, from, 'user', PASSWORD)).server, asking.name, 'account-disabled')
      expectFailure((await login(asking, from, 'user', 'eraser')).server, asking.name, 'invalid-credentials')
    }
  })

  test('odd names log in as themselves, and as nobody else', async () => {
    const names = HOSTILE_NAMES.filter((name) => !cannotHold(name))
    const credentials = [await kept(store)]
    for (const name of names) {
      const from = directoryOver(await make([{ name, credentials }]), store)
      for (const asked of new Set([name, 'user', 'somebody'])) {
        const verdict = await from.verifyPassword(asked, PASSWORD, secure)
        const authcid = typeof verdict === 'object' && 'authcid' in verdict ? verdict.authcid : undefined
        expect(
          asked === name ? authcid === name : verdict === false,
          `${JSON.stringify(asked)} among ${JSON.stringify(name)}: ${JSON.stringify(verdict)}`,
        )
      }
    }
  })

  test('two accounts of one name let nobody in', async () => {
    const credentials = [await kept(store)]
    const twice = { name: 'user', credentials }
    let made: Store
    try {
      made = await make([twice, { ...twice }])
    } catch {
      return // which is better still
    }
    const events: StoreEvent[] = []
    const from = directoryOver(made, store, (event) => events.push(event))
    for (const asking of await askingBy(store, made))
      expectFailure((await login(asking, from, 'user', PASSWORD)).server, asking.name, 'temporary')
    expect(events.length > 0 && events.every(({ kind }) => kind === 'ambiguous-name'), 'the log is not told')
  })
}
