import { createInterface } from 'node:readline'

/** One whole exchange, from selection to success. It throws unless the login worked. */
export type Exchange = () => void | PromiseLike<void>

/**
 * Makes this process a contestant: each line of standard input asks for a case and a time in seconds, and is answered
 * with exchanges a second of CPU time of the whole process (threads of libuv and of the collector included), or "-"
 * where the case is unknown here.
 */
export async function serve(cases: ReadonlyMap<string, Exchange>): Promise<void> {
  for await (const line of createInterface(process.stdin)) {
    const [name = '', seconds = ''] = line.split(' ')
    const exchange = cases.get(name)
    process.stdout.write(`${exchange ? (await rate(exchange, Number(seconds))).toFixed(1) : '-'}\n`)
  }
}

async function rate(exchange: Exchange, seconds: number): Promise<number> {
  await exchange()
  const start = process.cpuUsage()
  let done = 0
  for (let batch = 1; ; ) {
    for (let i = 0; i < batch; i++) {
      const coming = exchange()
      if (coming) await coming
    }
    done += batch
    const { user, system } = process.cpuUsage(start)
    const spent = (user + system) / 1e6
    if (spent >= seconds) return done / spent
    if (spent < seconds / 20) batch *= 2
  }
}
