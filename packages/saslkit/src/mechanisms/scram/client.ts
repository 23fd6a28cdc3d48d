/** The client half of SCRAM (RFC 5802, RFC 7677), with and without channel binding. */
import { hashFunction, newNonce, sameOctets } from '#crypto'
import { type Awaitable, andThen } from '../../awaitable.js'
import { malformed, SaslError } from '../../errors.js'
import { draft, EMPTY, utf8 } from '../../octets.js'
import { type ClientMechanism, finish, respond } from '../../step.js'
import {
  type NamePreparation,
  type Preparation,
  prepareName,
  preparePassword,
} from '../../strings/prepare.js'
import { optionalName, type PasswordCredentials, passwordText, requireText } from '../client-credentials.js'
import { escapeName, gs2Header } from '../gs2.js'
import { bindingInput, type ChannelBindingPolicy, clientBinding } from './binding.js'
import { keyIds } from './key-ids.js'
import { clientKeys, clientProof, type ScramClientKeys } from './keys.js'
import { parseServerFinal, parseServerFirst } from './messages.js'
import { requireNonce } from './nonce.js'
import { offeredHash } from './offered-hash.js'
import { hashOf, requireVariant, type ScramVariant } from './variant.js'

/**
 * Keeps keys between exchanges, so that a password is asked for and stretched once. A Map will do; what it holds is
 * as good as the password. Keys go in only after the server has proved that it knows them too.
 *
 * They are found again, in this process, by the name and the password that is given; where the password is a function, by
 * the name and the connection's service, host and port, without asking: such a cache is one person's.
 */
export interface ScramKeyCache {
  /** The keys that are kept under this name; undefined where there are none. Not asked after a refusal. */
  get(id: string): ScramClientKeys | undefined
  /** Keeps keys, which nobody changes. What it answers is not looked at. */
  set(id: string, keys: ScramClientKeys): unknown
}

/** How a client speaks SCRAM. No option is needed. */
export interface ScramClientOptions {
  /** Makes the client's nonce: printable ASCII without ",". For known answers alone; default 18 random octets in base64. */
  readonly nonce?: (() => string) | undefined
  /** The least and the most iterations accepted; default 4,096 (RFC 7677 section 4) to 2,000,000. */
  readonly iterations?: readonly [min: number, max: number] | undefined
  /** Keeps keys between exchanges. Default: each exchange stretches the password anew. */
  readonly keyCache?: ScramKeyCache | undefined
  /** How the password is prepared; default SASLprep. */
  readonly prepare?: Preparation | undefined
  /** How the name is prepared; default SASLprep. */
  readonly prepareName?: NamePreparation | undefined
  /** Whether the GS2 header may say that we can bind channels; default `prefer`. -PLUS always binds. */
  readonly channelBinding?: ChannelBindingPolicy | undefined
}

/** @throws RangeError for impossible bounds. */
export function requireIterations(
  bounds: ScramClientOptions['iterations'] = [4096, 2_000_000],
): readonly [min: number, max: number] {
  const { 0: min, 1: max } = Object(bounds)
  if (!(Number.isSafeInteger(min) && Number.isSafeInteger(max) && 1 <= min && min <= max))
    throw new RangeError('iterations must be [min, max], whole numbers, 1 <= min <= max')
  return bounds
}

/** @throws TypeError for options that are none, at once. */
function requireOptions(options: ScramClientOptions): void {
  const { keyCache: cache = new Map(), nonce = Object } = Object(options)
  if (!options || ![nonce, cache?.get, cache?.set].every((each) => typeof each === 'function'))
    throw new TypeError('pass { nonce: a function, keyCache: a Map }')
}

/**
 * The client half of SCRAM: proves that it knows the password, does not show it, and has the server prove the same. A -PLUS
 * binds to the first of the connection's `channelBindings` (which the server has, where that is known): give it a connection
 * with those that you want.
 *
 * @throws RangeError for an unknown variant or impossible bounds; TypeError for names that no message can carry, and for options
 *   that are none.
 */
