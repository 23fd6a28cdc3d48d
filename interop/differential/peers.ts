import type { Binding } from './login-case.ts'
import type { ProgramName } from './programs.ts'

/** A library that is not ours: what it can do, and what it can be given. */
export interface Peer {
  readonly id: string
  readonly name: string
  /** Whose version is told. */
  readonly debianPackage: string
  readonly program: ProgramName
  readonly client: readonly string[]
  readonly server: readonly string[]
  /** Its texts end at NUL. */
  readonly cStrings: boolean
  /** Whether its clients can be told whom to act as. */
  readonly authzid: boolean
  /** The channel bindings that it can be given. */
  readonly bindings: readonly Binding['type'][]
  /** The most iterations asked of it: some are written in an interpreted language. */
  readonly mostIterations: number
}

const plus = (names: readonly string[]): string[] => names.map((name) => `${name}-PLUS`)

const GSASL_SCRAM = ['SCRAM-SHA-1', 'SCRAM-SHA-256']
const CYRUS_SCRAM = ['SCRAM-SHA-1', 'SCRAM-SHA-224', 'SCRAM-SHA-256', 'SCRAM-SHA-384', 'SCRAM-SHA-512']
const XDG_SCRAM = ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512']
const PLAIN_ONES = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'ANONYMOUS', 'EXTERNAL']

const GSASL: readonly string[] = [...PLAIN_ONES, ...GSASL_SCRAM, ...plus(GSASL_SCRAM)]
const CYRUS: readonly string[] = [...PLAIN_ONES, ...CYRUS_SCRAM, ...plus(CYRUS_SCRAM)]

const gsasl: Peer = {
  id: 'gsasl',
  name: 'GNU SASL',
  debianPackage: 'libgsasl18',
  program: 'gsasl',
  client: GSASL,
  server: GSASL,
  cStrings: true,
  authzid: true,
  bindings: ['tls-exporter', 'tls-unique'],
  mostIterations: 10_000,
}

const cyrus: Peer = {
  ...gsasl,
  id: 'cyrus',
  name: 'Cyrus SASL',
  debianPackage: 'libsasl2-2',
  program: 'cyrus',
  client: CYRUS,
  server: CYRUS,
  bindings: ['tls-exporter', 'tls-unique', 'tls-server-end-point'],
}

const goSasl: Peer = {
  ...gsasl,
  id: 'go-sasl',
  name: "Go's emersion/go-sasl",
  debianPackage: 'golang-github-emersion-go-sasl-dev',
  program: 'go',
  client: ['PLAIN', 'LOGIN', 'ANONYMOUS', 'EXTERNAL', 'OAUTHBEARER', 'XOAUTH2'],
  server: ['PLAIN', 'LOGIN', 'ANONYMOUS'],
  cStrings: false,
  bindings: [],
}

const xdgScram: Peer = {
  ...goSasl,
  id: 'xdg-scram',
  name: "Go's xdg-go/scram",
  debianPackage: 'golang-github-xdg-go-scram-dev',
  client: XDG_SCRAM,
  server: XDG_SCRAM,
}

const slixmpp: Peer = {
  ...gsasl,
  id: 'slixmpp',
  name: "Python's slixmpp",
  debianPackage: 'python3-slixmpp',
  program: 'slixmpp',
  client: [...PLAIN_ONES, ...XDG_SCRAM, ...plus(XDG_SCRAM)],
  server: [],
  cStrings: false,
  bindings: ['tls-unique'],
  mostIterations: 100,
}

const aiosasl: Peer = {
  ...slixmpp,
  id: 'aiosasl',
  name: "Python's aiosasl",
  debianPackage: 'python3-aiosasl',
  program: 'aiosasl',
  client: ['PLAIN', 'ANONYMOUS', ...GSASL_SCRAM, ...plus(GSASL_SCRAM)],
  authzid: false,
  bindings: ['tls-exporter', 'tls-unique'],
  mostIterations: 10_000,
}

const puresasl: Peer = {
  ...aiosasl,
  id: 'pure-sasl',
  name: "Python's pure-sasl",
  debianPackage: 'python3-pure-sasl',
  program: 'puresasl',
  client: ['PLAIN', 'CRAM-MD5', 'ANONYMOUS', 'EXTERNAL'],
  authzid: true,
}

export const PEERS: readonly Peer[] = [gsasl, cyrus, goSasl, xdgScram, slixmpp, aiosasl, puresasl]

/** Whose server a client is held against that has none of its own kind: GNU SASL's, or else Cyrus's. */
export const referenceServer = (peer: Peer, mechanism: string): Peer | undefined =>
  [peer, gsasl, cyrus].find(({ server }) => server.includes(mechanism))
