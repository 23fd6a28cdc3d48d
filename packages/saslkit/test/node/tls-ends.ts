/** The two ends of TLS connections, as connectionOf reports them. */
import type { TestContext } from 'node:test'
import type { TLSSocket, TlsOptions } from 'node:tls'
import { type ConnectionOptions, connectionOf, type SocketConnection } from '../../src/node/connection-of.js'
import { TlsLoopback } from './loopback.js'
import { Authority, type Credentials, cn, name } from './make-certificate.js'

export const authority: Authority = new Authority()
export const host: Credentials = authority.issue({ subject: name(cn('localhost')) })
export type Version = 'TLSv1.2' | 'TLSv1.3'
export const VERSIONS: readonly Version[] = ['TLSv1.2', 'TLSv1.3']

export interface VersionRange {
  readonly minVersion: Version
  readonly maxVersion: Version
}

export const only = (version: Version): VersionRange => ({ minVersion: version, maxVersion: version })

export async function listen(t: TestContext, options: TlsOptions = {}): Promise<TlsLoopback> {
  const loopback = await TlsLoopback.listen({ ...host, ...options })
  t.after(() => loopback.close())
  return loopback
}

export const asServer = (socket: TLSSocket, options: Partial<ConnectionOptions> = {}): SocketConnection =>
  connectionOf(socket, { role: 'server', ...options })
export const asClient = (socket: TLSSocket, options: Partial<ConnectionOptions> = {}): SocketConnection =>
  connectionOf(socket, { role: 'client', ...options })

export const types = ({ channelBindings }: SocketConnection): readonly string[] | undefined =>
  channelBindings?.map(({ type }) => type)
export const reason = ({ unavailableBindings }: SocketConnection, wanted: string): string =>
  unavailableBindings?.find(({ type }) => type === wanted)?.reason ?? ''
export const dataOf = ({ channelBindings }: SocketConnection, wanted: string): string =>
  Buffer.from(channelBindings?.find(({ type }) => type === wanted)?.data ?? []).toString('hex')

/** A server that asks for certificates of `authority`, and goes on without. */
export const asking: TlsOptions = { requestCert: true, rejectUnauthorized: false, ca: authority.certificate }
