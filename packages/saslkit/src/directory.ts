import type { Awaitable } from './awaitable.js'
import type { HashName } from './crypto/hash.js'
import type { Context } from './step.js'

/** Why an account may not come in although its credentials are good. Told to nobody before they were proved. */
export interface Refusal {
  /** Told to whoever has proved to be this account, and to nobody else. */
  readonly refused: 'account-disabled' | 'credentials-expired' | 'not-authorized'
}

/**
 * Good credentials: `true`, or the account's canonical name where it differs from the one that was asked for. Bad
 * ones or no such account: `false` or undefined, after the same work.
 */
export type Verdict = boolean | undefined | { readonly authcid: string } | Refusal

/** What a lookup can say of an account beside its secrets. */
export interface Held {
  /** The canonical name, where it differs from the one asked for. */
  readonly authcid?: string | undefined
  /** Why the account may not come in, told to whoever has proved to be this account. */
  readonly refused?: Refusal['refused'] | undefined
  /**
   * Why something else that the account holds could not be read. It may have been what was proved: a proof that does not fit
   * ends as `temporary`, with this as cause for the log.
   */
  readonly fault?: unknown
}

/**
 * What a server keeps for SCRAM (RFC 5802 section 3): enough to check a proof, not to make one. The library takes them with
 * octets of any kind, such as a database row's Buffers, and takes no copy: they must not change while the exchange lasts.
 */
export interface ScramCredentials<O extends Uint8Array = Uint8Array> {
  /** 1 to 1,024 octets, as they were when the keys were made. */
  readonly salt: O
  /** Of PBKDF2. */
  readonly iterations: number
  /** H(ClientKey), as many octets as the hash has. */
  readonly storedKey: O
  /** HMAC(SaltedPassword, "Server Key"), as many octets as the hash has. */
  readonly serverKey: O
}

/** What can be seen of SCRAM credentials from outside, beside the salt itself. */
export interface ScramShape {
  /** Of PBKDF2. */
  readonly iterations: number
  /** Octets. */
  readonly saltLength: number
}

/** The hash functions that SCRAM runs with, by the names in its mechanisms (RFC 5802, RFC 7677). */
export type ScramHash = Exclude<HashName, 'MD5'>

/** What is wrong with a token, as the client is told (RFC 7628 section 3.2.2). Nothing else of it is. */
export interface TokenProblem {
  /** `invalid_token`, `insufficient_scope`, `invalid_request`, or another registered code. */
  readonly status: string
  /** What a token would have to be good for. */
  readonly scope?: string | undefined
  /** The URL of the document that says where tokens are had. */
  readonly openidConfiguration?: string | undefined
}

/** What came along with a token. */
export interface TokenRequest {
  /** Whom the client asks to act as. */
  readonly authzid: string | undefined
  /** The host that the client says it has connected to: unverified (RFC 7628 section 3.1). */
  readonly host: string | undefined
  /** The port, likewise. */
  readonly port: number | undefined
}

/** PLAIN, LOGIN. The name comes prepared, the password as it was sent: only a directory knows how it was stored. */
export interface PasswordVerifier {
  /**
   * Whether the password is this account's. Takes the same time for an account that does not exist; whatever it throws, or a
   * promise that is rejected, is `temporary` for the client.
   */
  verifyPassword(authcid: string, password: string, context: Context): Awaitable<Verdict>
}

/** What CRAM-MD5 is checked against: the password, or what `hmacMd5State` made of it (32 octets). */
export type Secret<O extends Uint8Array = Uint8Array> =
  | { readonly secret: string | O }
  | { readonly hmacMd5State: O }

/** CRAM-MD5. Undefined: no such account, or none whose secret can be had. */
export interface SecretLookup {
  /** What responses are checked against: the password as text, or one of the forms of `Secret`. */
  secret(authcid: string, context: Context): Awaitable<string | (Secret & Held) | undefined>
}

/** SCRAM. Undefined: no such account, or none with keys for this hash. */
export interface ScramLookup {
  /** The keys of this account for this hash, as they were stored. The name comes prepared. */
  scramCredentials(
    authcid: string,
    hash: ScramHash,
    context: Context,
  ): Awaitable<(ScramCredentials & Held) | undefined>
  /**
   * What an account that does not exist is to look like: the same for a name each time, on every node. Asked for every
   * name, so that time tells nothing. Without it, the server makes decoys of its `decoySecret`.
   */
  decoy?: ((authcid: string, hash: ScramHash) => Awaitable<ScramCredentials>) | undefined
  /** What most accounts' keys look like, for decoys that the server makes; asked once. Undefined: none has any. */
  decoyShape?: ((hash: ScramHash) => ScramShape | undefined) | undefined
}

/** OAUTHBEARER, XOAUTH2. The identity is the token's own. */
export interface TokenVerifier {
  /**
   * Whose token this is, or what is wrong with it. The token is text in the characters of RFC 6750 section 2.1; that it is
   * signed, meant for this server and not expired is for this to find out, as is that the account is there and may come in: a
   * token may outlive it. One that may not is answered as `{ refused }`.
   */
  verifyToken(
    token: string,
    request: TokenRequest,
    context: Context,
  ): Awaitable<{ readonly authcid: string } | Refusal | TokenProblem>
}

/**
 * Answers a server's questions about accounts. Each method is optional: which mechanisms can be offered follows from
 * those present. What they throw is `temporary` for the client, with the error as cause for the log.
 */
export interface Directory {
  /** PLAIN, LOGIN: whether a password is right, and whose it is. */
  verifyPassword?: PasswordVerifier['verifyPassword'] | undefined
  /** CRAM-MD5: the password, or what stands for it. */
  secret?: SecretLookup['secret'] | undefined
  /** SCRAM: the keys of an account. */
  scramCredentials?: ScramLookup['scramCredentials'] | undefined
  /** SCRAM: what an account that does not exist is to look like. Without it, the server makes decoys of its `decoySecret`. */
  decoy?: ScramLookup['decoy']
  /** SCRAM: what most accounts' keys look like, for decoys that the server makes. */
  decoyShape?: ScramLookup['decoyShape']
  /** OAUTHBEARER, XOAUTH2: whose a token is. */
  verifyToken?: TokenVerifier['verifyToken'] | undefined
  /** The hashes for which every account has SCRAM keys; those are offered by default. Default: SHA-256 alone. */
  readonly scramHashes?: readonly ScramHash[] | undefined
}

/** A directory that has these. */
export type DirectoryWith<Name extends keyof Directory> = {
  readonly [each in Name]-?: NonNullable<Directory[each]>
}
