import { type Awaitable, abortable, isPromise } from '../awaitable.js'
import { type Connection, type Offered, UNKNOWN_CONNECTION } from '../connection.js'
import type { Considered } from '../considered.js'
import { type FailureReason, malformed, SaslError } from '../errors.js'
import { EMPTY, type Octets, plainOctets } from '../octets.js'
import { type PlaintextOptions, refusePlaintext } from '../plaintext.js'
import type { ClientMechanism, ClientStep, Context } from '../step.js'

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
  #state: 'new' | 'waiting' | 'working' | 'over' = 'new'
  #step: ClientStep | undefined
  #steps = 0

  constructor(mechanism: ClientMechanism, options: ClientExchangeOptions = {}) {
    this.mechanism = mechanism.name
    this.mutual = mechanism.mutual === true
    this.#mechanism = mechanism
    this.#options = options
    const { connection = UNKNOWN_CONNECTION, offered, signal, previous } = options
    this.#context = { connection, offered, signal, previous }
  }

  /** Why this mechanism, and why not the others. */
  get considered(): readonly Considered[] {
    return this.#options.considered?.() ?? []
  }

  /** The initial response; undefined when there is none to send, which is not the same as an empty one. */
  start(): Awaitable<Octets | undefined> {
    this.#enter('new')
    return this.#run(
      () => this.#mechanism.start(this.#context),
      (step) => {
        if (step.response === undefined || this.#options.initialResponse !== false) return step.response
        this.#step = { response: undefined, complete: false, next: heldBack(step) }
        return undefined
      },
    )
  }

  /** Answers a challenge. */
  challenge(challenge: Octets): Awaitable<Octets> {
    requireOctets(challenge, 'a challenge')
    this.#enter('waiting')
    return this.#run(
      () => this.#answer(plainOctets(challenge)),
      (step) => step.response ?? EMPTY,
    )
  }

  /** Takes the server's word that we are in, and the additional data, if any. Content only if the mechanism is. */
  success(additionalData?: Octets): Awaitable<void> {
    if (additionalData !== undefined) requireOctets(additionalData, 'additional data')
    this.#enter('waiting')
    if (additionalData === undefined)
      return this.#run(
        () => this.#step!,
        (step) => this.#conclude(step),
      )
    // RFC 4422 section 3: additional data with success is short for a challenge answered by nothing, then success.
    return this.#run(
      () => this.#answer(plainOctets(additionalData)),
      (step) => {
        if (step.response?.length) throw this.#end(malformed('additional data called for a response'))
        return this.#conclude(step)
      },
    )
  }

  /** Takes the server's word that we are not in, and gives the error that says why, as far as is known. */
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
    this.#state = 'over'
    this.#step = undefined
  }

  #enter(expected: 'new' | 'waiting'): void {
    if (this.#state !== expected) throw new TypeError(`the exchange is ${STATES[this.#state]}`)
    this.#state = 'working'
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

  #run<T>(work: () => Awaitable<ClientStep>, then: (step: ClientStep) => T): Awaitable<T> {
    const { signal, connection } = this.#context
    const fail = (error: unknown): never => {
      throw this.#end(error)
    }
    try {
      if (signal?.aborted) throw signal.reason
      refusePlaintext(this.#mechanism, connection, this.#options)
      const coming = work()
      if (!isPromise(coming)) return then(this.#take(coming))
      return abortable(coming, signal).then((step) => then(this.#take(step)), fail)
    } catch (error) {
      return fail(error)
    }
  }

  #take(step: ClientStep): ClientStep {
    if (this.#state !== 'working') throw new SaslError('aborted', 'the exchange was aborted')
    refusePlaintext(this.#mechanism, this.#context.connection, this.#options)
    this.#state = 'waiting'
    this.#step = step
    return step
  }

  #conclude(step: ClientStep): void {
    this.abort()
    if (step.problem) throw step.problem
    if (!step.complete)
      throw new SaslError(
        'server-not-authenticated',
        `success before ${this.mechanism} is complete; additional data that came with it is for success()`,
      )
  }

  #end(error: unknown): unknown {
    this.abort()
    const { signal } = this.#context
    if (signal?.aborted && !(error instanceof SaslError))
      return new SaslError('aborted', 'the exchange was aborted', { cause: signal.reason })
    return error
  }
}

const STATES = {
  new: 'not started; call start() first',
  waiting: 'started already',
  working: 'still at work',
  over: 'over',
} as const

function requireOctets(octets: Octets, what: string): void {
  if (!ArrayBuffer.isView(octets)) throw new TypeError(`${what} must be octets, decoded; pass a Uint8Array`)
}

/** The first, empty, challenge asks for the initial response that the protocol could not carry (RFC 4422 section 3). */
const heldBack = (step: ClientStep) => (empty: Octets) => {
  if (empty.length) throw malformed('the client speaks first')
  return step
}
