/** An exchange as lines of a protocol, which somebody in between edits: what a mechanism promises holds over any profile. */
import {
  type ClientExchange,
  type FailureReason,
  type Octets,
  SaslError,
  type ServerExchange,
  type ServerReply,
} from 'saslkit'
import type { LineContext, LineProfile, Reply } from 'saslkit/profiles/smtp'
import { demand } from '../finding.ts'
import type { Run } from './run.ts'

export const CONTEXT: LineContext = { tag: 'A1', hostname: 'mail.example.com' }
const MOST_LINES = 60

export interface Carried {
  readonly profile: LineProfile
  readonly run: Run
  readonly client: ClientExchange
  /** Begins an exchange of that name. Undefined: there is no such mechanism. */
  begin(mechanism: string): ServerExchange | undefined
  /** What becomes of a line on its way: several, where line ends come in; or none. */
  onItsWay(line: string): readonly string[]
}

/** Drives both ends until neither has anything to read. The run is filled in. @returns how many lines were written. */
export async function carry({ profile, run, client, begin, onItsWay }: Carried): Promise<number> {
  const toServer: string[] = []
  const toClient: string[] = []
  const [clientSent, serverGot]: (Octets | undefined)[][] = [[], []]
  const [serverSent, clientGot]: Octets[][] = [[], []]
  const buffer: string[] = []
  let lines = 0
  let server: ServerExchange | undefined
  let clientIsOver = false

  function send(queue: string[], written: string): void {
    for (const line of written.split('\r\n').slice(0, -1)) {
      lines++
      queue.push(...onItsWay(line))
    }
  }

  async function serverTakes(line: string): Promise<void> {
    if (server && run.reply?.kind !== 'challenge') return // it is over, and what follows is no concern of ours
    if (server) {
      const response = readOr(() => profile.readResponse(line))
      if (response === 'malformed') return answer(server.abort('malformed'), CONTEXT.tag)
      if (response === undefined) return answer(server.abort(), CONTEXT.tag)
      serverGot!.push(response)
      return answer(await server.step(response), CONTEXT.tag)
    }
    const command = profile.readCommand(line)
    const context = { ...CONTEXT, tag: command.tag }
    const refuse = (reason: FailureReason) => send(toClient, profile.writeFailure(reason, context))
    if (command.kind === 'refused') return refuse(command.reason)
    if (command.kind !== 'authenticate')
      return send(toClient, profile.writeNotice('unknown-command', context))
    server = begin(command.mechanism)
    if (!server) return refuse('mechanism-unavailable')
    serverGot!.push(command.initialResponse)
    return answer(await server.step(command.initialResponse), command.tag)
  }

  function answer(reply: ServerReply, tag: string): void {
    run.reply = reply
    const context = { ...CONTEXT, tag }
    if (reply.kind === 'challenge') {
      serverSent!.push(reply.challenge)
      send(toClient, profile.writeChallenge(reply.challenge))
    } else if (reply.kind === 'success') send(toClient, profile.writeSuccess(context))
    else send(toClient, profile.writeFailure(reply.reason, context))
  }

  async function clientTakes(line: string): Promise<void> {
    if (clientIsOver) return
    buffer.push(line)
    try {
      const reply = profile.readReply(buffer, 'authenticate', CONTEXT)
      if (!reply) return
      buffer.length = 0
      await clientHears(reply)
    } catch (error) {
      run.clientError = error
      clientIsOver = true
      client.abort()
      if (error instanceof SaslError) send(toServer, profile.writeCancel())
    }
  }

  async function clientHears(reply: Reply): Promise<void> {
    const said = run.reply?.kind
    if (reply.kind === 'challenge') {
      if (said !== 'challenge') run.lies.push('challenge')
      clientGot!.push(reply.challenge)
      const response = await client.challenge(reply.challenge)
      clientSent!.push(response)
      return send(toServer, profile.writeResponse(response))
    }
    clientIsOver = true
    if (reply.kind === 'refused') {
      if (said === 'success') run.lies.push('failure')
      run.clientError = client.failure() // its reason is whatever the line says
      return
    }
    if (said !== 'success') run.lies.push('success')
    await client.success()
    run.content = true
  }

  const initialResponse = await client.start()
  clientSent!.push(initialResponse)
  send(toServer, profile.writeAuthenticateCommand(client.mechanism, initialResponse, CONTEXT))
  while (toServer.length || toClient.length) {
    demand(lines < MOST_LINES, 'an exchange without end')
    const line = toServer.shift()
    if (line !== undefined) await serverTakes(line)
    else await clientTakes(toClient.shift()!)
  }

  for (let i = 0; i < Math.max(clientSent!.length, serverGot!.length, serverSent!.length); i++) {
    if (i < clientSent!.length || i < serverGot!.length)
      run.crossings.push({ from: 'client', sent: clientSent![i], arrived: serverGot![i] })
    if (i < serverSent!.length || i < clientGot!.length)
      run.crossings.push({ from: 'server', sent: serverSent![i], arrived: clientGot![i] })
  }
  return lines
}

function readOr(read: () => Octets | undefined): Octets | undefined | 'malformed' {
  try {
    return read()
  } catch (error) {
    demand(
      error instanceof SaslError && error.reason === 'malformed',
      () => `readResponse throws ${String(error)}`,
    )
    return 'malformed'
  }
}
