/** Does something very often, and looks at the heap at ten points. */
import { getEventListeners } from 'node:events'
import { heapUsed } from './heap.ts'
import { slope } from './slope.ts'

export interface Soaked {
  readonly what: string
  /** That are measured. */
  readonly times: number
  readonly seconds: number
  /** Octets in use, after each tenth. */
  readonly heap: readonly number[]
  /** By least squares, octets that stay for each time. */
  readonly perTime: number
  /** Listeners on the long-lived signal, when nothing is at work. */
  readonly listeners: number
}

const POINTS = 10

/** Until caches are full, and V8 has compiled what it will. */
const WARM_UP = 20_000

export async function soak(
  what: string,
  times: number,
  signal: AbortSignal,
  work: (from: number, to: number) => Promise<void>,
): Promise<Soaked> {
  const part = Math.ceil(times / POINTS)
  const start = performance.now()
  const first = Math.min(WARM_UP, times)
  await work(0, first)
  const heap: number[] = []
  for (let point = 0; point < POINTS; point++) {
    await work(first + point * part, first + (point + 1) * part)
    heap.push(await heapUsed())
  }
  const seconds = (performance.now() - start) / 1000
  const listeners = getEventListeners(signal, 'abort').length
  return { what, times: POINTS * part, seconds, heap, perTime: slope(heap) / part, listeners }
}
