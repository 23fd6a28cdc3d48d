/** A file that Apache's htpasswd, an editor and a shell change, while our store has it open. */
import assert from 'node:assert/strict'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Verdict } from 'saslkit'
import { type FileEvent, type FileStore, type FileStoreOptions, htpasswdStore } from 'saslkit/node'
import { directory } from 'saslkit/stores'
import { run, stop } from './peers/process.ts'
import { requireTool } from './peers/require-tool.ts'
import { temporaryFolder } from './peers/temporary-folder.ts'
import { giveTo, startUnprivileged, unprivileged } from './peers/unprivileged.ts'

const { skip } = requireTool('apache2-utils', 'htpasswd', '-nbs', 'x', 'x')

const context = { connection: { secure: true } }
/** Every change counts at once: its writer has ended before we look. */
const LATER = { now: () => Date.now() + 86_400_000 }

async function must(command: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run(command, args)
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stderr}`)
  return stdout
}

const htpasswd = (...args: readonly string[]) => must('htpasswd', '-b', ...args)

interface Watched {
  readonly path: string
  readonly store: FileStore
  readonly events: readonly FileEvent[]
  verdict(name: string, password: string): Promise<Verdict | string>
}

/** A file of htpasswd's own, with Ann in it, whose password is "a". */
async function watched(options: FileStoreOptions = LATER): Promise<Watched> {
  const path = join(temporaryFolder(), 'htpasswd')
  await htpasswd('-cs', path, 'ann', 'a')
  const events: FileEvent[] = []
  const store = await htpasswdStore(path, { ...options, log: (event) => events.push(event) })
  const { verifyPassword } = directory(store, { decoySecret: new Uint8Array(32) })
  return {
    path,
    store,
    events,
    async verdict(name, password) {
      try {
        return await verifyPassword(name, password, context)
      } catch (error) {
        return error instanceof Error && 'code' in error ? String(error.code) : String(error)
      }
    },
  }
}

const ANN = { authcid: 'ann' }
const BOB = { authcid: 'bob' }

describe('htpasswd', { skip: skip ?? false }, () => {
  test('passwords that it adds, changes and deletes, in each of its schemes', async () => {
    const { path, verdict, events } = await watched()
    for (const scheme of ['-m', '-2', '-5', '-B', '-s', '-d']) {
      assert.equal(await verdict('bob', `new${scheme}`), false)
      await htpasswd(scheme, path, 'bob', `old${scheme}`)
      assert.deepEqual(await verdict('bob', `old${scheme}`), BOB)
      await htpasswd(scheme, path, 'bob', `new${scheme}`)
      assert.equal(await verdict('bob', `old${scheme}`), false)
      assert.deepEqual(await verdict('bob', `new${scheme}`), BOB)
      await must('htpasswd', '-D', path, 'bob')
      assert.equal(await verdict('bob', `new${scheme}`), false)
    }
    assert.deepEqual(await verdict('ann', 'a'), ANN)
    assert.deepEqual(events, [])
  })

  test('it writes in place, again and again: every lookup finds all of what was there before or after', async () => {
    const path = join(temporaryFolder(), 'htpasswd')
    const [line = ''] = (await must('htpasswd', '-nbs', 'x', 'secret')).split('\n')
    const hash = line.slice('x:'.length)
    // Long enough for several writes of the program's.
    const users = Array.from({ length: 2000 }, (_, at) => `user${at}`)
    writeFileSync(path, users.map((user) => `${user}:${hash}\n`).join(''))
    const { ino } = statSync(path)
    const events: FileEvent[] = []
    const store = await htpasswdStore(path, { log: (event) => events.push(event) })

    let writing = true
    let lookups = 0
    const looking = (async () => {
      while (writing) {
        for (const user of ['user0', 'user1000', 'user1999'])
          assert.equal((await store.find(user, context)).length, 1, user)
        assert.ok(store.size === 2000 || store.size === 2001, String(store.size))
        lookups++
        await sleep(1)
      }
    })()
    for (let time = 0; time < 40; time++) {
      await htpasswd('-s', path, 'bob', `b${time}`)
      if (time % 2) await must('htpasswd', '-D', path, 'bob')
    }
    await htpasswd('-s', path, 'bob', 'last')
    writing = false
    await looking
    assert.equal(statSync(path).ino, ino, 'it does not rename: what is proved here is of use')
    assert.ok(lookups > 100, String(lookups))
    await sleep(1100)
    const { verifyPassword } = directory(store, { decoySecret: new Uint8Array(32) })
    assert.deepEqual(await verifyPassword('bob', 'last', context), BOB)
    assert.equal(await verifyPassword('bob', 'b39', context), false)
    assert.deepEqual(events, [])
  })

  test('a file that is deleted is temporary, and found again when it is made again', async () => {
    const { path, verdict } = await watched()
    await must('rm', path)
    assert.equal(await verdict('ann', 'a'), 'ENOENT')
    assert.equal(await verdict('nobody', 'a'), 'ENOENT')
    await htpasswd('-cs', path, 'bob', 'b')
    assert.deepEqual(await verdict('bob', 'b'), BOB)
    assert.equal(await verdict('ann', 'a'), false)
    await must('rm', path)
    await must('mkdir', path)
    assert.match(String(await verdict('bob', 'b')), /not a regular file/)
  })

  test('what editors do: another file by rename, a backup first, a link', async () => {
    const { path, verdict } = await watched()
    await must('sed', '-i', 's/^ann:/bob:/', path)
    assert.deepEqual(await verdict('bob', 'a'), BOB)
    assert.equal(await verdict('ann', 'a'), false)
    // vim's way with 'backupcopy' off: the old file goes aside, and for a moment there is none.
    await must('mv', path, `${path}~`)
    assert.equal(await verdict('bob', 'a'), 'ENOENT')
    await must('cp', '-p', `${path}~`, path)
    assert.deepEqual(await verdict('bob', 'a'), BOB)
    await htpasswd('-cs', `${path}.1`, 'ann', 'a')
    await must('ln', '-sf', `${path}.1`, path)
    assert.deepEqual(await verdict('ann', 'a'), ANN)
    await htpasswd('-cs', `${path}.2`, 'bob', 'b')
    await must('ln', '-sfn', `${path}.2`, path)
    assert.deepEqual(await verdict('bob', 'b'), BOB)
    assert.equal(await verdict('ann', 'a'), false)
  })

  test('a file that is cut within a line is not used; one that is cut to nothing has nobody in it', async () => {
    const { path, store, verdict, events } = await watched()
    await htpasswd('-s', path, 'bob', 'b')
    assert.deepEqual(await verdict('bob', 'b'), BOB)
    for (const size of [1, 5, 20, readFileSync(path).length - 1]) {
      await must('truncate', '-s', String(size), path)
      assert.deepEqual(await verdict('ann', 'a'), ANN)
      assert.deepEqual(await verdict('bob', 'b'), BOB)
    }
    assert.deepEqual(
      events.map(({ kind }) => kind),
      Array.from({ length: 4 }, () => 'file-refused'),
    )
    await assert.rejects(store.refresh(), /last line does not end/)
    await must('truncate', '-s', '0', path)
    assert.equal(await verdict('ann', 'a'), false)
    assert.equal(store.size, 0)
  })

  test('a file that may not be read any more is temporary, and its accounts are not let in from memory', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'htpasswd')
    await htpasswd('-cs', path, 'ann', 'a')
    giveTo(folder, await unprivileged())
    const program = join(import.meta.dirname, 'peers/ask-store.ts')
    const child = startUnprivileged(process.execPath, [program, path], { cwd: import.meta.dirname })
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const ask = async (line: string): Promise<unknown> => {
      child.stdin.write(`${line}\n`)
      return JSON.parse((await answers.next()).value ?? 'null')
    }
    try {
      assert.equal((await answers.next()).value, 'ready')
      assert.deepEqual(await ask('ann a'), ANN)
      chmodSync(path, 0o000)
      assert.deepEqual(await ask('ann a'), { thrown: 'EACCES' })
      assert.deepEqual(await ask('bob a'), { thrown: 'EACCES' })
      chmodSync(path, 0o600)
      assert.deepEqual(await ask('ann a'), ANN)
      chmodSync(folder, 0o000)
      assert.deepEqual(await ask('ann a'), { thrown: 'EACCES' })
      chmodSync(folder, 0o755)
      assert.deepEqual(await ask('ann a'), ANN)
      assert.equal(await ask('ann b'), false)
    } finally {
      await stop(child)
    }
  })
})
