/** Stores in files: what is wrong with a line is said by its number. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { FileEvent, FileStore } from '../../src/node/index.js'
import { temporaryFile } from '../node/stores/temporary-file.js'
import { connection } from './accounts.js'
import { assertSilent } from './assert-silent.js'
import { FILE_STORES } from './file-stores.js'
import { inProtest } from './in-protest.js'
import { PASSWORD, SENTINEL } from './sentinels.js'

const GOOD = 'user:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n'

const BROKEN: Readonly<Record<string, string>> = {
  'a password alone': `${PASSWORD}\n`,
  'a password for a name': `:${PASSWORD}\n`,
  'a password that is no hash': `user:${PASSWORD}\n`,
  'a NUL behind it': `user:${PASSWORD}\0\n`,
  'no end of the line': `user:${PASSWORD}`,
  'two of a name': `user:${PASSWORD}\nuser:${PASSWORD}x\n`,
  'a name with a control character': `us\u0007er:${PASSWORD}\n`,
  'a field too many': `user:${PASSWORD}:${SENTINEL}:${SENTINEL}:${SENTINEL}:${SENTINEL}:${SENTINEL}:user=%{${SENTINEL}}\n`,
  'fields that mean something': `user:${PASSWORD}::::::allow_nets=1.2.3.4/${PASSWORD} delay_until=${PASSWORD}\n`,
  'a name of its own': `user:${PASSWORD}::::::username=${PASSWORD} login_user=${PASSWORD}\n`,
}

for (const [maker, make] of Object.entries(FILE_STORES))
  describe(maker, () => {
    for (const [name, text] of Object.entries(BROKEN))
      test(`${name}, at first and later`, async () => {
        const events: FileEvent[] = []
        const options = { settle: 0, log: (event: FileEvent) => events.push(event) }
        await everyUse(await inProtest(() => make(temporaryFile(text), options)))

        const path = temporaryFile(GOOD)
        const store = await make(path, options)
        writeFileSync(path, text)
        await everyUse(store)
        assertSilent(await inProtest(() => store.refresh()), 'reading it again')
        assertSilent(events, 'the log')
      })

    test('a file that is not UTF-8', async () => {
      const octets = Buffer.concat([Buffer.from(`user:${PASSWORD}`), Buffer.of(0xff, 0x0a)])
      const error = await inProtest(() => make(temporaryFile(octets), {}))
      assert.ok(error instanceof Error)
      assertSilent(error, 'the error')
    })
  })

async function everyUse(store: unknown): Promise<void> {
  assertSilent(store, 'the store, or why there is none')
  if (store instanceof Error) return
  const { find, census, sameName } = store as FileStore
  assertSilent([census()], 'its census')
  for (const name of ['user', 'nobody', SENTINEL.slice(0, 2)]) {
    // A row is as the file has it; what keeps it from being given is not to quote it.
    const found = await inProtest(() => find(name, { connection }))
    if (found instanceof Error) assertSilent(found, 'what find throws')
    assertSilent(await inProtest(() => sameName(name, name)), 'whose name it is')
  }
}
