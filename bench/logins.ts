/** What a first login costs over its PBKDF2, and what eight at once do to the event loop. */
import { pbkdf2 } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { makeScramCredentials, type ScramClientKeys, saslClient, saslServer } from 'saslkit'
import { loginAwaited } from './exchanges/login.ts'
import { median } from './median.ts'
import { type Section, table } from './section.ts'

const salt = new Uint8Array(16).fill(7)
const connection = { secure: true }
const policy = { mechanisms: ['SCRAM-SHA-256'] } as const

/** A login, both halves. Without a cache it is a first one: one PBKDF2, on the client. */
async function loginAt(
  iterations: number,
  keyCache?: Map<string, ScramClientKeys>,
): Promise<() => Promise<void>> {
  const credentials = await makeScramCredentials('SHA-256', 'pencil', { salt, iterations })
  const server = saslServer({
    directory: { scramCredentials: () => credentials },
    decoySecret: new Uint8Array(32),
    policy,
  })
  const client = saslClient({ authcid: 'user', password: 'pencil' }, { ...policy, keyCache })
  return () =>
    loginAwaited(
      client.select(server.offer(connection), connection),
      server.begin('SCRAM-SHA-256', connection),
    )
}

async function milliseconds(work: () => Promise<unknown>, times: number): Promise<number> {
  const start = process.cpuUsage()
  for (let i = 0; i < times; i++) await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e3 / times
}

/** A first login, and what of it is not there when keys are cached, each over crypto.pbkdf2. */
interface Cost {
  readonly whole: number
  readonly derivation: number
}

async function overPbkdf2(iterations: number, times: number): Promise<Cost> {
  const first = await loginAt(iterations)
  const next = await loginAt(iterations, new Map())
  const bare = () => promisify(pbkdf2)('pencil', salt, iterations, 32, 'sha256')
  await next()
  const wholes: number[] = []
  const derivations: number[] = []
  for (let round = 0; round < 9; round++) {
    const [login, cached] = [await milliseconds(first, times), await milliseconds(next, times)]
    const pure = await milliseconds(bare, times)
    wholes.push(login / pure)
    derivations.push((login - cached) / pure)
  }
  return { whole: median(wholes), derivation: median(derivations) }
}

/** The 99th percentile, in milliseconds, of how late a timer of one millisecond is. */
async function delayWhile(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await work()
  delay.disable()
  return delay.percentile(99) / 1e6
}

export async function logins(): Promise<Section> {
  await milliseconds(await loginAt(4096), 2500) // until V8 has done its work
  const sizes = [4096, 65_536]
  const costs: Cost[] = []
  for (const iterations of sizes) costs.push(await overPbkdf2(iterations, iterations > 10_000 ? 5 : 60))

  const login = await loginAt(65_536)
  const above: number[] = []
  for (let round = 0; round < 5; round++) {
    const idle = await delayWhile(() => wait(500))
    const busy = await delayWhile(() => Promise.all(Array.from({ length: 8 }, login)))
    above.push(busy - idle)
  }
  const worst = Math.max(...costs.map(({ derivation }) => derivation))
  const late = Math.max(0, median(above))
  return {
    title: 'First logins (SCRAM-SHA-256, no keys cached)',
    lines: table(
      ['CPU time', 'measured'],
      [
        ...sizes.flatMap((size, i) => [
          [
            `a login, both halves, over crypto.pbkdf2 at ${size.toLocaleString('en')}`,
            costs[i]!.whole.toFixed(3),
          ],
          ['… what its PBKDF2 adds to it, over the same', costs[i]!.derivation.toFixed(3)],
        ]),
        [
          'event loop delay while 8 logins at 65,536 run, 99th percentile above idle',
          `${late.toFixed(2)} ms`,
        ],
      ],
    ),
    targets: [
      {
        name: 'the PBKDF2 of a login over crypto.pbkdf2, CPU time, median of rounds',
        asked: 'core',
        wanted: ['at most', 1.1],
        value: worst,
        digits: 3,
      },
      {
        name: 'event loop delay while 8 logins run, 99th percentile above idle',
        asked: 'core',
        wanted: ['under', 5],
        unit: 'ms',
        value: late,
      },
    ],
  }
}
