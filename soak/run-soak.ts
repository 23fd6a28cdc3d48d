import { setImmediate } from 'node:timers/promises'
import { abortsOn } from './aborts.ts'
import { alone } from './alone.ts'
import { type HalfOpen, halfOpen } from './half-open.ts'
import { loginsOn } from './logins.ts'
import { type Soaked, soak } from './soaked.ts'
import { type Crowd, crowd, visits } from './sockets.ts'
import { watch } from './watch.ts'

export interface SoakSizes {
  readonly logins: number
  /** Logins of each case by itself, and passwords verified of each stored format. */
  readonly alone: number
  readonly aborts: number
  readonly halfOpen: number
  readonly visits: number
  readonly crowd: number
}

export interface Soak {
  readonly soaked: readonly Soaked[]
  readonly halfOpen: readonly HalfOpen[]
  readonly crowd: Crowd
  readonly complaints: readonly string[]
  /** Timers, sockets and the like that are still there. */
  readonly left: readonly string[]
}

export async function runSoak(sizes: SoakSizes, log: (line: string) => void = () => {}): Promise<Soak> {
  const watched = watch()
  // It is never aborted: a server's own, that ends with the server.
  const { signal } = new AbortController()
  const soaked: Soaked[] = []
  const add = (one: Soaked) => {
    soaked.push(one)
    log(
      `${one.what}: ${one.times} in ${one.seconds.toFixed(0)} s, ${one.perTime.toFixed(2)} octets each stay`,
    )
  }
  add(await soak('logins', sizes.logins, signal, loginsOn(signal)))
  add(await soak('aborted exchanges', sizes.aborts, signal, abortsOn(signal)))
  add(await visits(sizes.visits))
  for (const one of await alone(sizes.alone, signal)) add(one)
  const held = await halfOpen(sizes.halfOpen, signal)
  for (const { what, each } of held) log(`${what}: ${each.toFixed(0)} octets each`)
  const many = await crowd(sizes.crowd)
  log(`${many.held} connections at once: ${many.each.toFixed(0)} octets each`)
  for (let turn = 0; turn < 10; turn++) await setImmediate()
  watched.stop()
  return { soaked, halfOpen: held, crowd: many, complaints: watched.complaints, left: watched.left() }
}
