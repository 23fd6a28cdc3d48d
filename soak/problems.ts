import type { Soak } from './run-soak.ts'
import type { Soaked } from './soaked.ts'

/**
 * The most octets that may stay of each exchange: a third of what the smallest object takes, so that one forgotten listener,
 * entry or closure shows. Of each connection, where Node's sockets have a part.
 */
export const MOST = { exchange: 6, connection: 60, heldExchange: 60, heldConnection: 60 } as const
/** What may grow once and stay, beside: code that is compiled, pools, tables. */
export const ONCE: number = 3 * 2 ** 17
/** The same where one case runs by itself, when all is compiled. */
export const ONCE_ALONE: number = 2 ** 17

const stays = (each: number, times: number, most: number, once = ONCE): boolean =>
  each * times > most * times + once

const isOfConnections = (what: string): boolean => what.startsWith('connections')

/** Whether more of it stays than may. */
export const staysOf = ({ what, perTime, times }: Pick<Soaked, 'what' | 'perTime' | 'times'>): boolean =>
  isOfConnections(what)
    ? stays(perTime, times, MOST.connection)
    : stays(perTime, times, MOST.exchange, what.startsWith('alone: ') ? ONCE_ALONE : ONCE)

/** What is not as it must be, in words; nothing where all is well. */
export function problemsOf({ soaked, halfOpen, crowd, complaints, left }: Soak): readonly string[] {
  return [
    ...complaints,
    ...left.map((resource) => `${resource} is left`),
    ...soaked.filter(staysOf).map(({ what, perTime }) => `${what}: ${perTime.toFixed(2)} octets each stay`),
    ...soaked
      .filter(({ listeners }) => listeners > 0)
      .map(({ what, listeners }) => `${what}: ${listeners} listeners stay`),
    ...halfOpen
      .filter(({ afterwards, held }) => stays(afterwards, held, MOST.heldExchange))
      .map(({ what, afterwards }) => `${what}: ${afterwards.toFixed(0)} octets each stay`),
    ...halfOpen
      .filter(({ what, listeners }) => what.includes('waiting') && listeners > 0)
      .map(({ what, listeners }) => `${what}: ${listeners} listeners while nothing is at work`),
    ...(stays(crowd.afterwards, crowd.held, MOST.heldConnection)
      ? [`connections at once: ${crowd.afterwards.toFixed(0)} octets each stay`]
      : []),
  ]
}
