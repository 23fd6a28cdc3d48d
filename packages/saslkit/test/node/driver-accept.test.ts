import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptedLogin, Refused } from '../../src/node/index.js'
import { eachDialect, GOOD, openServer, step, WRONG } from './driver-dialects.js'
import { b64, directory, front, rawClient } from './driver-ends.js'

const left = (login: AcceptedLogin): string => String(login.socket.read() ?? '')

eachDialect((dialect) => {
  const { profile, auth, challenge, success, failure } = dialect

  test('an exchange with an initial response, and without', async (t) => {
    const { port, outcomes } = await front(t, profile, { server: await openServer() })
    const one = await rawClient(t, port)
    await dialect.ready(one)
    await step(one, auth(`PLAIN ${GOOD}`), success)
    const other = await rawClient(t, port)
    await dialect.ready(other)
    await step(other, auth('plain'), challenge)
    await step(other, `${GOOD}\r\n`, success)
    for (const outcome of outcomes)
      assert.deepEqual((await outcome)?.identity, { authcid: 'tim', authzid: undefined })
  })

  test('a client that leaves in the middle of an attempt is told of', async (t) => {
    const refused: Refused[] = []
    const { port, outcomes } = await front(t, profile, {
      server: await openServer(),
      onRefused: (refusal) => void refused.push(refusal),
    })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    await step(raw, auth('CRAM-MD5'), challenge)
    raw.socket.destroy()
    assert.equal(await outcomes[0], undefined)
    assert.deepEqual(
      refused.map(({ mechanism, reason }) => [mechanism, reason]),
      [['CRAM-MD5', 'aborted']],
    )
  })

  test('what cannot be right fails, and the next attempt may succeed', async (t) => {
    const accounts = await directory()
    const refused: Refused[] = []
    const { port, outcomes } = await front(t, profile, {
      server: await openServer(accounts),
      maxFailures: 100,
      onRefused: (refusal) => void refused.push(refusal),
    })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    await step(raw, auth('PLAIN ='), failure.malformed)
    await step(raw, auth('PLAIN AA'), failure.malformed)
    await step(raw, auth('PLAIN *'), failure.malformed)
    await step(raw, auth('CRAM-MD5 ='), failure.malformed)
    await step(raw, auth('DIGEST-MD5'), failure.mechanism)
    await step(raw, auth('__proto__'), failure.mechanism)
    await step(raw, auth('SCRAM-SHA-256-PLUS'), failure.mechanism)
    await step(raw, auth(`${'A'.repeat(21)} =`), failure.mechanism)
    for (const response of ['=', 'AA', '{4}', '{4+}', 'AAAA AAAA', '"AAAA"', 'NOOP', ' ', '**']) {
      await step(raw, auth('PLAIN'), challenge)
      await step(raw, `${response}\r\n`, failure.malformed)
    }
    await step(raw, auth('PLAIN'), challenge)
    await step(raw, '\r\n', failure.malformed) // an empty response is one, and no PLAIN message
    for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5']) {
      await step(raw, auth(mechanism), challenge)
      await step(raw, '*\r\n', failure.aborted)
    }
    await step(raw, auth('LOGIN'), challenge)
    await step(raw, `${b64('tim')}\r\n`, challenge)
    await step(raw, '*\r\n', failure.aborted)
    assert.equal(accounts.asked, 0, 'nobody was asked')
    await step(raw, auth(`PLAIN ${WRONG}`), failure.credentials)
    await step(raw, auth(`PLAIN ${b64('\0nobody\0x')}`), failure.credentials)
    await step(raw, auth(`PLAIN ${GOOD}`), success)
    assert.equal(accounts.asked, 3)
    assert.equal((await outcomes[0])?.mechanism, 'PLAIN')
    assert.deepEqual(
      refused.slice(-2).map(({ mechanism, reason }) => [mechanism, reason]),
      [
        ['PLAIN', 'invalid-credentials'],
        ['PLAIN', 'invalid-credentials'],
      ],
    )
    assert.equal(refused.filter(({ reason }) => reason === 'aborted').length, 4)
    // A log has what was wrong with each response.
    for (const { mechanism, reason, cause } of refused)
      if (mechanism && reason === 'malformed') assert.ok(cause instanceof Error)
  })

  test('what comes behind a command to authenticate is a response', async (t) => {
    const { port, outcomes } = await front(t, profile, { server: await openServer() })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    // No command of this is served: the first is the response, the second is the next command.
    raw.say(`${auth('PLAIN')}${dialect.noop}${dialect.noop}`)
    await raw.hear(challenge)
    await raw.hear(failure.malformed)
    await raw.hear(dialect.noopReply)
    raw.say(`${auth('PLAIN')}${GOOD}\r\nFIRST\r\nSECOND`)
    await raw.hear(challenge)
    await raw.hear(success)
    const login = await outcomes[0]
    assert.equal(login && left(login), 'FIRST\r\nSECOND', 'what comes behind success is for the application')
  })

  test('after three failures the connection is closed', async (t) => {
    const accounts = await directory()
    const { port, outcomes } = await front(t, profile, { server: await openServer(accounts) })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(auth(`PLAIN ${WRONG}`).repeat(3) + auth(`PLAIN ${GOOD}`))
    for (let i = 0; i < 3; i++) await raw.hear(failure.credentials)
    const rest = await raw.rest()
    const words = { smtp: '421 4.7.0 Closing connection\r\n', imap: '* BYE Closing connection\r\n', pop3: '' }
    assert.equal(rest, words[dialect.name])
    assert.equal(accounts.asked, 3)
    assert.equal(await outcomes[0], undefined)
  })

  test('bare CR, bare LF and NUL end the connection, in a command and in a response', async (t) => {
    const accounts = await directory()
    const server = await openServer(accounts)
    const ends = { smtp: /^501 5\.5\.2 .*\r\n/, imap: /^\* BYE .*\r\n/, pop3: /^-ERR Lines .*\r\n/ }
    for (const bad of ['\n', '\rx\r\n', '\0\r\n', '\r\r\n']) {
      const { port, outcomes } = await front(t, profile, { server })
      const raw = await rawClient(t, port)
      await dialect.ready(raw)
      raw.say(auth(`PLAIN ${GOOD}`).replace('\r\n', bad))
      await raw.hear(ends[dialect.name])
      await raw.rest()
      assert.equal(await outcomes[0], undefined)
    }
    for (const bad of ['\n', '\rx\r\n', '\0\r\n', '\r\r\n']) {
      const { port, outcomes } = await front(t, profile, { server })
      const raw = await rawClient(t, port)
      await dialect.ready(raw)
      await step(raw, auth('PLAIN'), challenge)
      raw.say(GOOD + bad)
      await raw.hear(failure.malformed)
      await raw.rest()
      assert.equal(await outcomes[0], undefined)
    }
    assert.equal(accounts.asked, 0, 'nobody is asked')
  })

  test('lines end at their limits, even those that have no end', async (t) => {
    const tooLong = {
      smtp: /^500 5\.5\.6 .*\r\n/,
      imap: /^(\* BYE|a1 BAD) .*\r\n/,
      pop3: /^-ERR .* too long\r\n/,
    }
    const server = await openServer()
    const response = async (length: number, end: string) => {
      const { port, outcomes } = await front(t, profile, { server })
      const raw = await rawClient(t, port)
      await dialect.ready(raw)
      await step(raw, auth('PLAIN'), challenge)
      raw.say('A'.repeat(length) + end)
      return { raw, outcomes }
    }
    // Within the limit of a line, and too long a message all the same: it fails, and the connection stands.
    const within = await response(12_288, '\r\n')
    await within.raw.hear(tooLong[dialect.name])
    await step(within.raw, dialect.noop, dialect.noopReply)
    for (const end of ['\r\n', '\r', '']) {
      const beyond = await response(12_289 + (end === '\r\n' ? 0 : 1), end)
      await beyond.raw.hear(tooLong[dialect.name])
      await beyond.raw.rest()
      assert.equal(await beyond.outcomes[0], undefined)
    }
    const { port, outcomes } = await front(t, profile, { server })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say('A'.repeat(20_000))
    await raw.hear(tooLong[dialect.name])
    await raw.rest()
    assert.equal(await outcomes[0], undefined)
  })

  test('a directory that throws is a temporary failure, and its error is for the log alone', async (t) => {
    const cause = new Error('connection to 10.0.0.7 refused')
    const refused: Refused[] = []
    const { port } = await front(t, profile, {
      server: await openServer({
        verifyPassword() {
          throw cause
        },
        secret: () => undefined,
      }),
      onRefused: (refusal) => void refused.push(refusal),
    })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(auth(`PLAIN ${GOOD}`))
    const told = await raw.hear(failure.temporary)
    assert.ok(!told.includes('10.0.0.7'))
    assert.equal(refused[0]!.cause instanceof Error && refused[0]!.cause.cause, cause)
    assert.equal(refused[0]?.connection.remoteAddress, '127.0.0.1')
  })

  test('the client waits for what the application does with a refusal', async (t) => {
    let let_go = () => {}
    const held = new Promise<void>((resolve) => {
      let_go = resolve
    })
    const { port } = await front(t, profile, { server: await openServer(), onRefused: () => held })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(auth(`PLAIN ${WRONG}`))
    let told = false
    const hearing = raw.hear(failure.credentials).then(() => {
      told = true
    })
    const other = await rawClient(t, port)
    await dialect.ready(other) // another client was served meanwhile
    assert.equal(told, false)
    let_go()
    await hearing
  })

  test('an application that never has done with a refusal holds nobody after the client left or the signal', async (t) => {
    const ending = new AbortController()
    const { port, outcomes, sockets } = await front(t, profile, {
      server: await openServer(),
      onRefused: () => new Promise<void>(() => {}),
      signal: ending.signal,
    })
    const guess = async () => {
      const raw = await rawClient(t, port)
      await dialect.ready(raw)
      raw.say(auth(`PLAIN ${WRONG}`))
      return raw
    }
    ;(await guess()).socket.destroy()
    assert.equal(await outcomes[0], undefined)
    const staying = await guess()
    ending.abort(new Error('enough'))
    assert.equal(await outcomes[1], undefined)
    await staying.rest()
    assert.ok(sockets.size <= 2)
  })

  test('a refusal that the application cannot take comes through as it is', async (t) => {
    const { port, outcomes } = await front(t, profile, {
      server: await openServer(),
      onRefused: () => Promise.reject(new Error('log is full')),
    })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(auth(`PLAIN ${WRONG}`))
    await raw.rest()
    await assert.rejects(outcomes[0]!, /log is full/)
  })

  test('what the application throws comes through, and ends the connection', async (t) => {
    const { port, outcomes } = await front(t, profile, {
      server: await openServer(),
      onRefused() {
        throw new Error('log is full')
      },
    })
    const raw = await rawClient(t, port)
    await dialect.ready(raw)
    raw.say(auth(`PLAIN ${WRONG}`))
    await raw.rest()
    await assert.rejects(outcomes[0]!, /log is full/)
  })
})
