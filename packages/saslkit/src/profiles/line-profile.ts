import type { FailureReason } from '../errors.js'
import type { Octets } from '../octets.js'

/**
 * How a protocol of lines carries an exchange (RFC 4422 section 4): pure functions in both directions, the exports of
 * one module. SMTP, IMAP and POP3 have this shape, and one driver serves them all.
 *
 * What is written are whole lines, with their CRLF. What is read is one line without it, as a string of one character
 * for each octet. What the peer got wrong is thrown as a SaslError; names and words that the caller passes are checked
 * when they are written, and are a TypeError.
 */
export interface LineProfile {
  /** GSSAPI service name (RFC 4422 section 4, item 1): `smtp`, `imap`, `pop`. */
  readonly service: string
  readonly limits: LineLimits
  /** What a server says that it offers, where the application names nothing. */
  readonly baseCapabilities: readonly string[]
  /** The client has to say who it is before it may do anything else: SMTP. */
  readonly helloFirst: boolean

  // ── The client writes ──

  /** Asks what the server offers. */
  writeCapabilitiesCommand(context: LineContext): string
  /** Asks to begin TLS. */
  writeStartTlsCommand(context: LineContext): string
  /** Whether the initial response may go along with the command, and fits. Else it answers the first challenge. */
  carriesInitialResponse(
    mechanism: string,
    initialResponse: Uint8Array,
    capabilities: Capabilities,
    context: LineContext,
  ): boolean
  /** `initialResponse` is undefined when there is none, which is not the same as an empty one. */
  writeAuthenticateCommand(
    mechanism: string,
    initialResponse: Uint8Array | undefined,
    context: LineContext,
  ): string
  /** A line in base64, empty for an empty response. */
  writeResponse(response: Uint8Array): string
  /** Gives up the exchange (RFC 4422 section 3.5). */
  writeCancel(): string

  // ── The client reads ──

  /**
   * Reads the reply that these lines are. Undefined: it goes on, with the next line.
   *
   * @throws SaslError `malformed` for what is no reply to what was asked.
   */
  readReply(lines: readonly string[], asked: Asked, context: LineContext): Reply | undefined

  // ── The server reads ──

  /**
   * Reads a command. Where it asks for a literal, the text that follows the literal is to be appended to the line, and
   * the literal to the literals, and all is read anew.
   */
  readCommand(line: string, literals?: readonly string[]): Command
  /**
   * Reads what answers a challenge. Undefined: the client cancels the exchange.
   *
   * @throws SaslError `malformed`
   */
  readResponse(line: string): Octets | undefined

  // ── The server writes ──

  /** What a server says first. */
  writeGreeting(capabilities: Capabilities, context: LineContext): string
  /** Answers what asks for capabilities. */
  writeCapabilities(capabilities: Capabilities, context: LineContext): string
  /** TLS may begin. */
  writeStartTls(context: LineContext): string
  /** A line that the client has to answer. */
  writeChallenge(challenge: Uint8Array): string
  /** The client is in. */
  writeSuccess(context: LineContext): string
  /** One fixed text for each reason. */
  writeFailure(reason: FailureReason, context: LineContext): string
  /** Everything else that is said before somebody is in. Empty where the protocol has no word for it. */
  writeNotice(notice: Notice, context: LineContext): string
}

/** Octets a line may have, CRLF not counted. */
export interface LineLimits {
  /** Server: a command. */
  readonly command: number
  /** Server: a response. RFC 4954 section 4 holds 12,288 octets to be enough. */
  readonly response: number
  /** Server: a name or password that comes as a literal. */
  readonly literal: number
  /** Client: one line of a reply; the longest challenge that an exchange takes fits in. */
  readonly reply: number
}

/** What a line may have to name beside what it says. */
export interface LineContext {
  /** What names the command and its reply, in IMAP; elsewhere not used. */
  readonly tag: string
  /** The name of the host that writes. */
  readonly hostname: string
}

/** What a server offers on a connection in its present state. */
export interface Capabilities {
  /** In upper case, each once. What is no mechanism's name is left out. */
  readonly mechanisms: readonly string[]
  readonly startTls: boolean
  /** The command to authenticate takes an initial response. */
  readonly initialResponse: boolean
  /** The protocol's own command for a name and a password can be used: IMAP's LOGIN, POP3's USER and PASS. */
  readonly passwordCommand: boolean
  /** All the others, as they stand on the wire. */
  readonly others: readonly string[]
}

/** What a client waits for the reply to. */
export type Asked = 'greeting' | 'capabilities' | 'start-tls' | 'authenticate'

/** What a server's reply means to the client. */
export type Reply =
  | { readonly kind: 'challenge'; readonly challenge: Octets }
  /** What was asked is done; the server may have told its capabilities along with it. */
  | { readonly kind: 'done'; readonly capabilities?: Capabilities | undefined }
  /** `text` is the server's, fit for a message: printable ASCII, at most 256 characters. */
  | { readonly kind: 'refused'; readonly reason: FailureReason; readonly text: string }
  /** The server says that we are in, before we have said a word (IMAP). */
  | { readonly kind: 'preauthenticated' }

/** What a client asks of the server, under which tag: empty outside IMAP. */
export type Command = { readonly tag: string } & CommandBody

/** What a client asks of the server, however the protocol writes it. */
export type CommandBody =
  | {
      readonly kind: 'authenticate'
      readonly mechanism: string
      readonly initialResponse: Octets | undefined
    }
  /** An attempt to authenticate that fails before it begins. */
  | { readonly kind: 'refused'; readonly reason: FailureReason }
  /** The protocol's own commands for names and passwords. */
  | { readonly kind: 'password'; readonly authcid: string | undefined; readonly password: string }
  | { readonly kind: 'name'; readonly authcid: string }
  | { readonly kind: 'start-tls' }
  /** `hello`: who the client says that it is, where it has to say so. */
  | { readonly kind: 'capabilities'; readonly hello?: string | undefined }
  | { readonly kind: 'hello'; readonly hello: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'quit' }
  /** So many octets follow the line. `waits`: they are sent when the server has said `go-on`. */
  | { readonly kind: 'literal'; readonly length: number; readonly waits: boolean }
  /** What is not done before somebody is in, or not at all. */
  | { readonly kind: 'other'; readonly notice: Notice }

/** What a server says before somebody is in, beside the messages of an exchange. */
export type Notice =
  | 'hello'
  | 'done'
  | 'go-on'
  | 'bye'
  | 'unknown-command'
  | 'bad-arguments'
  | 'out-of-order'
  | 'log-in-first'
  | 'start-tls-first'
  | 'no-start-tls'
  /** After these the server closes the connection. */
  | 'line-too-long'
  | 'bad-line'
  | 'closing'
