/** What the library has, by the names of its public face: the rows of harnesses are held against these. */
import { readFileSync } from 'node:fs'
import type { CredentialFormat } from 'saslkit/credentials'
import * as node from 'saslkit/node'
import * as stores from 'saslkit/stores'

const { exports } = JSON.parse(
  readFileSync(new URL('../packages/saslkit/package.json', import.meta.url), 'utf8'),
) as { readonly exports: Readonly<Record<string, unknown>> }

/** `saslkit/client`: each module that is exported. */
export const ENTRANCE_NAMES: readonly string[] = Object.keys(exports)
  .filter((path) => path !== './package.json')
  .map((path) => `saslkit${path.slice(1)}`)

/** `smtp`: each entrance under profiles/. */
export const PROFILE_NAMES: readonly string[] = Object.keys(exports).flatMap(
  (path) => /^\.\/profiles\/(.*)$/.exec(path)?.[1] ?? [],
)

/** `passwd-file`, of passwdFileStore: each export that ends in Store. */
export const STORE_NAMES: readonly string[] = Object.keys({ ...node, ...stores }).flatMap((name) => {
  const kind = /^(\w+)Store$/.exec(name)?.[1]
  return kind ? [kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)] : []
})

/** The compiler sees to it that none is missing here. */
const FORMATS = {
  cleartext: true,
  'cram-md5': true,
  'digest-md5': true,
  dovecot: true,
  ldap: true,
  htpasswd: true,
  crypt: true,
  gsasl: true,
  passlib: true,
  phc: true,
  wordpress: true,
  django: true,
  rfc5803: true,
  postgresql: true,
  kafka: true,
  mongodb: true,
  ejabberd: true,
  prosody: true,
} as const satisfies Record<CredentialFormat, true>

/** Of stored credentials. */
export const FORMAT_NAMES: readonly CredentialFormat[] = Object.keys(FORMATS) as CredentialFormat[]
