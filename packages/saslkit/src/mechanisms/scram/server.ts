/** The server half of SCRAM (RFC 5802, RFC 7677), with and without channel binding. */
import { hashFunction, sameOctets } from '#crypto'
import { type Awaitable, andThen } from '../../awaitable.js'
import type { ChannelBinding, Connection } from '../../connection.js'
import { consult } from '../../consult.js'
import { extendNonce } from '../../crypto/extend-nonce.js'
import type { HashFunction } from '../../crypto/hash.js'
import type { Held, ScramCredentials, ScramLookup } from '../../directory.js'
import { malformed, SaslError } from '../../errors.js'
import { concat, draft, type Octets, utf8 } from '../../octets.js'
import { own } from '../../own.js'
import { isOctets } from '../../require-octets.js'
import {
  type Context,
  challenge,
  clientFirst,
  type Failure,
  failure,
  type Identity,
  type ServerMechanism,
  type ServerStep,
  success,
} from '../../step.js'
import type { NamePreparation } from '../../strings/prepare.js'
import { refusal } from '../judge.js'
import { authorizationIdentity, directoryName } from '../names.js'
import type { Gs2Header } from '../parse-gs2-header.js'
import { requireDirectoryWith } from '../require-directory-with.js'
import { requireFunction } from '../require-function.js'
import { requireServerOptions } from '../require-server-options.js'
import { bindingInput } from './binding.js'
import { checksum } from './checksum.js'
import { type DecoyOptions, decoysFor } from './decoy.js'
import { provenKey } from './keys.js'
import { type ClientFirst, parseClientFinal, parseClientFirst } from './messages.js'
import { requireNonce } from './nonce.js'
import { offeredHash } from './offered-hash.js'
import { UnsupportedExtension } from './unsupported-extension.js'
import { hashOf, isPlus, requireVariant, type ScramVariant } from './variant.js'

/** How a server speaks SCRAM. Without a directory that makes its own decoys, `decoySecret` is needed. */
export interface ScramServerOptions extends DecoyOptions {
  /** Makes the server's part of the nonce. For known answers alone; default 18 random octets in base64. */
  readonly nonce?: (() => string) | undefined
  /** How names are prepared; default SASLprep. */
  readonly prepare?: NamePreparation | undefined
  /** Vouch for the list of mechanisms that was offered (XEP-0474); default false. */
  readonly vouchForOffered?: boolean | undefined
}

const OPTIONS: Readonly<Record<keyof ScramServerOptions, true>> = {
  decoySecret: true,
  decoyIterations: true,
  decoySaltLength: true,
  nonce: true,
  prepare: true,
  vouchForOffered: true,
}

/**
 * The server half of SCRAM: asks the directory for keys, checks the proof, and proves that it has them.
 *
 * @throws RangeError for an unknown variant, a decoy secret under 16 octets, or decoys that no account could have; TypeError for
 *   what is no directory, or no options.
 */
export function scramServer(
  variant: ScramVariant,
  directory: ScramLookup,
  options: ScramServerOptions,
): ServerMechanism {
  requireVariant(variant)
  requireDirectoryWith(directory, 'scramCredentials', 'scramServer')
  requireServerOptions(options, Object.keys(OPTIONS), 'scramServer')
  const { nonce, prepare = 'saslprep' } = options
  requireFunction(nonce, 'nonce')
  const hashName = hashOf(variant)
  const plus = isPlus(variant)
  const decoy = decoysFor(hashName, directory, options)

  const begin = (hash: HashFunction, first: ClientFirst, context: Context): Awaitable<ServerStep> => {
    const refused = refuseBinding(first.header, plus, context)
    if (refused) return refused
    const authzid =
      first.header.authzid === undefined
        ? undefined
        : authorizationIdentity(first.header.authzid, first.authcid)

    return andThen(directoryName(first.authcid, prepare), (prepared) => {
      // A name that preparation refuses takes the path of an unknown one, for from outside they are the same.
      const authcid = prepared ?? first.authcid
      const lookUp = () =>
        prepared === undefined
          ? undefined
          : consult(() => directory.scramCredentials(prepared, hashName, context))
      // A decoy is made for every name, so that time tells nothing.
      return andThen(decoy(authcid, hash.size), (fake) =>
        andThen(lookUp(), (known) => {
          const held = known ?? fake
          requireCredentials(held, hash)
          const canonical = (known && own(known, 'authcid')) ?? authcid
          if (typeof canonical !== 'string' || !canonical)
            throw new TypeError("an account's canonical name is text, not empty")
          const { refused, fault } = known ?? {}
          const account = known ? { authcid: canonical, authzid, refused, fault } : undefined
          return exchange(hash, first, held, account, context)
        }),
      )
    })
  }

  const exchange = (
    hash: HashFunction,
    first: ClientFirst,
    held: ScramCredentials,
    account: (Identity & Pick<Held, 'refused' | 'fault'>) | undefined,
    { connection, offered }: Context,
  ): ServerStep => {
    const { bare, nonceAt, nonceEnd } = first
    const { salt, iterations, storedKey, serverKey } = held
    const sum = checksum(salt, storedKey, serverKey)
    const nonces = nonce
      ? concat(bare.slice(nonceAt, nonceEnd), requireNonce(nonce()))
      : extendNonce(bare, nonceAt, nonceEnd)
    const vouched = options.vouchForOffered && offered ? offeredHash(hash, offered) : undefined
    const count = `,i=${iterations}${vouched === undefined ? '' : `,h=${vouched}`}`
    // Written again for the signatures, rather than kept while the client makes up its mind.
    const writeFirst = (message: ReturnType<typeof draft>) =>
      message.text('r=').octets(nonces).text(',s=').base64(salt).text(count)
    const { bindingType, text: header } = first.header
    const binding = bindingType === undefined ? undefined : heldBinding(connection, bindingType)
    // It was there when the exchange began.
    if (bindingType !== undefined && !binding) return refuseBindingType()

    return challenge(writeFirst(draft()).take(), (message) => {
      const final = parseClientFinal(message, bindingInput(header, binding), nonces)
      if (!final.isNonceExpected) return refuse('invalid-proof', 'the nonce is not ours')
      if (!final.isBindingExpected) return refuse('channel-bindings-dont-match', 'c= is not what it must be')
      if (final.proof.length !== hash.size) throw malformed('proof of the wrong length')

      // A directory that reads the next row into the same octets would have one prove themselves by another's password.
      if (checksum(salt, storedKey, serverKey) !== sum) return failure('temporary', changed(), otherError())
      const authMessage = writeFirst(draft().octets(bare).text(','))
        .text(',')
        .octets(message, 0, final.proofAt)
        .lend()
      const proven = sameOctets(provenKey(hash, storedKey, authMessage, final.proof), storedKey)
      if (!proven && account?.fault != null) return failure('temporary', account.fault, otherError())
      if (!proven || !account) return refuse('invalid-proof', 'wrong proof')
      if (account.refused) return refusal(account.refused, otherError())

      const signature = hash.hmac(serverKey, authMessage)
      return success(
        { authcid: account.authcid, authzid: account.authzid },
        draft().text('v=').base64(signature).take(),
      )
    })
  }

  return {
    name: `SCRAM-${variant}`,
    start: (initialResponse, context) =>
      clientFirst(initialResponse, (message) => {
        // At once: when the hash has been loaded, the message may be gone.
        const first = parseFirst(message)
        return 'kind' in first
          ? first
          : andThen(hashFunction(hashName), (hash) => begin(hash, first, context))
      }),
  }
}

