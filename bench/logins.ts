/** What a first login costs over its PBKDF2, and what eight at once do to the event loop. */
import { pbkdf2 } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { makeScramCredentials, saslClient, saslServer } from 'saslkit'
import { loginAwaited } from './exchanges/login.ts'
import { median } from './median.ts'
import { type Section, table } from './section.ts'

const salt = new Uint8Array(16).fill(7)
const connection = { secure: true }
const policy = { mechanisms: ['SCRAM-SHA-256'] }

/** A first login, whose keys nobody has cached: one PBKDF2, on the client. */
async function loginAt(iterations: number): Promise<() => Promise<void>> {
  const credentials = await makeScramCredentials('SHA-256', 'pencil', { salt, iterations })
  const server = saslServer({
    directory: { scramCredentials: () => credentials },
    decoySecret: new Uint8Array(32),
    policy,
  })
  const client = saslClient({ authcid: 'user', password: 'pencil' }, policy)
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

async function overPbkdf2(iterations: number, times: number): Promise<number> {
  const login = await loginAt(iterations)
  const bare = () => promisify(pbkdf2)('pencil', salt, iterations, 32, 'sha256')
  await milliseconds(login, 10 * times) // until V8 has done its work
  const ratios: number[] = []
  for (let round = 0; round < 9; round++)
    ratios.push((await milliseconds(login, times)) / (await milliseconds(bare, times)))
  return median(ratios)
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
  const sizes = [4096, 65_536]
  const ratios: number[] = []
  for (const iterations of sizes) ratios.push(await overPbkdf2(iterations, iterations > 10_000 ? 3 : 40))

  const login = await loginAt(65_536)
  const above: number[] = []
  for (let round = 0; round < 5; round++) {
    const idle = await delayWhile(() => wait(500))
    const busy = await delayWhile(() => Promise.all(Array.from({ length: 8 }, login)))
    above.push(busy - idle)
  }
  const worst = Math.max(...ratios)
  const late = Math.max(0, median(above))
  return {
    title: 'First logins (SCRAM-SHA-256, no keys cached)',
    lines: table(
      ['', 'measured'],
      [
        ...sizes.map((size, i) => [
          `CPU time of a login over that of crypto.pbkdf2, at ${size.toLocaleString('en')}`,
          ratios[i]!.toFixed(3),
        ]),
        [
          'event loop delay while 8 logins at 65,536 run, 99th percentile above idle',
          `${late.toFixed(2)} ms`,
        ],
      ],
    ),
    targets: [
      {
        name: 'a login over crypto.pbkdf2 of the same size',
        wanted: 'at most 1.1',
        measured: worst.toFixed(3),
        met: worst <= 1.1,
      },
      {
        name: 'event loop delay while 8 logins run',
        wanted: 'under 5 ms',
        measured: `${late.toFixed(2)} ms`,
        met: late < 5,
      },
    ],
  }
}
