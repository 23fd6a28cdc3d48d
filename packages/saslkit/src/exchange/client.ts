import { type Awaitable, abortable, isPromise } from '../awaitable.js'
import { type Connection, type Offered, UNKNOWN_CONNECTION } from '../connection.js'
import type { Considered } from '../considered.js'
import { type FailureReason, malformed, SaslError } from '../errors.js'
import { EMPTY, type Octets, plainOctets } from '../octets.js'
import { type PlaintextOptions, refusePlaintext } from '../plaintext.js'
import { type ClientMechanism, type ClientStep, type Context, respond } from '../step.js'
import { requireClientExchange } from './require-client-exchange.js'

/** What one run of a client half is told beside its mechanism. */
export interface ClientExchangeOptions extends PlaintextOptions {
  /** Default: nothing is known, so plaintext mechanisms refuse to run. */
  readonly connection?: Connection | undefined
  /**
   * What the server offered. SCRAM needs it to say that a list was cut short (RFC 5802 section 6, XEP-0474).
   */
  readonly offered?: Offered | undefined
  /** Says what `saslClient` thought of each mechanism, when the exchange is asked for its own `considered`. */
  readonly considered?: (() => readonly Considered[]) | undefined
  /** Ends the exchange as `aborted`, also while it waits for a password, a token or a key derivation. */
  readonly signal?: AbortSignal | undefined
  /** How the attempt before this one ended: given to credentials that are functions, so that they can answer anew. */
  readonly previous?: SaslError | undefined
  /** False where the protocol cannot carry an initial response: it then answers the first, empty, challenge. */
  readonly initialResponse?: boolean | undefined
  /** The longest challenge taken, in octets; default the mechanism's own limit, or 16,384. */
  readonly maxLength?: number | undefined
  /** How many challenges are answered; default 8. */
  readonly maxSteps?: number | undefined
}

// What the exchange is, in the words that its caller is told.
const NEW = 'not started; call start() first'
const WAITING = 'started already'
const WORKING = 'still at work'
const OVER = 'over'
type State = typeof NEW | typeof WAITING | typeof WORKING | typeof OVER

/**
 * One run of a client half over one connection. Each method may answer at once or with a promise: await it.
 * What they throw for the server's sake is a SaslError, and the caller then aborts the exchange on the wire; a
 * TypeError is the caller's own fault. What a credentials function throws comes through as it is.
 */
export class ClientExchange {
  readonly mechanism: string
  /** Success, when it is believed, means that the server has proved itself too. */
  readonly mutual: boolean
  readonly #mechanism: ClientMechanism
  readonly #options: ClientExchangeOptions
  readonly #context: Context
  #state: State = NEW
  #step: ClientStep | undefined
  #steps = 0

