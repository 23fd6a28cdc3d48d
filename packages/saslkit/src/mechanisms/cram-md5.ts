/** CRAM-MD5 (RFC 2195): HMAC-MD5 of the server's challenge, keyed with the password. Obsolete: named, or not used. */
import { hashFunction, newNonce, random, sameOctets } from '#crypto'
import { type Awaitable, andThen } from '../awaitable.js'
import { consult } from '../consult.js'
import type { HashFunction } from '../crypto/hash.js'
import type { Held, Secret, SecretLookup } from '../directory.js'
import { malformed } from '../errors.js'
import { draft, hexOctets, type Octets, text, utf8 } from '../octets.js'
import { own } from '../own.js'
import { requireKnown } from '../require-known.js'
import { isOctets } from '../require-octets.js'
import {
  type ClientMechanism,
  type Context,
  challenge,
  failure,
  finish,
  respond,
  type ServerMechanism,
  type ServerStep,
} from '../step.js'
import { type NamePreparation, type Preparation, prepareName, preparePassword } from '../strings/prepare.js'
import { type PasswordCredentials, passwordText, requireText } from './client-credentials.js'
import { judge, refusal } from './judge.js'
import { directoryName } from './names.js'
import { requireDirectoryWith } from './require-directory-with.js'
import { requireFunction } from './require-function.js'
import { requireServerOptions } from './require-server-options.js'

/** How a client speaks CRAM-MD5. */
export interface CramMd5ClientOptions {
  /** How the password is prepared; default SASLprep (draft-ietf-sasl-crammd5 section 2). */
  readonly prepare?: Preparation | undefined
  /** How the name is prepared; default SASLprep (ibid.). */
  readonly prepareName?: NamePreparation | undefined
}

const CLIENT_OPTIONS: Readonly<Record<keyof CramMd5ClientOptions, true>> = {
  prepare: true,
  prepareName: true,
}

/**
 * The client half of CRAM-MD5: proves that it knows the password by an HMAC of the challenge. The server proves nothing.
 *
 * @throws TypeError when there is an authzid, which CRAM-MD5 cannot carry, and for options that there are not.
 */
export function cramMd5Client(
  credentials: PasswordCredentials,
  options: CramMd5ClientOptions = {},
): ClientMechanism {
  requireKnown(options, Object.keys(CLIENT_OPTIONS), 'cramMd5Client')
  const { prepare = 'saslprep', prepareName: rule = 'saslprep' } = options
  const authcid = requireText(credentials?.authcid, 'authcid')
  if (credentials.authzid) throw new TypeError('CRAM-MD5 cannot carry an authzid')
  return {
    name: 'CRAM-MD5',
    start: (context) =>
      respond(undefined, (sent) => {
        const kept = sent.slice() // while a password is typed, the caller may use its buffer again
        return andThen(hashFunction('MD5'), (md5) =>
          andThen(passwordText(credentials.password, context), (password) =>
            andThen(preparePassword(password, prepare), (secret) =>
              andThen(prepareName(authcid, rule), (name) =>
                finish(
                  draft()
                    .text(name)
                    .text(' ')
                    .octets(hexOctets(md5.hmac(utf8(secret), kept)))
                    .take(),
                ),
              ),
            ),
          ),
        )
      }),
  }
}

/** How a server speaks CRAM-MD5: what its challenges look like, and how it takes names. */
export interface CramMd5ServerOptions {
  /** In the challenge, after the "@"; default: the connection's host, or "localhost". */
  readonly hostname?: string | undefined
  /** The text of a new challenge, without the angle brackets' content repeated ever: for known answers alone. */
  readonly challenge?: (() => string) | undefined
  /** How names are prepared; default SASLprep. */
  readonly prepare?: NamePreparation | undefined
}

const OPTIONS: Readonly<Record<keyof CramMd5ServerOptions, true>> = {
  hostname: true,
  challenge: true,
  prepare: true,
}

/** What may stand after the "@" of a message's identifier (RFC 2195 section 2). */
const HOSTNAME = /^[^\s<>@\p{C}]+$/u

