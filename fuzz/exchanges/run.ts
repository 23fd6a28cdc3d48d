import type { Identity, Octets, ServerReply } from 'saslkit'
import { sameOctets } from '../edits/octet-edit.ts'
import type { Attack, Lie } from './attack.ts'
import type { Cell } from './cell.ts'

export interface Crossing {
  readonly from: 'client' | 'server'
  /** Undefined: no initial response; success without additional data. */
  readonly sent: Octets | undefined
  readonly arrived: Octets | undefined
}

/** What became of an exchange. */
export interface Run {
  readonly cell: Cell
  readonly attack: Attack
  readonly crossings: Crossing[]
  /** Those that the client was told. */
  readonly lies: Lie[]
  /** Somebody in between did something, whatever came of it. */
  touched: boolean
  /** The server's last word. */
  reply: ServerReply | undefined
  /** The client believes that it is in. */
  content: boolean
  /** What the client threw, or was told. */
  clientError: unknown
}

export const newRun = (cell: Cell, attack: Attack): Run => ({
  cell,
  attack,
  crossings: [],
  lies: [],
  touched: false,
  reply: undefined,
  content: false,
  clientError: undefined,
})

export const isTouched = ({ sent, arrived }: Crossing): boolean => !sameOctets(sent, arrived)

/** Whom the server let in, if anybody. */
export const grantOf = ({ reply }: Run): Identity | undefined =>
  reply?.kind === 'success' ? reply.identity : undefined

const shown = (octets: Octets | undefined): string =>
  octets === undefined ? 'nothing' : JSON.stringify(Buffer.from(octets).toString('latin1'))

/** For whoever reads a finding. */
export function transcript(run: Run): string {
  const lines = run.crossings.map((crossing) => {
    const { from, sent, arrived } = crossing
    const way = from === 'client' ? 'C: ' : 'S: '
    return isTouched(crossing)
      ? `${way}${shown(sent)}\n   arrives as ${shown(arrived)}`
      : `${way}${shown(sent)}`
  })
  const { reply } = run
  const last =
    reply?.kind === 'success'
      ? `success, ${JSON.stringify(reply.identity)}`
      : reply?.kind === 'failure'
        ? `failure, ${reply.reason} (${String(reply.cause)})`
        : (reply?.kind ?? 'nothing')
  return [
    run.cell.name,
    ...lines,
    ...(run.lies.length ? [`lies: ${run.lies.join(', ')}`] : []),
    `the server ends in ${last}`,
    `the client ${run.content ? 'is content' : `is not content (${String(run.clientError)})`}`,
  ].join('\n')
}
