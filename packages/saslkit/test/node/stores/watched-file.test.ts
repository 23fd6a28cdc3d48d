/** A file is read when it has changed and its writer is done, whole or not at all. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { test } from 'node:test'
import { type FileEvent, type FileStore, htpasswdStore, passwdFileStore } from '../../../src/node/index.js'
import type { Context } from '../../../src/step.js'
import { temporaryFile } from './temporary-file.js'

const context: Context = { connection: { secure: true } }

/** A clock that is always a day past what the file system has. */
const later = { now: () => Date.now() + 86_400_000 }

const names = async (store: FileStore, ...asked: readonly string[]): Promise<string> => {
  const there: string[] = []
  for (const name of asked) if ((await store.find(name, context)).length) there.push(name)
  return there.join()
}

const passwd = (...users: readonly string[]): string => users.map((user) => `${user}:{PLAIN}x\n`).join('')

test('what is written in place is read at the next lookup, and so is what is renamed into it', async () => {
  const path = temporaryFile(passwd('a', 'b'))
  const store = await passwdFileStore(path, later)
  assert.equal(await names(store, 'a', 'b', 'c'), 'a,b')
  writeFileSync(path, passwd('b', 'c'))
  assert.equal(await names(store, 'a', 'b', 'c'), 'b,c')
  assert.equal(store.size, 2)
  renameSync(temporaryFile(passwd('c')), path)
  assert.equal(await names(store, 'a', 'b', 'c'), 'c')
  assert.equal(store.census!().kinds[0]!.accounts, 1)
  appendFileSync(path, passwd('a'))
  assert.equal(await names(store, 'a', 'b', 'c'), 'a,c')
})

test('a file of the same length and times is another all the same', async () => {
  const path = temporaryFile(passwd('a'))
  const { atime, mtime } = statSync(path)
  const store = await passwdFileStore(path, later)
  const other = temporaryFile(passwd('b'))
  utimesSync(other, atime, mtime)
  renameSync(other, path)
  assert.equal(await names(store, 'a', 'b'), 'b')
})

test('a link that is turned to another file is followed', async () => {
  const [one, other, link] = [temporaryFile(passwd('a')), temporaryFile(passwd('b')), temporaryFile()]
  symlinkSync(one, link)
  const store = await passwdFileStore(link, later)
  assert.equal(await names(store, 'a', 'b'), 'a')
  rmSync(link)
  symlinkSync(other, link)
  assert.equal(await names(store, 'a', 'b'), 'b')
})

test('a file that was written just now is left alone until its writer must be done', async () => {
  const path = temporaryFile(passwd('a', 'b'))
  let now = Date.now() + 10_000
  const store = await passwdFileStore(path, { now: () => now })
  truncateSync(path)
  now = statSync(path).ctimeMs + 999
  assert.equal(await names(store, 'a', 'b'), 'a,b', 'emptied, to be written')
  appendFileSync(path, passwd('c'))
  now = statSync(path).ctimeMs + 999
  assert.equal(await names(store, 'a', 'b', 'c'), 'a,b', 'half of it')
  appendFileSync(path, passwd('d'))
  now = statSync(path).ctimeMs + 1001
  assert.equal(await names(store, 'a', 'b', 'c', 'd'), 'c,d')
})

/** A clock that counts how often it is asked, which is once where a file is looked at, and once more where it is read. */
function countingClock(first: number) {
  const clock = { time: first, asked: 0, now: () => clock.time + 0 * clock.asked++ }
  return clock
}

test('what was read just after it was written is read once more', async () => {
  const path = temporaryFile(passwd('a'))
  const clock = countingClock(statSync(path).ctimeMs + 1)
  const store = await passwdFileStore(path, { now: clock.now })
  await names(store, 'a')
  clock.time += 2000
  clock.asked = 0
  await names(store, 'a')
  assert.equal(clock.asked, 2)
  await names(store, 'a')
  assert.equal(clock.asked, 2, 'and not a third time')
})

