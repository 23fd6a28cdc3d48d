/** A file that changes again while it is read: whoever has seen the newer one is not answered by the older. */
import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { htpasswdStore } from '../../../src/node/index.js'
import { type FileEvent, type WatchedFile, watchedFile } from '../../../src/node/stores/watched-file.js'
import { temporaryFile } from './temporary-file.js'

/** A clock that is always a day past what the file system has. */
const later = { now: () => Date.now() + 86_400_000 }

/** Something to wait for. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

interface Slow {
  readonly file: WatchedFile<string>
  readonly read: readonly string[]
  readonly events: readonly FileEvent[]
  /** Another file is there from now on. */
  put(text: string): void
  /** That the reading of the slow version has come as far as its lines. */
  begun(): Promise<void>
  /** Lets it end. */
  end(): void
}

/** A file whose second version takes as long to read as the test says, and which is refused where it says "bad". */
async function slowFile(slow: string): Promise<Slow> {
  const path = temporaryFile('one\n')
  const [began, ended] = [gate(), gate()]
  const read: string[] = []
  const events: FileEvent[] = []
  const file = await watchedFile(
    path,
    async (text) => {
      read.push(text)
      if (text === slow) {
        began.open()
        await ended.opened
      }
      if (text.includes('bad')) throw new Error('line 1: bad')
      return text
    },
    { ...later, log: (event) => events.push(event) },
  )
  return {
    file,
    read,
    events,
    put: (text) => renameSync(temporaryFile(text), path),
    begun: () => began.opened,
    end: () => ended.open(),
  }
}

for (const slow of ['two, bad\n', 'two\n'])
  test(`whoever comes while "${slow.trim()}" is read, and has seen what came after it, gets that`, async () => {
    const { file, read, events, put, begun, end } = await slowFile(slow)
    put(slow)
    const first = file.current()
    await begun()
    put('three\n')
    const others = [file.current(), file.current()]
    // Both have looked at the file, and wait: a look is done well before a file is opened, read and closed.
    await Promise.all(others.map((one) => Promise.race([one, looked()])))
    end()
    await first
    assert.deepEqual(await Promise.all(others), ['three\n', 'three\n'])
    assert.equal(await file.current(), 'three\n')
    assert.deepEqual(read, ['one\n', slow, 'three\n'], 'each is read once')
    assert.equal(events.length, slow.includes('bad') ? 1 : 0)
  })

/** Long enough for a stat that was begun before: each is a turn of the pool that does them. */
async function looked(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await stat('.')
}

test('what is no number of milliseconds or octets is refused', async () => {
  const path = temporaryFile('')
  for (const settle of [Number.NaN, -1, Number.POSITIVE_INFINITY, '1000' as unknown as number])
    await assert.rejects(htpasswdStore(path, { settle }), { name: 'RangeError', message: /^settle: / })
  for (const maxLength of [Number.NaN, -1])
    await assert.rejects(htpasswdStore(path, { maxLength }), { name: 'RangeError', message: /^maxLength: / })
  await htpasswdStore(path, { settle: 0, maxLength: Number.POSITIVE_INFINITY })
})
