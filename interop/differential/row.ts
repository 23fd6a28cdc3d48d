import { converse, type Verdict } from './converse.ts'
import type { ClientHalf, ServerHalf } from './half.ts'
import { type LineProgram, lineProgram } from './line-program.ts'
import { type LoginCase, loginCase } from './login-case.ts'
import { ourClient, ourServer } from './our-halves.ts'
import { peerClient, peerServer } from './peer-halves.ts'
import { PEERS, type Peer, referenceServer } from './peers.ts'
import { commandOf, missing, type ProgramName } from './programs.ts'
import { ruled } from './ruled.ts'

/** A peer and a mechanism. */
export interface Row {
  readonly name: string
  readonly peer: Peer
  readonly mechanism: string
  /** Which half of ours is compared with the peer's. */
  readonly roles: readonly ('client' | 'server')[]
  /** Whose server the peer's client is held against; undefined where nobody else has one, and the rule itself is. */
  readonly reference: Peer | undefined
  /** Why it cannot run here. */
  readonly skip: string | undefined
}

/** What one of our halves did in a peer's place, and what the peer's own did. */
export interface Comparison {
  readonly row: Row
  readonly index: number
  readonly login: LoginCase
  readonly role: 'client' | 'server'
  readonly ours: Verdict
  readonly reference: Verdict
}

export const ROWS: readonly Row[] = PEERS.flatMap((peer) =>
  [...new Set([...peer.client, ...peer.server])].map((mechanism): Row => {
    const reference = referenceServer(peer, mechanism)
    const roles = (['client', 'server'] as const).filter((role) =>
      (role === 'client' ? peer.server : peer.client).includes(mechanism),
    )
    const needed = [peer, ...(reference ? [reference] : [])].map(({ program }) => missing(program))
    return {
      name: `${peer.id} ${mechanism}`,
      peer,
      mechanism,
      roles,
      reference,
      skip: needed.find((each) => each !== undefined),
    }
  }),
)

/** The programs of peers, built and started once each. */
export class Programs {
  readonly #running = new Map<ProgramName, LineProgram>()

  of({ program }: { readonly program: ProgramName }): LineProgram {
    const known = this.#running.get(program)
    if (known) return known
    const started = lineProgram(commandOf(program), program === 'aiosasl')
    this.#running.set(program, started)
    return started
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running.values()].map((program) => program.end()))
  }
}

/** What stands in the peer's place. */
export interface Ours {
  readonly client: (login: LoginCase) => ClientHalf
  readonly server: (login: LoginCase) => ServerHalf
}

const OURS: Ours = { client: ourClient, server: ourServer }

/** Runs one case by the peer's own halves, and with each of ours in the place of one of them. */
export async function compare(
  row: Row,
  seed: number,
  index: number,
  programs: Programs,
  ours: Ours = OURS,
): Promise<Comparison[]> {
  const { peer, mechanism, roles, reference: other } = row
  const login = loginCase(seed, peer, mechanism, index)
  const client = () => peerClient(programs.of(peer), login)
  const server = () => peerServer(programs.of(other!), login)
  const reference = other ? await converse(login, client(), server()) : ruled(login)
  const comparisons: Comparison[] = []
  for (const role of roles) {
    const verdict =
      role === 'client'
        ? await converse(login, ours.client(login), server())
        : await converse(login, client(), ours.server(login))
    if (comparable(verdict, reference))
      comparisons.push({ row, index, login, role, ours: verdict, reference })
  }
  return comparisons
}

/** An edit that changed a message here and found nothing to change there (Cyrus chooses salts itself) compares nothing. */
const comparable = ({ changed: one }: Verdict, { changed: other }: Verdict): boolean =>
  one === undefined || other === undefined || one === other

/** Whether they say the same: whom the server let in, as whom, and whether the client believes it. */
export const sameVerdict = (one: Verdict, other: Verdict): boolean =>
  one.client === other.client &&
  one.server?.authcid === other.server?.authcid &&
  one.server?.authzid === other.server?.authzid
