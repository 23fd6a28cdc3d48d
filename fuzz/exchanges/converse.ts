import { type Awaitable, ClientExchange, type Octets, ServerExchange, type ServerReply } from 'saslkit'
import { editMessage } from '../edits/message-edit.ts'
import { sameOctets } from '../edits/octet-edit.ts'
import { demand } from '../finding.ts'
import type { Attack, Lie } from './attack.ts'
import type { Cell } from './cell.ts'
import { newRun, type Run } from './run.ts'

/** What a row knows of its messages. */
export interface Wire {
  readonly delimiter: number
  /** How many messages cross in this cell where nobody is in between: edits count around in it. */
  readonly usual: number
  /** Messages of other exchanges. */
  readonly recorded: readonly Octets[]
  /** Signs a message anew, as whoever holds the account's secret can. It is the last of the run's crossings. */
  readonly resign?: ((octets: Octets, run: Run) => Octets) | undefined
  /** What a false server sends with success where the true one refused. */
  readonly forge?: ((run: Run) => Octets | undefined) | undefined
}

const isPromise = <T>(value: Awaitable<T>): value is PromiseLike<T> =>
  typeof value === 'object' && value !== null && 'then' in value

const NO_OCTETS: Octets = new Uint8Array(0)
const MOST_MESSAGES = 40

/** Lets both halves of a cell talk, with somebody in between. Waits only for what is promised. */
export async function converse(cell: Cell, attack: Attack, wire: Wire): Promise<Run> {
  const run = newRun(cell, attack)
  const client = new ClientExchange(cell.client, cell.clientOptions)
  const server = new ServerExchange(cell.server, cell.serverOptions)
  let replies = 0

  const step = async (message: Octets | undefined): Promise<ServerReply> => {
    try {
      const coming = server.step(message)
      run.reply = isPromise(coming) ? await coming : coming
    } catch (error) {
      demand(false, `the server threw ${String(error)}`)
    }
    return run.reply
  }

  /** Undefined: the client threw. */
  const ask = async <T>(work: () => Awaitable<T>): Promise<{ readonly value: T } | undefined> => {
    try {
      const coming = work()
      return { value: isPromise(coming) ? await coming : coming }
    } catch (error) {
      run.clientError = error
      return undefined
    }
  }

  const told = (): Lie | undefined => {
    const { lie } = attack
    if (lie?.reply !== replies++) return undefined
    run.lies.push(lie.word)
    run.touched = true
    return lie.word
  }

  /** What the client says to the server's reply, as somebody in between tells it. Undefined: it has said its last. */
  const respond = async (reply: ServerReply, word: Lie | undefined): Promise<Octets | undefined> => {
    const sent = reply.kind === 'challenge' ? reply.challenge : reply.additionalData
    let forged: Octets | undefined
    if (reply.kind === 'failure' && !word && attack.resign) forged = wire.forge?.(run)
    if (forged) {
      run.lies.push('success-with')
      run.touched = true
    }
    if (word === 'failure' || (reply.kind === 'failure' && !word && !forged)) {
      run.clientError = client.failure(reply.kind === 'failure' ? reply.reason : undefined)
      return undefined
    }
    const octets = cross(run, 'server', sent, wire)
    const isSuccess = word ? word !== 'challenge' : reply.kind !== 'challenge'
    if (!isSuccess) {
      const answer = await ask(() => client.challenge(octets ?? NO_OCTETS))
      if (!answer || reply.kind === 'challenge') return answer?.value
    }
    // A server that has said its last cannot take an answer: the client is told of success now, or never.
    const additionalData = isSuccess && word !== 'success' ? octets : undefined
    run.content = (await ask(() => client.success(additionalData))) !== undefined
    return undefined
  }

  const started = await ask(() => client.start())
  let response = started?.value
  let goesOn = started !== undefined
  while (goesOn) {
    demand(run.crossings.length < MOST_MESSAGES, 'an exchange without end')
    const arrived = cross(run, 'client', response, wire)
    let reply = await step(arrived)
    let word = told()
    if (word === 'again' && reply.kind === 'challenge') {
      reply = await step(arrived)
      word = told()
    }
    response = await respond(reply, word)
    goesOn = response !== undefined
  }
  end(run, client, server)
  return run
}

function cross(
  run: Run,
  from: 'client' | 'server',
  sent: Octets | undefined,
  wire: Wire,
): Octets | undefined {
  const { crossings, attack } = run
  let arrived = sent
  for (const { message, edit } of attack.edits)
    if (message % wire.usual === crossings.length) {
      const earlier = [...crossings.map((crossing) => crossing.sent), sent]
      arrived = editMessage(arrived, edit, { ...wire, earlier })
    }
  crossings.push({ from, sent, arrived })
  if (attack.resign && arrived && wire.resign) {
    arrived = wire.resign(arrived, run)
    crossings[crossings.length - 1] = { from, sent, arrived }
  }
  if (!sameOctets(sent, arrived)) run.touched = true
  return arrived && attack.pooled ? pooled(arrived) : arrived
}

/** As sockets hand octets out: a Buffer, somewhere within a larger one. */
function pooled(octets: Octets): Octets {
  const pool = Buffer.alloc(octets.length + 16, 0x2c)
  pool.set(octets, 7)
  return pool.subarray(7, 7 + octets.length) as Octets
}

/** Now and then: what is over stays over. */
function end(run: Run, client: ClientExchange, server: ServerExchange): void {
  if (run.reply?.kind === 'challenge') {
    const { kind, reason } = server.abort()
    demand(kind === 'failure' && reason === 'aborted', 'an abort that is no failure')
  }
  if (run.attack.nonce % 16) return
  demand(isTypeError(() => server.step(NO_OCTETS)) || !run.reply, 'a server goes on after its end')
  const ended = run.content || run.clientError !== undefined
  demand(!ended || isTypeError(() => client.success()), 'a client goes on after its end')
}

function isTypeError(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch (error) {
    return error instanceof TypeError
  }
}
