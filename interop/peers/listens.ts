import { connect, type NetConnectOpts } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits until somebody takes connections there.
 *
 * @throws Error when nobody does for half a minute, or the program that should is not alive any more.
 */
export async function listens(
  at: { readonly port: number } | { readonly path: string },
  alive: () => boolean,
): Promise<void> {
  const where: NetConnectOpts = 'port' in at ? { ...at, host: '127.0.0.1' } : at
  for (let tries = 0; tries < 300 && alive(); tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(where, () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await sleep(100)
  }
  throw new Error(`nobody listens at ${JSON.stringify(at)}`)
}
