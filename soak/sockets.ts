/** Thousands of connections: one after the other in all manners and profiles, and many at once. */
import { getEventListeners, once } from 'node:events'
import type { Socket } from 'node:net'
import { type Front, fronts } from './front.ts'
import { heapUsed } from './heap.ts'
import { PROFILES } from './profiles.ts'
import { type Soaked, soak } from './soaked.ts'
import { connected, VISITORS } from './visitors.ts'

const AT_ONCE = 50
const MANNERS = Object.values(VISITORS)

const each = (places: readonly Front[], what: (place: Front) => Promise<void>): Promise<unknown> =>
  Promise.all(places.map(what))
const idle = (places: readonly Front[]) => each(places, (place) => place.idle())
const close = (places: readonly Front[]) => each(places, (place) => place.close())

export async function visits(times: number): Promise<Soaked> {
  const ending = new AbortController()
  const places = await fronts(ending.signal)
  const turns = MANNERS.flatMap((manner) => places.map((place) => () => manner(place, ending.signal)))
  const soaked = await soak('connections on drivers', times, ending.signal, async (from, to) => {
    let next = from
    const worker = async () => {
      while (next < to) await turns[next++ % turns.length]!()
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    await idle(places)
  })
  await close(places)
  const counts = places.map((place) => place.counts)
  if (counts.some(({ thrown, loggedIn, refused }) => thrown || !loggedIn || !refused))
    throw new Error(`not as it should be: ${JSON.stringify(counts)}`)
  const sum = (count: 'accepted' | 'loggedIn') => counts.reduce((all, one) => all + one[count], 0)
  const profiles = Object.keys(PROFILES).join(', ')
  const what = `connections on drivers of ${profiles} (${sum('accepted')} accepted, ${sum('loggedIn')} logged in)`
  return { ...soaked, what }
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
  const places = await fronts(ending.signal)
  for (const place of places) (await connected(place)).destroy()
  await idle(places)
  const before = await heapUsed()
  const sockets: Socket[] = []
  while (sockets.length < held) {
    const more = await Promise.all(
      Array.from({ length: 200 }, (_, at) => connected(places[at % places.length]!)),
    )
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
  await idle(places)
  const count = sockets.splice(0).length
  ended.length = 0
  const afterwards = ((await heapUsed()) - before) / count
  const left = getEventListeners(ending.signal, 'abort').length
  if (left) throw new Error(`${left} listeners stay`)
  await close(places)
  return { held: count, each, afterwards, listeners }
}
