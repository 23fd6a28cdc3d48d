import { saslprep } from 'saslkit/strings'
import { type Edit, randomEdit } from './edit.ts'
import { type Peer, referenceServer } from './peers.ts'
import { type Random, randomFor } from './random.ts'
import { nearMiss, otherSpelling, randomText } from './texts.ts'

export type Octets = Uint8Array<ArrayBuffer>

/** What is bound: the data of one channel is the same on both sides, unless somebody sits in between. */
export interface Binding {
  readonly type: 'tls-exporter' | 'tls-unique' | 'tls-server-end-point'
  readonly client: Octets | undefined
  readonly server: Octets | undefined
}

/** One login, as both sides were set up for it. Which halves run it is not part of it. */
export interface LoginCase {
  readonly mechanism: string
  readonly account: {
    readonly name: string
    readonly password: string
    readonly token: string
    /** Whether the server keeps SCRAM keys, or the password that it makes them of. */
    readonly asKeys: boolean
    readonly salt: Octets
    readonly iterations: number
  }
  readonly typed: {
    readonly name: string
    readonly password: string
    readonly token: string
    readonly authzid: string | undefined
    readonly trace: string
  }
  /** The least iteration count that the client takes. */
  readonly least: number
  readonly binding: Binding
  readonly nonces: { readonly client: string; readonly server: string }
  readonly edit: Edit | undefined
}

/**
 * The case of that number: the same seed and peer make the same one. A library that takes its texts as C strings cannot
 * be given one with NUL in it.
 */
export function loginCase(seed: number, peer: Peer, mechanism: string, index: number): LoginCase {
  const random = randomFor(seed, `${peer.id} ${mechanism}`, index)
  const server = referenceServer(peer, mechanism)
  const usable = (text: string): string =>
    peer.cStrings || server?.cStrings ? text.replaceAll('\0', '') : text
  const name = usable(randomText(random))
  const password = usable(randomText(random))
  const token = randomToken(random)
  return {
    mechanism,
    account: {
      name: prepared(name),
      password,
      token,
      asKeys: mechanism.startsWith('SCRAM-') && random.chance(0.5),
      salt: random.octets(1 + random.below(64)),
      iterations: randomIterations(random, peer.mostIterations),
    },
    typed: {
      name: usable(random.chance(0.75) ? name : randomName(random, name)),
      password: usable(random.chance(0.6) ? password : randomPassword(random, password)),
      token: random.chance(0.7) ? token : randomToken(random),
      authzid:
        peer.authzid && carriesAuthzid(mechanism)
          ? usable(randomAuthzid(random, name) ?? '') || undefined
          : undefined,
      trace: usable(randomText(random)),
    },
    least: random.chance(0.8) ? 1 : 4096,
    binding: randomBinding(random, peer, mechanism),
    nonces: { client: randomNonce(random), server: randomNonce(random) },
    // Where nobody else has a server, nobody can say what an edit comes to.
    edit: server && random.chance(0.25) ? randomEdit(random, mechanism) : undefined,
  }
}

/** Accounts are kept under their prepared names, where there is one: that is what the RFCs ask of servers. */
function prepared(name: string): string {
  try {
    return saslprep(name, 'query')
  } catch {
    return name
  }
}

const randomName = (random: Random, name: string): string =>
  random.chance(0.4)
    ? otherSpelling(random, name)
    : random.chance(0.6)
      ? nearMiss(random, name)
      : randomText(random)

function randomPassword(random: Random, password: string): string {
  if (random.chance(0.35)) return otherSpelling(random, password)
  return random.chance(0.6) ? nearMiss(random, password) : randomText(random)
}

function randomAuthzid(random: Random, name: string): string | undefined {
  const kind = random.below(10)
  if (kind < 5) return undefined
  if (kind < 7) return name
  // A name that SASLprep leaves nothing of is one to some.
  return random.chance(0.1) ? '\u00ad' : randomText(random)
}

const carriesAuthzid = (mechanism: string): boolean =>
  !['LOGIN', 'CRAM-MD5', 'XOAUTH2', 'ANONYMOUS'].includes(mechanism)

/** As many of each order of magnitude; one in twenty may be of the highest, which take long. */
const randomIterations = (random: Random, most: number): number =>
  Math.floor((random.chance(0.05) ? most : 100) ** (random.below(1001) / 1000))

const TOKEN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/'
const randomToken = (random: Random): string =>
  Array.from({ length: 1 + random.below(40) }, () => random.pick([...TOKEN])).join('') +
  '='.repeat(random.below(3))

const PRINTABLE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).filter((c) => c !== ',')
const randomNonce = (random: Random): string =>
  Array.from({ length: 1 + random.below(64) }, () => random.pick(PRINTABLE)).join('')

/** The plain mechanism has something to bind now and then too: that is what the "y" flag is about. */
function randomBinding(random: Random, { bindings }: Peer, mechanism: string): Binding {
  const plus = mechanism.endsWith('-PLUS')
  const none = { type: 'tls-exporter', client: undefined, server: undefined } as const
  if (!mechanism.startsWith('SCRAM-') || !bindings.length || (!plus && random.chance(0.7))) return none
  const data = random.octets(1 + random.below(64))
  const type = random.pick(bindings)
  if (plus) return { type, client: data, server: random.chance(0.75) ? data : random.octets(data.length) }
  return {
    type,
    client: random.chance(0.5) ? data : undefined,
    server: random.chance(0.5) ? data : undefined,
  }
}
