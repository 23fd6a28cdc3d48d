import type { LeftOut } from '../judge.ts'

const NO_SESSION = 'Bun’s client tells of no session of TLS 1.3, which the test would resume'
const SAME_MODULE =
  'the test puts browsers’ modules in place of Node’s by hooks of node:module, which Bun passes over'

/** Of Bun 1.4.5. */
export const BUN: readonly LeftOut[] = [
  { file: 'node/connection-bindings.test.js', tests: /^a resumed TLS 1\.3/, reason: NO_SESSION },
  { file: 'node/connection-identity.test.js', tests: /resumed connections included$/, reason: NO_SESSION },
  {
    file: 'node/connection-bindings.test.js',
    tests: /^TLS 1\.2 without the extended master secret/,
    reason: 'BoringSSL cannot leave the extended master secret out, so that there is nothing to refuse',
  },
  {
    file: 'node/connection-bindings.test.js',
    tests: /^a server whose TLS 1\.2 bindings were read/,
    reason: 'BoringSSL’s server takes part in no renegotiation anyway, and its client is not told',
  },
  {
    file: 'node/connection-bindings.test.js',
    tests: /^the certificate is the one that the signature algorithms chose/,
    reason:
      'of several certificates for one name, Bun’s server names one that it did not send: give serverCertificate, or have one only',
  },
  {
    file: 'node/connection-bindings.test.js',
    tests: /^a handshake without certificates/,
    reason: 'BoringSSL has no cipher suites without certificates',
  },
  {
    file: 'node/connection-of.test.js',
    tests: /^a handshake that is not complete/,
    reason: 'Bun calls the socket itself not connected before its handshake is: the refusal has other words',
  },
  {
    file: 'node/openssl.test.js',
    tests: /^sm2 with sm3/,
    reason: 'Bun computes no SM3: refused as mechanism-unavailable',
  },
  {
    file: 'node/tls-server-end-point.test.js',
    tests: /sm2 with sm3/,
    reason: 'Bun computes no SM3: refused as mechanism-unavailable',
  },
  {
    file: 'credentials/known-answers-on-web-crypto.test.js',
    tests: /^(the hashes are those of browsers|Argon2 over 64 MiB)/,
    reason: SAME_MODULE,
  },
  {
    file: 'mechanisms/every-mechanism-on-web-crypto.test.js',
    tests: /^the mechanisms get the seams of browsers/,
    reason: SAME_MODULE,
  },
  {
    file: 'secrets/debug-logs.test.js',
    tests: /^a process that /,
    reason: 'what the test reads of is written by Node alone, when NODE_DEBUG is set',
  },
  {
    file: 'node/driver-flood.test.js',
    tests: /^what a client sends and nobody reads stays with it/,
    reason:
      'Bun reads on from the peer each time that something is read, whatever it still holds: a flood stays in memory until the signal or maxCommands ends it',
  },
]
