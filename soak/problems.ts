import type { Soak } from './run-soak.ts'

/**
 * The most octets that may stay of each exchange: a third of what the smallest object takes, so that one forgotten listener,
 * entry or closure shows. Of each connection, where Node's sockets have a part.
 */
export const MOST = { exchange: 6, connection: 60, heldExchange: 60, heldConnection: 60 } as const
/** What may grow once and stay, beside: code that is compiled, pools, tables. */
export const ONCE: number = 3 * 2 ** 17

const stays = (each: number, times: number, most: number): boolean => each * times > most * times + ONCE

const isOfConnections = (what: string): boolean => what.startsWith('connections')

/** What is not as it must be, in words; nothing where all is well. */
export function problemsOf({ soaked, halfOpen, crowd, complaints, left }: Soak): readonly string[] {
  return [
    ...complaints,
    ...left.map((resource) => `${resource} is left`),
    ...soaked
      .filter(({ perTime, times, what }) =>
        stays(perTime, times, isOfConnections(what) ? MOST.connection : MOST.exchange),
      )
      .map(({ what, perTime }) => `${what}: ${perTime.toFixed(2)} octets each stay`),
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
