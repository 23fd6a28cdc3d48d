// A server to talk to, by a protocol that carries octets as they are.
import { memoryDirectory, type Octets, type SaslClient, saslClient, saslServer } from 'saslkit'

const theirs = saslServer({
  directory: await memoryDirectory([{ authcid: 'tim', password: 'tanstaaftanstaaf' }]),
  decoySecret: new Uint8Array(16),
}).begin('SCRAM-SHA-256', { secure: true })

export const client: SaslClient = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' })

type Reply =
  | { readonly kind: 'challenge'; readonly octets: Octets }
  | { readonly kind: 'success'; readonly octets: Octets | undefined }
  | { readonly kind: 'failure'; readonly text: string }

async function respond(octets: Octets | undefined): Promise<Reply> {
  const reply = await theirs.step(octets)
  if (reply.kind === 'challenge') return { kind: 'challenge', octets: reply.challenge }
  if (reply.kind === 'success') return { kind: 'success', octets: reply.additionalData }
  return { kind: 'failure', text: reply.reason }
}

export const yourProtocol = {
  begin: (_mechanism: string, octets: Octets | undefined): Promise<Reply> => respond(octets),
  respond: (octets: Octets): Promise<Reply> => respond(octets),
}