/** The server half of CRAM-MD5: needs the password, or the HMAC state that stands for it. */
export function cramMd5Server(directory: SecretLookup, options: CramMd5ServerOptions = {}): ServerMechanism {
  requireDirectoryWith(directory, 'secret', 'cramMd5Server')
  requireServerOptions(options, Object.keys(OPTIONS), 'cramMd5Server')
  const { hostname, challenge: newChallenge, prepare = 'saslprep' } = options
  requireFunction(newChallenge, 'challenge')
  if (hostname !== undefined && (typeof hostname !== 'string' || !HOSTNAME.test(hostname)))
    throw new TypeError("hostname must be a host's name, as text: 'mail.example.org'")
  /** Stands for accounts that do not exist: an HMAC is made as for the last that does, so that time tells nothing. */
  let nobody: Secret = NO_SECRET

  const answer = (response: Octets, sent: Octets, context: Context): Awaitable<ServerStep> => {
    // The name may hold spaces, the digest cannot. The name may be kept: it is a text of its own, without the digest.
    const space = response.lastIndexOf(0x20)
    const name = text(response, 0, Math.max(space, 0))
    const digits = digitsAfter(response, space)
    if (!name || name.includes('\0') || !digits) throw malformed('not a CRAM-MD5 response')

    return andThen(hashFunction('MD5'), (md5) =>
      andThen(directoryName(name, prepare), (authcid) =>
        authcid === undefined
          ? failure('invalid-credentials')
          : andThen(
              consult(() => directory.secret(authcid, context)),
              (found) => {
                const known = typeof found === 'string' ? { secret: found } : (found ?? undefined)
                if (known) nobody = like(known, nobody)
                return andThen(hmacOf(md5, known ?? nobody, sent), (expected) =>
                  verdict(authcid, known, sameOctets(hexOctets(expected), digits)),
                )
              },
            ),
      ),
    )
  }

  return {
    name: 'CRAM-MD5',
    maxLength: 3 * 1024,
    start(initialResponse, context) {
      if (initialResponse) throw malformed('CRAM-MD5 has no initial response')
      const host = hostname ?? context.connection.host ?? 'localhost'
      const given = newChallenge && utf8(newChallenge())
      const message = given ? draft().octets(given) : draft().text('<').octets(newNonce()).text(`@${host}>`)
      const sent = message.take()
      return challenge(message.take(), (response) => answer(response, sent, context))
    },
  }
}

/**
 * A copy of the digest, for the caller may use its buffer again while the directory works. Undefined where it is not 32 digits
 * of lower case (RFC 2195 section 2).
 */
function digitsAfter(response: Octets, space: number): Octets | undefined {
  const digits = new Uint8Array(32)
  if (response.length !== space + 1 + digits.length) return undefined
  for (let i = 0; i < digits.length; i++) {
    const code = response[space + 1 + i]!
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return undefined
    digits[i] = code
  }
  return digits
}

const NO_SECRET: Secret = { secret: ' ' }

const isState = (held: Secret): boolean => 'hmacMd5State' in held

/** What takes as long to check. */
function like(known: Secret, nobody: Secret): Secret {
  if (isState(known) === isState(nobody)) return nobody
  return isState(known) ? { hmacMd5State: random(32) } : NO_SECRET
}

function verdict(authcid: string, known: (Secret & Held) | undefined, matches: boolean): ServerStep {
  const { refused, fault }: Held = known ?? {}
  if (!matches && fault != null) return failure('temporary', fault)
  if (!matches || !known) return failure('invalid-credentials')
  return refused ? refusal(refused) : judge({ authcid: own(known, 'authcid') ?? authcid }, { authcid })
}

function hmacOf(md5: HashFunction, held: Secret, sent: Octets): Awaitable<Octets> {
  if ('hmacMd5State' in held) {
    const { hmacMd5State: state } = held
    if (!isOctets(state) || state.length !== 32)
      throw new TypeError('an HMAC-MD5 state is 32 octets, outer then inner')
    // Not hmac-md5-state.js, which shares modules with what programs start with.
    return import('../crypto/md5.js').then((m) => m.hmacMd5FromState(state, sent))
  }
  const key = typeof held.secret === 'string' ? utf8(held.secret) : held.secret
  // An empty secret is a broken row; whoever sends an empty password must not get in by it.
  if (!isOctets(key) || key.length === 0)
    throw new TypeError('a CRAM-MD5 secret is text or octets, not empty')
  return md5.hmac(key, sent)
}