test('a file that was refused is not read again until it changes', async () => {
  const path = temporaryFile(passwd('a'))
  const clock = countingClock(Date.now() + 86_400_000)
  const store = await passwdFileStore(path, { now: clock.now })
  writeFileSync(path, 'a')
  await names(store, 'a')
  clock.asked = 0
  await names(store, 'a')
  assert.equal(clock.asked, 0)
})

/** Something that happens to a file between two looks at it. */
const meanwhile = (path: string, at: number, happens: () => void) => {
  let asked = 0
  return {
    now: () => {
      if (++asked === at) happens()
      return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0
    },
    settle: 0,
  }
}

test('what is written while it is read is not used', async () => {
  for (const happens of [passwd('a', 'c'), passwd('c'), '']) {
    const path = temporaryFile(passwd('a'))
    const events: FileEvent[] = []
    const store = await passwdFileStore(path, {
      ...meanwhile(path, 3, () => writeFileSync(path, happens)),
      log: (event) => events.push(event),
    })
    writeFileSync(path, passwd('b'))
    assert.equal(await names(store, 'a'), 'a')
    assert.match(String(events[0]?.cause), /written while it was read/)
    assert.equal(await names(store, 'b'), '')
    const first = temporaryFile(passwd('a'))
    const writing = meanwhile(first, 1, () => writeFileSync(first, happens))
    await assert.rejects(passwdFileStore(first, writing), /written while it was read/)
  }
})

test('what goes away between two looks at it is temporary', async () => {
  const path = temporaryFile(passwd('a'))
  const store = await passwdFileStore(
    path,
    meanwhile(path, 2, () => rmSync(path)),
  )
  writeFileSync(path, passwd('b', 'c'))
  await assert.rejects(names(store, 'b'), { code: 'ENOENT' })
})

test('a clock that is behind the file’s holds nothing up', async () => {
  const path = temporaryFile(passwd('a'))
  const store = await passwdFileStore(path, { now: () => 0 })
  writeFileSync(path, passwd('b'))
  assert.equal(await names(store, 'a', 'b'), 'b')
})

test('a file that is cut, or no text, or too long, is not used, and the log is told once', async () => {
  for (const [content, why] of [
    ['a:{PLAIN}x\nb:{PLA', /last line does not end/],
    ['b:{PLAIN}x', /last line does not end/],
    [Buffer.from('b:{PLAIN}x\xff\n', 'latin1'), /not UTF-8/],
    ['b:{PLAIN}x\n\0\n', /line 2: a NUL/],
    [passwd(...Array.from({ length: 20 }, (_, at) => `b${at}`)), /longer than 200 octets/],
  ] as const) {
    const path = temporaryFile(passwd('a'))
    const events: FileEvent[] = []
    const store = await passwdFileStore(path, {
      ...later,
      maxLength: 200,
      log: (event) => events.push(event),
    })
    writeFileSync(path, content)
    assert.equal(await names(store, 'a', 'b', 'a'), 'a,a', String(why))
    assert.equal(events.length, 1)
    const [event] = events
    assert.ok(event?.kind === 'file-refused' && event.path === path)
    assert.match(String(event.cause), why)
    await assert.rejects(store.refresh(), why)
    assert.equal(await names(store, 'a', 'b'), 'a')
    writeFileSync(path, passwd('b'))
    assert.equal(await names(store, 'a', 'b'), 'b', 'mended')
    await assert.rejects(passwdFileStore(temporaryFile(content), { maxLength: 200 }), why)
  }
})

test('a byte order mark is no part of the first name', async () => {
  const store = await passwdFileStore(temporaryFile(`\ufeff${passwd('a')}`))
  assert.deepEqual(
    (await store.find('a', context)).map(({ name }) => name),
    ['a'],
  )
  const comment = await passwdFileStore(temporaryFile('\ufeff# a:{PLAIN}x\n'))
  assert.equal(comment.size, 0)
})

test('a file of just the longest length is read', async () => {
  const content = passwd('a')
  const path = temporaryFile(content)
  assert.equal((await passwdFileStore(path, { maxLength: content.length })).size, 1)
  await assert.rejects(passwdFileStore(path, { maxLength: content.length - 1 }))
})

