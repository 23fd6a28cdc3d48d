import { type Awaitable, abortable, isPromise } from '../awaitable.js'
import { type Connection, type Offered, UNKNOWN_CONNECTION } from '../connection.js'
import { consult } from '../consult.js'
import { type FailureReason, malformed, SaslError } from '../errors.js'
import { type Octets, plainOctets } from '../octets.js'
import { own } from '../own.js'
import { type PlaintextOptions, refusePlaintext } from '../plaintext.js'
import {
  type Challenge,
  type Context,
  challenge,
  type Failure,
  failure,
  type Identity,
  type ServerMechanism,
  type ServerStep,
  type Success,
} from '../step.js'
import { ownIdentity } from './own-identity.js'
import { requireServerExchange } from './require-server-exchange.js'

/**
 * May `authcid` act as `authzid`? Asked at every success, also when they are the same: only `true` lets anybody in.
 * Without it, each may act as themselves alone. The directory was asked about the authcid alone: that the authzid is an account,
 * and one that may come in, is for this to see to, and with EXTERNAL and tokens that the authcid's may.
 */
export type Authorize = (
  identity: Identity & { readonly authzid: string },
  context: Context,
) => Awaitable<boolean>

/** What one run of a server half is told beside its mechanism. */
export interface ServerExchangeOptions extends PlaintextOptions {
  /** Default: nothing is known, so plaintext mechanisms are refused. */
  readonly connection?: Connection | undefined
  /** What was offered on this connection: SCRAM can vouch for it (XEP-0474). */
  readonly offered?: Offered | undefined
  /** Ends the exchange as `aborted`, also while it waits for the directory. */
  readonly signal?: AbortSignal | undefined
  /** Default: each may act as themselves alone. */
  readonly authorize?: Authorize | undefined
  /** How the protocol carries additional data: with success, or (SMTP, IMAP, POP3, IRC) as a challenge answered by nothing. */
  readonly additionalData?: 'with-success' | 'as-challenge' | undefined
  /** The longest message taken, in octets; default the mechanism's own limit, or 8,192. */
  readonly maxLength?: number | undefined
  /** How many messages are taken; default 8. */
  readonly maxSteps?: number | undefined
  /** The longest authzid that `authorize` is asked about, in characters; default 1,020. XMPP's may be longer. */
  readonly maxAuthzidLength?: number | undefined
}

/** What the profile is to put on the wire. */
export type ServerReply = { readonly kind: 'challenge'; readonly challenge: Octets } | Success | Failure

/**
 * One run of a server half over one connection. Whatever the client sends, and whatever becomes of a directory,
 * `step` answers with a value: at once, or with a promise that does not reject. Await it.
 */
export class ServerExchange {
  readonly mechanism: string
  readonly #mechanism: ServerMechanism
  readonly #options: ServerExchangeOptions
  readonly #context: Context
  #state: 'new' | 'waiting' | 'working' | 'over' = 'new'
  /** What takes the next response, while one is awaited. */
  #next: Challenge['next'] | undefined
  /** Proved and authorized: all that is missing is the answer to the additional data. */
  #allowed = false
  #steps = 0

  /** @throws TypeError for what is no mechanism, and for options that are none; RangeError for a word that is none. */
  constructor(mechanism: ServerMechanism, options: ServerExchangeOptions = {}) {
    if (typeof mechanism?.start !== 'function')
      throw new TypeError('pass a mechanism: what plainServer(), scramServer() and their like make')
    requireServerExchange(options)
    this.mechanism = mechanism.name
    this.#mechanism = mechanism
    this.#options = options
    const { connection = UNKNOWN_CONNECTION, offered, signal } = options
    this.#context = { connection, offered, signal }
  }

