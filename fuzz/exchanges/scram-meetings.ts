import type { ChannelBinding, ChannelBindingType, Connection, Offered, ScramHash } from 'saslkit'
import type { Meeting } from './cell.ts'

const bound = (type: ChannelBindingType, data: string): Connection => ({
  secure: true,
  tlsVersion: 'TLSv1.3',
  channelBindings: [{ type, data: new TextEncoder().encode(data) } satisfies ChannelBinding],
})

const PLAIN_TLS: Connection = { secure: true }
const exporter = bound('tls-exporter', 'thirty-two octets of the channel')
const relayed = bound('tls-exporter', 'thirty-two octets of another one')

const offer = (...mechanisms: readonly string[]): Offered => ({ mechanisms })

/** Meetings of a mechanism that does not bind. Where a list was changed on its way, client and server know different ones. */
export function unboundMeetings(hash: ScramHash): readonly Meeting[] {
  const alone = offer(`SCRAM-${hash}`, 'PLAIN')
  const withPlus = offer(`SCRAM-${hash}-PLUS`, `SCRAM-${hash}`)
  const stronger = offer('SCRAM-SHA3-512', `SCRAM-${hash}`, 'PLAIN')
  const sides = (client: Connection, offered: Offered, server: Connection, known: Offered) => ({
    client: { connection: client, offered },
    server: { connection: server, offered: known },
  })
  return [
    { name: 'nothing known', client: { connection: PLAIN_TLS }, server: { connection: PLAIN_TLS } },
    { name: 'nothing to bind to was offered', ...sides(exporter, alone, exporter, alone) },
    { name: '-PLUS was struck off the list', ...sides(exporter, alone, exporter, withPlus), welcome: false },
    {
      name: 'vouched for',
      ...sides(PLAIN_TLS, alone, PLAIN_TLS, offer(...alone.mechanisms.toReversed())),
      vouches: true,
    },
    {
      name: 'vouched for, and struck off the list',
      ...sides(PLAIN_TLS, alone, PLAIN_TLS, stronger),
      vouches: true,
      welcome: false,
    },
  ]
}

/** Meetings of a mechanism that binds. */
export function boundMeetings(hash: ScramHash): readonly Meeting[] {
  const types: readonly ChannelBindingType[] = ['tls-exporter', 'tls-server-end-point', 'tls-unique']
  const mechanisms = [`SCRAM-${hash}-PLUS`, `SCRAM-${hash}`]
  const both = (connection: Connection, offered?: Offered) => {
    const side = offered ? { connection, offered } : { connection }
    return { client: side, server: side }
  }
  return [
    ...types.map((type) => ({ name: type, ...both(bound(type, `data of ${type}`)) })),
    {
      name: 'vouched for with its types',
      ...both(exporter, { mechanisms, channelBindings: types }),
      vouches: true,
    },
    {
      name: 'relayed',
      client: { connection: exporter },
      server: { connection: relayed },
      welcome: false,
    },
    {
      name: 'of types that do not meet',
      client: { connection: exporter },
      server: { connection: bound('tls-unique', 'thirty-two octets of the channel') },
      welcome: false,
    },
  ]
}
