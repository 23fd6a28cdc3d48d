/** Logins over sockets, to each of their ends. */
import type { ClientCredentials } from '../../src/negotiation/client-table.js'
import type { SaslServerOptions } from '../../src/negotiation/server.js'
import { answering } from './accounts.js'
import { good } from './outcomes.js'
import { EVIL, PASSWORD, SENTINEL, TOKEN, WRONG } from './sentinels.js'

export interface DriverRow {
  readonly name: string
  readonly credentials: ClientCredentials
  readonly server?: Partial<SaslServerOptions>
  readonly tls?: 'implicit' | 'starttls' | 'none'
  /** Octets after which the client's signal aborts. */
  readonly abortAt?: number
}

const fault = () => {
  throw new Error('the store is down')
}

export const DRIVER_ROWS: readonly DriverRow[] = [
  { name: 'success', credentials: good },
  { name: 'success, TLS from the start', credentials: good, tls: 'implicit' },
  { name: 'no TLS', credentials: good, tls: 'none' },
  { name: 'a wrong password or token', credentials: { ...good, password: WRONG, token: EVIL } },
  {
    name: 'a wrong token twice',
    credentials: { ...good, password: () => WRONG, token: (previous) => (previous ? TOKEN : EVIL) },
  },
  { name: 'a name that nobody has', credentials: { ...good, authcid: 'nobody' } },
  { name: 'a disabled account', credentials: { ...good, authcid: 'disabled' } },
  { name: 'nobody is authorized', credentials: good, server: { authorize: () => false } },
  { name: 'the directory fails', credentials: good, server: { directory: answering(fault) } },
  {
    name: 'the prompt fails',
    credentials: { ...good, password: () => Promise.reject(new Error('no terminal')), token: fault },
  },
  {
    name: 'a secret that cannot be one',
    credentials: { ...good, password: `${SENTINEL}\0`, token: `${SENTINEL}\r\nQUIT` },
  },
  {
    name: 'a secret that is too long',
    credentials: { ...good, password: PASSWORD.repeat(1000), token: TOKEN.repeat(1000) },
  },
  ...[1, 40, 80, 160].map((abortAt) => ({
    name: `aborted after ${abortAt} octets`,
    credentials: good,
    abortAt,
  })),
]
