/** Thousands of connections: one after the other in all manners, and many at once. */
import { getEventListeners, once } from 'node:events'
import type { Socket } from 'node:net'
import { front } from './front.ts'
import { heapUsed } from './heap.ts'
import { type Soaked, soak } from './soaked.ts'
import { connected, VISITORS } from './visitors.ts'

const AT_ONCE = 50
const MANNERS = Object.values(VISITORS)

export async function visits(times: number): Promise<Soaked> {
  const ending = new AbortController()
  const at = await front(ending.signal)
  const soaked = await soak('connections on drivers', times, ending.signal, async (from, to) => {
    let next = from
    const worker = async () => {
      while (next < to) await MANNERS[next++ % MANNERS.length]!(at.port, ending.signal)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    await at.idle()
  })
  const { accepted, loggedIn, refused, thrown } = at.counts
  await at.close()
  if (thrown || !loggedIn || !refused) throw new Error(`not as it should be: ${JSON.stringify(at.counts)}`)
  return { ...soaked, what: `connections on drivers (${accepted} accepted, ${loggedIn} logged in)` }
}

export interface Crowd {
  readonly held: number
  /** Octets of each connection, with both ends' sockets, while the server waits for a command. */
  readonly each: number
  readonly afterwards: number
  readonly listeners: number
}

/** All at once, waiting; then the server's signal ends them all. */
export async function crowd(held: number): Promise<Crowd> {
  const ending = new AbortController()
  const at = await front(ending.signal)
  ;(await connected(at.port)).destroy()
  await at.idle()
  const before = await heapUsed()
  const sockets: Socket[] = []
  while (sockets.length < held) {
    const more = await Promise.all(Array.from({ length: 200 }, () => connected(at.port)))
    await Promise.all(more.map((socket) => once(socket, 'data')))
    sockets.push(...more)
  }
  const each = ((await heapUsed()) - before) / sockets.length
  const listeners = getEventListeners(ending.signal, 'abort').length
  const ended = sockets.map((socket) => {
    socket.resume().on('end', () => socket.end())
    return once(socket, 'close')
  })
  ending.abort(new Error('shutting down'))
  await Promise.all(ended)
  await at.idle()
  const count = sockets.splice(0).length
  ended.length = 0
  const afterwards = ((await heapUsed()) - before) / count
  const left = getEventListeners(ending.signal, 'abort').length
  if (left) throw new Error(`${left} listeners stay`)
  await at.close()
  return { held: count, each, afterwards, listeners }
}