  constructor(mechanism: ClientMechanism, options: ClientExchangeOptions = {}) {
    if (!mechanism?.start) throw new TypeError('pass a mechanism: plainClient(…)')
    requireClientExchange(options)
    this.mechanism = mechanism.name
    this.mutual = mechanism.mutual === true
    this.#mechanism = mechanism
    this.#options = options
    this.#context = {
      connection: options.connection ?? UNKNOWN_CONNECTION,
      offered: options.offered,
      signal: options.signal,
      previous: options.previous,
    }
  }

  /** Why this mechanism, and why not the others. */
  get considered(): readonly Considered[] {
    return this.#options.considered?.() ?? []
  }

  /** The initial response; undefined when there is none to send, which is not the same as an empty one. */
  start(): Awaitable<Octets | undefined> {
    return this.#run(
      NEW,
      () => this.#mechanism.start(this.#context),
      (step) => {
        if (step.response === undefined || this.#options.initialResponse !== false) return step.response
        this.#step = respond(undefined, heldBack(step))
        return undefined
      },
    )
  }

  /** Answers a challenge. */
  challenge(challenge: Uint8Array): Awaitable<Octets> {
    const octets = requireOctets(challenge, 'a challenge')
    return this.#run(
      WAITING,
      () => this.#answer(octets),
      (step) => step.response ?? EMPTY,
    )
  }

  /**
   * Takes the server's word that we are in, and the additional data, if any. Content only if the mechanism is. Call it at the
   * message that says so: additional data that came in one before (PostgreSQL) is kept until then.
   */
  success(additionalData?: Uint8Array): Awaitable<void> {
    // RFC 4422 section 3: additional data with success is short for a challenge answered by nothing, then success.
    const octets = additionalData === undefined ? undefined : requireOctets(additionalData, 'additional data')
    return this.#run(
      WAITING,
      () => (octets ? this.#answer(octets) : this.#step!),
      (step) => {
        this.abort()
        if (octets && step.response?.length) throw malformed('additional data called for a response')
        if (step.problem) throw step.problem
        if (!step.complete)
          throw new SaslError(
            'server-not-authenticated',
            `success before ${this.mechanism} is complete; pass additional data to success()`,
          )
      },
    )
  }

  /**
   * Takes the server's word that we are not in, and gives the error that says why, as far as is known. The message becomes the
   * error's as it is: of a server's own text, pass what may stand in a log, without controls, and not all of a long one.
   */
  failure(
    reason: FailureReason = 'invalid-credentials',
    message = `the server refused ${this.mechanism}`,
  ): SaslError {
    const problem = this.#step?.problem
    this.abort()
    return problem ?? new SaslError(reason, message)
  }

  /** Ends the exchange from our side. Work that is under way comes to nothing. */
  abort(): void {
    this.#state = OVER
    this.#step = undefined
  }

  #answer(challenge: Octets): Awaitable<ClientStep> {
    const next = this.#step?.next
    this.#step = undefined // one answer to each challenge
    // Not "over" but "not within": a limit that is no number lets nothing through.
    if (!(challenge.length <= (this.#options.maxLength ?? this.#mechanism.maxLength ?? 16_384)))
      throw new SaslError('limit-exceeded', 'challenge too long')
    if (!(++this.#steps <= (this.#options.maxSteps ?? 8)))
      throw new SaslError('limit-exceeded', 'too many challenges')
    if (!next) throw malformed(`a challenge that ${this.mechanism} does not have`)
    return next(challenge)
  }

  #run<T>(expected: State, work: () => Awaitable<ClientStep>, then: (step: ClientStep) => T): Awaitable<T> {
    if (this.#state !== expected) throw new TypeError(`the exchange is ${this.#state}`)
    this.#state = WORKING
    const { signal } = this.#context
    const take = (step: ClientStep): T => {
      if (this.#state !== WORKING) throw aborted()
      refusePlaintext(this.#mechanism, this.#context.connection, this.#options)
      this.#state = WAITING
      this.#step = step
      return then(step)
    }
    const fail = (error: unknown): never => {
      this.abort()
      throw signal?.aborted && !(error instanceof SaslError) ? aborted({ cause: signal.reason }) : error
    }
    try {
      signal?.throwIfAborted()
      refusePlaintext(this.#mechanism, this.#context.connection, this.#options)
      const coming = work()
      return isPromise(coming) ? abortable(coming, signal).then(take).catch(fail) : take(coming)
    } catch (error) {
      return fail(error)
    }
  }
}

const aborted = (options?: ErrorOptions): SaslError =>
  new SaslError('aborted', 'the exchange was aborted', options)

function requireOctets(octets: Uint8Array, what: string): Octets {
  if (!ArrayBuffer.isView(octets)) throw new TypeError(`${what} must be octets, decoded; pass a Uint8Array`)
  return plainOctets(octets)
}

/** The first, empty, challenge asks for the initial response that the protocol could not carry (RFC 4422 section 3). */
const heldBack = (step: ClientStep) => (empty: Octets) => {
  if (empty.length) throw malformed('the client speaks first')
  return step
}
