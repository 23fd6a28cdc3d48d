/** What a server exchange holds while it waits for the client: `node --expose-gc heap.ts` prints octets. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { makeScramCredentials, type ServerExchange, saslServer } from 'saslkit'
import type { Section } from './section.ts'

const HELD = 50_000

async function measure(): Promise<number> {
  const credentials = await makeScramCredentials('SHA-256', 'pencil', { iterations: 4096 })
  const server = saslServer({
    directory: { scramCredentials: () => ({ ...credentials }) },
    decoySecret: new Uint8Array(32),
  })
  const halfOpen = async (at: number): Promise<ServerExchange> => {
    const exchange = server.begin('SCRAM-SHA-256', { secure: true })
    const first = new TextEncoder().encode(`n,,n=user${at % 1000},r=rOprNGfwEbeRWgbNEkqO${at}`)
    if ((await exchange.step(first)).kind !== 'challenge') throw new Error('no challenge')
    return exchange
  }
  for (let i = 0; i < 2000; i++) await halfOpen(i)
  const held: ServerExchange[] = new Array(HELD)
  gc!()
  const before = process.memoryUsage()
  for (let i = 0; i < HELD; i++) held[i] = await halfOpen(i)
  gc!()
  gc!()
  const after = process.memoryUsage()
  if (!held.at(-1)) throw new Error('nothing is held')
  return (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / HELD
}

export function heap(): Section {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', fileURLToPath(import.meta.url)],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  const octets = Number(stdout)
  return {
    title: 'Memory',
    lines: [`A half-open SCRAM-SHA-256 server exchange holds ${octets.toFixed(0)} octets (${HELD} held).`],
    targets: [
      {
        name: 'heap of a half-open SCRAM server exchange',
        asked: 'core',
        wanted: ['under', 1300],
        unit: 'octets',
        value: octets,
        digits: 0,
      },
    ],
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await measure())
