import { type TestContext, test } from 'node:test'
import type { Peer } from './peers/require-peer.ts'
import { type LoginResult, record } from './results.ts'

/** A test that shows one thing of one peer; what it has shown is recorded when it passes. */
export function prove(
  result: LoginResult & { readonly peer: Peer },
  body: (t: TestContext) => unknown,
): void {
  const { peer, mechanism, role, protocol, transport, binding, shows } = result
  const where = protocol === 'no protocol' ? '' : ` over ${protocol} (${transport})`
  const bound = binding ? `, bound by ${binding}` : ''
  const title = `our ${role}, ${mechanism}, ${peer.name}${where}${bound}: ${shows}`
  test(title, { skip: peer.skip ?? false }, async (t) => {
    await body(t)
    record(result)
  })
}
