import { edited } from './edit.ts'
import type { ClientHalf, ServerAnswer, ServerHalf } from './half.ts'
import type { LoginCase, Octets } from './login-case.ts'

/** What came of one exchange. */
export interface Verdict {
  /** Whom the server let in, and as whom; undefined where it let nobody in. */
  readonly server: { readonly authcid: string; readonly authzid: string | undefined } | undefined
  /** Whether the client believes that it is in. */
  readonly client: boolean
  /** Why not, in the words of whoever gave up; for people. */
  readonly why: string
  /** What was sent, before edits; for people. */
  readonly wire: readonly string[]
  /** Whether the edit changed a message; undefined where it came to none. */
  readonly changed?: boolean | undefined
}

const SERVER_FIRST = ['LOGIN', 'CRAM-MD5']
const MOST_ROUNDS = 8

/** Runs one half against another, with the case's edit on the way. */
export async function converse(login: LoginCase, client: ClientHalf, server: ServerHalf): Promise<Verdict> {
  const wire: string[] = []
  const counts = { client: 0, server: 0 }
  let changed: boolean | undefined
  const carry = (from: 'client' | 'server', message: Octets): Octets => {
    wire.push(`${from}: ${printable(message)}`)
    const { edit, mechanism } = login
    if (edit?.from !== from || edit.message !== counts[from]++) return message
    const arrived = edited(edit, mechanism, message)
    changed = Buffer.compare(arrived, message) !== 0
    wire.push(`  arrives as: ${printable(arrived)}`)
    return arrived
  }
  const out = (error: unknown): Verdict => ({
    server: undefined,
    client: false,
    why: String(error),
    wire,
    changed,
  })

  let answer: ServerAnswer
  try {
    const first = await client.start()
    answer = await open(login.mechanism, first, client, server, carry)
    for (let round = 0; answer.kind === 'challenge' && round < MOST_ROUNDS; round++)
      answer = await server.step(carry('client', await client.challenge(carry('server', answer.challenge))))
  } catch (error) {
    return out(error)
  }
  if (answer.kind !== 'success') return out(`server: ${answer.kind === 'failure' ? answer.why : 'no end'}`)
  const { authcid, authzid } = answer.identity
  const letIn = { authcid, authzid: authzid === authcid || authzid === '' ? undefined : authzid }
  const { additionalData: data } = answer
  try {
    await client.success(data && carry('server', data))
    return { server: letIn, client: true, why: '', wire, changed }
  } catch (error) {
    return { server: letIn, client: false, why: String(error), wire, changed }
  }
}

async function open(
  mechanism: string,
  first: Octets | undefined,
  client: ClientHalf,
  server: ServerHalf,
  carry: (from: 'client' | 'server', message: Octets) => Octets,
): Promise<ServerAnswer> {
  if (!SERVER_FIRST.includes(mechanism)) return server.step(first && carry('client', first))
  const asked = await server.step(undefined)
  if (asked.kind !== 'challenge') return asked
  // Some clients of LOGIN send the name before they are asked.
  const response = first?.length ? first : await client.challenge(carry('server', asked.challenge))
  return server.step(carry('client', response))
}

const printable = (message: Uint8Array): string => JSON.stringify(Buffer.from(message).toString('latin1'))