test('a line of htpasswd that is none refuses the file', async () => {
  for (const line of ['user', 'user:', ':x', ' ', '\t'].slice(0, 3)) {
    const path = temporaryFile('a:$apr1$x\n')
    const events: FileEvent[] = []
    const store = await htpasswdStore(path, { ...later, log: (event) => events.push(event) })
    writeFileSync(path, `b:$apr1$x\n${line}\n`)
    assert.equal(await names(store, 'a', 'b'), 'a')
    assert.match(String(events[0]?.cause), /line 2: not user:hash/)
  }
})

test('a file that is gone is temporary, and is found again when it is back', async () => {
  const path = temporaryFile(passwd('a'))
  const store = await passwdFileStore(path, later)
  rmSync(path)
  await assert.rejects(names(store, 'a'), { code: 'ENOENT' })
  await assert.rejects(store.refresh(), { code: 'ENOENT' })
  writeFileSync(path, passwd('a', 'b'))
  assert.equal(await names(store, 'a', 'b'), 'a,b')
  await assert.rejects(passwdFileStore(temporaryFile()), { code: 'ENOENT' })
})

test('a file that may not be read any more is temporary', {
  skip: process.getuid?.() === 0 && 'root may read all',
}, async () => {
  const path = temporaryFile(passwd('a'))
  const store = await passwdFileStore(path, later)
  chmodSync(path, 0)
  await assert.rejects(names(store, 'a'), { code: 'EACCES' })
})

test('a pipe is refused, and not waited for', async () => {
  const path = temporaryFile()
  execFileSync('mkfifo', [path])
  await assert.rejects(passwdFileStore(path), /not a regular file/)
})

test('whoever knows that the file is done can have it read at once', async () => {
  const path = temporaryFile(passwd('a'))
  const store = await passwdFileStore(path)
  writeFileSync(path, passwd('b'))
  assert.equal(await names(store, 'a', 'b'), 'a')
  await store.refresh()
  assert.equal(await names(store, 'a', 'b'), 'b')
})

test('lookups that come while the file is read wait for it, and read it once', async () => {
  const path = temporaryFile(passwd('a'))
  const clock = countingClock(Date.now() + 86_400_000)
  const store = await passwdFileStore(path, { now: clock.now })
  const users = Array.from({ length: 2000 }, (_, at) => `user${at}`)
  writeFileSync(path, passwd(...users))
  clock.asked = 0
  const found = await Promise.all(users.slice(0, 40).map((name) => store.find(name, context)))
  assert.ok(found.every((rows) => rows.length === 1))
  assert.equal(store.size, 2000)
  assert.ok(clock.asked <= 41, `read ${clock.asked - 40} times`)
})

test('whoever has it read while it is being read has it read again', async () => {
  const path = temporaryFile(passwd('a'))
  let refreshed: Promise<void> | undefined
  const store = await passwdFileStore(
    path,
    meanwhile(path, 3, () => {
      writeFileSync(path, passwd('c'))
      refreshed = store.refresh()
    }),
  )
  writeFileSync(path, passwd('b'))
  await names(store, 'a')
  await refreshed
  assert.equal(await names(store, 'a', 'b', 'c'), 'c')
})

test('a lookup that was aborted says so', async () => {
  const store = await passwdFileStore(temporaryFile(passwd('a')))
  const signal = AbortSignal.abort(new Error('enough'))
  await assert.rejects(store.find('a', { ...context, signal }), /enough/)
})

test('while a file is written over and over, every lookup finds all of one writing', async () => {
  const path = temporaryFile(passwd('a0', 'b0'))
  const store = await passwdFileStore(path, { settle: 0, log: () => {} })
  for (let round = 0; round < 60; round++) {
    const written = passwd(`a${round}`, ...Array.from({ length: 50 }, (_, at) => `x${at}`), `b${round}`)
    if (round % 2) renameSync(temporaryFile(written), path)
    else writeFileSync(path, written)
    const [a, b] = await Promise.all([store.find(`a${round}`, context), store.find(`b${round}`, context)])
    assert.equal(a.length, b.length, `round ${round}`)
  }
})