/** A failure in words of RFC 5802 section 7. `unknown-user` is not among them: an unknown name has an invalid proof. */
type ServerError =
  | 'extensions-not-supported'
  | 'invalid-proof'
  | 'channel-bindings-dont-match'
  | 'server-does-support-channel-binding'
  | 'channel-binding-not-supported'
  | 'unsupported-channel-binding-type'

const refuse = (
  error: ServerError,
  why: string,
  reason: 'invalid-credentials' | 'malformed' = 'invalid-credentials',
): Failure => failure(reason, new SaslError(reason, why), utf8(`e=${error}`))

const otherError = (): Octets => utf8('e=other-error')

const changed = (): TypeError =>
  new TypeError('the directory has changed octets that it had answered with; give each answer its own')

function parseFirst(message: Octets): ClientFirst | Failure {
  try {
    return parseClientFirst(message)
  } catch (error) {
    if (error instanceof UnsupportedExtension)
      return refuse('extensions-not-supported', error.message, 'malformed')
    throw error
  }
}

const heldBinding = (connection: Connection, bindingType: string): ChannelBinding | undefined =>
  connection.channelBindings?.find(({ type, data }) => type === bindingType && data.length > 0)

/** RFC 5802 section 6: what the gs2-cbind-flag may say here. */
function refuseBinding(
  { flag, bindingType }: Gs2Header,
  plus: boolean,
  { connection, offered }: Context,
): Failure | undefined {
  if (!plus) {
    if (flag === 'p')
      return refuse('channel-binding-not-supported', 'bound, by a mechanism that does not bind', 'malformed')
    if (flag === 'y' && offered?.mechanisms.some((name) => name.endsWith('-PLUS')))
      return refuse(
        'server-does-support-channel-binding',
        'the client was not shown that we can bind: a downgrade',
      )
    return undefined
  }
  if (flag !== 'p')
    return refuse('server-does-support-channel-binding', '-PLUS without channel binding', 'malformed')
  return bindingType !== undefined && heldBinding(connection, bindingType) ? undefined : refuseBindingType()
}

const refuseBindingType = (): Failure =>
  refuse('unsupported-channel-binding-type', 'a channel binding that this connection does not have')

/** A broken row is the directory's fault: `temporary` for the client, never a reason to let anybody in. */
function requireCredentials(
  { salt, iterations, storedKey, serverKey }: ScramCredentials,
  hash: HashFunction,
): void {
  const whole =
    isOctets(salt) &&
    salt.length >= 1 &&
    salt.length <= 1024 &&
    Number.isSafeInteger(iterations) &&
    iterations >= 1 &&
    isOctets(storedKey) &&
    storedKey.length === hash.size &&
    isOctets(serverKey) &&
    serverKey.length === hash.size
  if (!whole)
    throw new TypeError(
      `the directory's SCRAM-${hash.name} credentials are not whole: salt, storedKey and serverKey are octets, the keys ${hash.size} of them; iterations a number`,
    )
}