  /**
   * Takes the initial response (undefined when there was none), and then each response.
   *
   * @throws TypeError when the exchange is over, or its last step is still at work: the caller's fault, never the client's.
   */
  step(response: Uint8Array | undefined): Awaitable<ServerReply> {
    const next = this.#next
    if (this.#state === 'working' || this.#state === 'over')
      throw new TypeError(`the exchange is ${this.#state === 'over' ? 'over' : 'still at work'}`)
    const starting = this.#state === 'new'
    this.#state = 'working'
    this.#next = undefined // one answer to each challenge
    const { signal } = this.#context
    try {
      if (signal?.aborted) throw signal.reason
      this.#admit(response)
      const message = response && plainOctets(response)
      const coming = starting ? this.#mechanism.start(message, this.#context) : next!(required(message))
      const reply = isPromise(coming)
        ? abortable(coming, signal).then((step) => this.#authorized(step))
        : this.#authorized(coming)
      if (!isPromise(reply)) return this.#settle(reply)
      return abortable(reply, signal).then(
        (step) => this.#settle(step),
        (error) => this.#failed(error),
      )
    } catch (error) {
      return this.#failed(error)
    }
  }

  /**
   * Ends the exchange for what the profile saw: the client's word for it, or a line that cannot be read. `cause` is for the
   * log, as that of any failure.
   */
  abort(reason: FailureReason = 'aborted', cause?: unknown): Failure {
    this.#state = 'over'
    this.#next = undefined
    return failure(reason, cause)
  }

  #admit(response: Uint8Array | undefined): void {
    refusePlaintext(this.#mechanism, this.#context.connection, this.#options)
    // A protocol of JSON or the like hands on what a client makes of it: that must not throw.
    if (response !== undefined && response !== null && !ArrayBuffer.isView(response))
      throw malformed('a response that is no octets; pass a Uint8Array, or undefined where there is none')
    // Not "over" but "not within": a limit that is no number lets nothing through.
    if (response && !(response.byteLength <= (this.#options.maxLength ?? this.#mechanism.maxLength ?? 8192)))
      throw new SaslError('limit-exceeded', 'message too long')
    if (!(++this.#steps <= (this.#options.maxSteps ?? 8)))
      throw new SaslError('limit-exceeded', 'too many messages')
  }

  /** A success stands only once the identity may act as it asks to. */
  #authorized(step: ServerStep): Awaitable<ServerStep> {
    if (!step) throw noStep()
    if (step.kind !== 'success' || this.#allowed) return step
    const identity = step.identity && ownIdentity(step.identity)
    const authcid = identity && own(identity, 'authcid')
    if (typeof authcid !== 'string' || !authcid)
      return failure(
        'temporary',
        new TypeError('success() takes an identity: pass { authcid }, which is text'),
      )
    const { authzid = authcid } = identity
    const { authorize, maxAuthzidLength = 1020 } = this.#options
    if (!(authzid.length <= maxAuthzidLength)) throw new SaslError('limit-exceeded', 'authzid too long')
    if (!authorize)
      return authzid === authcid ? this.#carry(step, identity) : failure('not-authorized', notThemselves())
    const allowed = consult(() => authorize({ ...identity, authzid }, this.#context))
    const decide = (verdict: boolean) =>
      verdict === true ? this.#carry(step, identity) : failure('not-authorized')
    return isPromise(allowed) ? allowed.then(decide) : decide(allowed)
  }

  #carry(proved: Success, identity: Identity): ServerStep {
    const step = identity === proved.identity ? proved : { ...proved, identity }
    if (step.additionalData === undefined || this.#options.additionalData !== 'as-challenge') return step
    this.#allowed = true
    const { additionalData, ...bare } = step
    return challenge(additionalData, (response) => (response.length ? failure('malformed') : bare))
  }

  #settle(step: ServerStep): ServerReply {
    if (this.#state === 'over') return failure('aborted')
    if (step.kind === 'challenge') {
      this.#state = 'waiting'
      this.#next = step.next
      return { kind: 'challenge', challenge: step.challenge }
    }
    if (step.kind !== 'success' && step.kind !== 'failure') return this.#failed(noStep())
    this.#state = 'over'
    return step
  }

  #failed(error: unknown): Failure {
    this.abort()
    if (this.#context.signal?.aborted) return failure('aborted', error)
    return failure(error instanceof SaslError ? error.reason : 'temporary', error)
  }
}

const noStep = (): TypeError =>
  new TypeError(
    'a step is a challenge, success or failure; return what challenge(), success() or failure() makes',
  )

const notThemselves = (): SaslError =>
  new SaslError(
    'not-authorized',
    'the authzid is not the authcid, and without authorize() each may act as themselves alone',
  )

function required(response: Octets | undefined): Octets {
  if (!response) throw malformed('no response')
  return response
}
