/**
 * A step is what one half of a mechanism wants next, as a value: what to send, and the function that takes the
 * answer. Nothing is suspended between messages. What a later message needs of an earlier one, it finds in the
 * scope it was written in.
 */
import type { Awaitable } from './awaitable.js'
import type { Connection, Offered } from './connection.js'
import type { FailureReason, SaslError } from './errors.js'
import { EMPTY, type Octets } from './octets.js'

/** Who proved themselves, and whom else they asked to act as (absent: nobody else). RFC 4422 section 2. */
export interface Identity {
  /** Whose credentials were good: the canonical name, where the directory has another than was asked for. */
  readonly authcid: string
  /** Whom to act as. `authorize` has allowed it. */
  readonly authzid?: string | undefined
  /** Nobody proved anything (RFC 4505). `trace` is what the client chose to say of itself: for the log, unverified. */
  readonly anonymous?: { readonly trace: string | undefined } | undefined
}

/** What is known of this exchange, and of no other. */
export interface Context {
  /** What is known of the transport. It may change: ask it when it is needed. */
  readonly connection: Connection
  /** What this server offered on this connection, where that is known. */
  readonly offered?: Offered | undefined
  /** Aborted when the exchange is to end: what waits for something should stop. */
  readonly signal?: AbortSignal | undefined
  /** Client: how the attempt before this one ended. Credentials that are functions are given it. */
  readonly previous?: SaslError | undefined
}

/** What both halves say of themselves. */
interface Half {
  /** The registered name (RFC 4422 section 3.1). */
  readonly name: string
  /** The secret itself crosses the connection, so the exchange insists on a secure one. */
  readonly plaintext?: boolean
  /** The longest message taken from the peer, in octets, where the exchange is not told another. */
  readonly maxLength?: number
}

// ── The server half ─────────────────────────────────────────────────────────────────────────────

/** A configured server half, long-lived, shared by connections. */
export interface ServerMechanism extends Half {
  /** `initialResponse` is undefined when none came, which is not the same as an empty one. */
  start(initialResponse: Octets | undefined, context: Context): Awaitable<ServerStep>
}

/** What a server half wants next. Made by `challenge`, `success` and `failure`. */
export type ServerStep = Challenge | Success | Failure

/** Octets for the client, and who takes the answer (RFC 4422 section 3). */
export interface Challenge {
  readonly kind: 'challenge'
  /** May be empty. Not changed once it is handed over. */
  readonly challenge: Octets
  /**
   * Takes the response, which may be empty. Called once; what it throws ends the exchange: a SaslError as its reason, anything
   * else as `temporary`.
   */
  readonly next: (response: Octets) => Awaitable<ServerStep>
}

/** Protects what follows success, where a mechanism negotiates it (RFC 4422 section 3.7). */
export interface SecurityLayer {
  /** What to send for these octets, which are not changed. */
  wrap(octets: Uint8Array): Octets
  /**
   * What the peer sent, of one whole message as `wrap` made it.
   *
   * @throws SaslError `malformed` for what was changed on its way.
   */
  unwrap(octets: Uint8Array): Octets
}

/** The client has proved who it is, and the exchange is over. */
export interface Success {
  readonly kind: 'success'
  /** Who it is, as far as the mechanism is concerned; the exchange asks `authorize` before it stands. */
  readonly identity: Identity
  /**
   * What goes along with success, or as a challenge where the protocol has no other way (RFC 4422 section 3.6).
   */
  readonly additionalData?: Octets | undefined
  /** What protects all that follows. */
  readonly layer?: SecurityLayer | undefined
}

/** The exchange is over, and nobody is in. What the client is told is a text that its protocol fixes. */
export interface Failure {
  readonly kind: 'failure'
  /** For the program and its log. */
  readonly reason: FailureReason
  /** For the log. Never for the peer. */
  readonly cause?: unknown
  /** The mechanism's own word for it (SCRAM's "e="), for protocols whose failure can carry octets. */
  readonly additionalData?: Octets | undefined
}

/** Sends a challenge; `next` takes the response. */
export const challenge = (octets: Octets, next: Challenge['next']): Challenge => ({
  kind: 'challenge',
  challenge: octets,
  next,
})

/** The client has proved to be this identity. The exchange asks `authorize` before it believes so. */
export const success = (identity: Identity, additionalData?: Octets): Success => ({
  kind: 'success',
  identity,
  additionalData,
})

/** Ends the exchange without success. `cause` is for the log, `additionalData` for protocols that can carry some. */
export const failure = (reason: FailureReason, cause?: unknown, additionalData?: Octets): Failure => ({
  kind: 'failure',
  reason,
  cause,
  additionalData,
})

/** Begins a mechanism in which the client speaks first: an empty challenge asks for what did not come along. */
export const clientFirst = (
  initialResponse: Octets | undefined,
  next: Challenge['next'],
): Awaitable<ServerStep> => (initialResponse ? next(initialResponse) : challenge(EMPTY, next))

// ── The client half ─────────────────────────────────────────────────────────────────────────────

/** A configured client half, long-lived, shared by connections. */
export interface ClientMechanism extends Half {
  /**
   * The server proves itself too: without that, its word of success is not believed. The proof covers a nonce of the client's own,
   * or what was said to somebody before proves it again.
   */
  readonly mutual?: boolean
  /**
   * Begins an exchange: the step's response is the initial response, undefined where the mechanism has none. What it throws, or
   * a `next` of its steps, ends the exchange and comes out of its methods as it is.
   */
  start(context: Context): Awaitable<ClientStep>
}

/** What a client half wants next. Made by `respond`, `finish` and `concede`. */
export interface ClientStep {
  /** Undefined only at the start of a mechanism that has no initial response. */
  readonly response: Octets | undefined
  /** Takes the next challenge. Where there is none, a further challenge breaks the protocol. */
  readonly next?: ((challenge: Octets) => Awaitable<ClientStep>) | undefined
  /** Whether the mechanism is content. Only then may the server's word that we are in be believed. */
  readonly complete: boolean
  /** What the server said was wrong, where a mechanism has a way to say it. */
  readonly problem?: SaslError
}

/** Sends a response, and expects a challenge. Success in its place is not believed. */
export const respond = (response: Octets | undefined, next: ClientStep['next']): ClientStep => ({
  response,
  next,
  complete: false,
})

/** Sends the last response. Success may follow; so may a challenge, where `next` takes one. */
export const finish = (response: Octets, next?: ClientStep['next']): ClientStep => ({
  response,
  next,
  complete: true,
})

/** Sends what the mechanism requires after the server has said what is wrong. Only failure may follow. */
export const concede = (response: Octets, problem: SaslError): ClientStep => ({
  response,
  complete: false,
  problem,
})
