import type { LeftOut } from '../judge.ts'

const NO_EXPORTER =
  'Deno hands out neither keying material of TLS nor its sessions, and no Finished messages: a server has no -PLUS there'
const NODES_RULES =
  'on Deno other rules hold, which a test of their own has: nothing of Deno’s is believed that it makes up'

/** Of Deno 2.9.6. */
export const DENO: readonly LeftOut[] = [
  {
    file: 'node/channel-bindings.test.js',
    tests:
      /^(with a runtime that tells all|tls-unique is the client|an exporter that throws)|with the reason, and the others stay$/,
    reason: NODES_RULES,
  },
  { file: 'node/connection-bindings.test.js', reason: NO_EXPORTER },
  { file: 'node/exporter-tls12.test.js', reason: NO_EXPORTER },
  { file: 'node/gnutls.test.js', reason: NO_EXPORTER },
  { file: 'node/openssl.test.js', tests: /^TLSv1\.[23]: openssl s_(client|server)/, reason: NO_EXPORTER },
  { file: 'node/connection-identity.test.js', tests: /resumed connections included$/, reason: NO_EXPORTER },
  {
    file: 'node/connection-identity.test.js',
    tests: /^after STARTTLS a tls\.Server/,
    reason: NO_EXPORTER,
  },
  {
    file: 'node/connection-of.test.js',
    tests: /^a handshake that is not complete/,
    reason:
      'of a server’s new TLSSocket, Deno does not tell when its handshake is complete: connectionOf refuses it',
  },
  {
    file: 'node/driver-accept-commands.test.js',
    reason: 'Deno looks at a certificate and its key when they are first used, and refuses none at once',
  },
  {
    file: 'node/driver-accept-tls.test.js',
    tests: /plaintext mechanisms come with TLS$/,
    reason: NO_EXPORTER,
  },
  {
    file: 'node/driver-hostile-tls.test.js',
    tests: /what was offered before TLS|sockets of the caller/,
    reason: NO_EXPORTER,
  },
  {
    file: 'node/driver-leave.test.js',
    tests: /^whoever has ended its side without reading/,
    reason:
      'Deno tells of a peer that has ended its side by an error of what is written, at once, which is the application’s to handle',
  },
  { file: 'node/driver-login.test.js', tests: /, TLS (implicit|starttls)$/, reason: NO_EXPORTER },
  { file: 'secrets/drivers.test.js', tests: /-PLUS has logged in over every protocol$/, reason: NO_EXPORTER },
  {
    file: 'secrets/debug-logs.test.js',
    tests: /^a process that /,
    reason: 'what the test reads of is written by Node alone, when NODE_DEBUG is set',
  },
]
