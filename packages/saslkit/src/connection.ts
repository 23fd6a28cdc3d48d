/**
 * The channel bindings of TLS, by their registered names: RFC 9266 (TLS 1.3, and 1.2 with extended_master_secret); RFC 5929
 * section 4, the server's certificate; RFC 5929 section 3, TLS 1.2 and before.
 */
export type ChannelBindingType = 'tls-exporter' | 'tls-server-end-point' | 'tls-unique'

/** Data that names the secure channel below (RFC 5056), under the type that it is registered as. */
export interface ChannelBinding<O extends Uint8Array = Uint8Array> {
  /** What `data` is made of. */
  readonly type: ChannelBindingType
  /** Never empty. */
  readonly data: O
}

/**
 * What is known of the transport of one connection. On Node, `connectionOf(socket)` of `saslkit/node` fills it in;
 * after STARTTLS it is a new one.
 */
export interface Connection {
  /**
   * Nobody can listen: TLS, or a socket that does not leave the machine. Plaintext mechanisms need it. With whom that TLS is, its
   * own options have to see to.
   */
  readonly secure: boolean
  /** Present when the connection runs over TLS: 'TLSv1.3', 'TLSv1.2'. */
  readonly tlsVersion?: string | undefined
  /** Those that can be used here, preferred first. */
  readonly channelBindings?: readonly ChannelBinding[] | undefined
  /** Those that cannot, and why, in words for an operator. */
  readonly unavailableBindings?:
    | readonly { readonly type: ChannelBindingType; readonly reason: string }[]
    | undefined
  /** Whom the layer below has authenticated (a verified client certificate, peer credentials). Absent: no EXTERNAL. */
  readonly externalIdentity?: string | undefined
  /** GSSAPI service name: 'smtp', 'imap', 'pop' … */
  readonly service?: string | undefined
  /** The server's host name, as the client knows it. */
  readonly host?: string | undefined
  /** The port of the server, as the client knows it. */
  readonly port?: number | undefined
  /** As text: `192.0.2.1`, `2001:db8::1`. For directories, policies and logs. */
  readonly localAddress?: string | undefined
  /** The peer's, likewise. */
  readonly remoteAddress?: string | undefined
}

/** Nothing is known, so nothing is trusted. */
export const UNKNOWN_CONNECTION: Connection = { secure: false }

/** What a server offered on one connection, in its present TLS state. */
export interface Offered {
  /** Names as they were advertised, in the order in which they were. */
  readonly mechanisms: readonly string[]
  /** Channel binding types, where the protocol advertises them (XEP-0440). */
  readonly channelBindings?: readonly string[] | undefined
}