export function scramClient(
  variant: ScramVariant,
  credentials: PasswordCredentials,
  options: ScramClientOptions = {},
): ClientMechanism {
  requireVariant(variant)
  requireOptions(options)
  const [min, max] = requireIterations(options.iterations)
  const authcid = requireText(credentials?.authcid, 'authcid')
  const authzid = optionalName(credentials.authzid)

  const hashName = hashOf(variant)
  const { password } = credentials
  const {
    keyCache: cache,
    nonce,
    channelBinding = 'prefer',
    prepare = 'saslprep',
    prepareName: rule = 'saslprep',
  } = options

  const keyId = keyIds(authcid)
  let escaped: string | undefined

  return {
    name: `SCRAM-${variant}`,
    mutual: true,
    start(context) {
      const clientNonce = nonce ? requireNonce(nonce()) : newNonce()
      const { flag, binding, insistOnHash } = clientBinding(variant, channelBinding, context)

      return andThen(hashFunction(hashName), (hash) =>
        andThen(escaped ?? andThen(prepareName(authcid, rule), escapeName), (name) => {
          escaped = name
          // One name stays one name, prepared or not: what is escaped already is not escaped again.
          const header = authzid === authcid ? `${flag},a=${name},` : gs2Header(flag, authzid)
          const named = `n=${name},r=`
          const initial = draft().text(header).text(named).octets(clientNonce).take()
          return respond(initial, (message) => {
            const first = parseServerFirst(message)
            const { length } = clientNonce
            if (first.nonceEnd - 2 <= length || !sameOctets(clientNonce, message, 2, 2 + length))
              throw malformed('the server did not extend our nonce')
            if (first.iterations < min || first.iterations > max)
              throw new SaslError(
                'unacceptable',
                `the server asks for ${first.iterations} iterations; from ${min} to ${max} are accepted`,
              )
            const { offered } = context
            const vouched = first.offeredHash
            // XEP-0474 section 6.2: before the proof leaves.
            if (vouched === undefined ? insistOnHash : offered && vouched !== offeredHash(hash, offered))
              throw new SaslError(
                'server-not-authenticated',
                vouched === undefined
                  ? 'the list of mechanisms was not vouched for, and no channel binding in common'
                  : 'the list of mechanisms was changed on its way',
              )

            const withoutProof = draft()
              .text('c=')
              .octets(bindingInput(header, binding))
              .text(',')
              .octets(message, 0, first.nonceEnd)
              .lend()
            const authMessage = draft()
              .text(named)
              .octets(clientNonce)
              .text(',')
              .octets(message)
              .text(',')
              .octets(withoutProof)
              .lend()

            const id = cache && keyId(hash, first, password, context.connection)
            // After a refusal the kept keys are suspect: the password may have changed.
            const kept = id === undefined || context.previous ? undefined : cache?.get(id)

            const known: Awaitable<ScramClientKeys> =
              kept ??
              andThen(passwordText(password, context), (characters) =>
                andThen(
                  preparePassword(characters, prepare, 'stored', { username: authcid, hash: hash.name }),
                  (prepared) =>
                    clientKeys(hash, utf8(prepared), first.salt, first.iterations, context.signal),
                ),
              )

            return andThen(known, (keys) => {
              const proof = clientProof(hash, keys.clientKey, authMessage, keys.storedKey)
              const signature = hash.hmac(keys.serverKey, authMessage)
              const final = draft().octets(withoutProof).text(',p=').base64(proof)
              return respond(final.take(), (message) => {
                if (!sameOctets(parseServerFinal(message), signature))
                  throw new SaslError('server-not-authenticated', 'the server does not know the password')
                if (id !== undefined && !kept) cache?.set(id, keys)
                return finish(EMPTY)
              })
            })
          })
        }),
      )
    },
  }
}
