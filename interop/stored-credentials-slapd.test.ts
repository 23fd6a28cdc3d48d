/** Credentials that we made, in OpenLDAP: userPassword by simple binds, RFC 5803's authPassword by SCRAM. */
import { after } from 'node:test'
import {
  allowBroken,
  type MakeScheme,
  makeStoredCredential,
  makeStoredCredentials,
} from 'saslkit/credentials'
import { requirePeer } from './peers/require-peer.ts'
import { type SlapdAccount, startSlapd } from './peers/slapd.ts'
import { accountsOf, PASSWORDS, proveStored } from './prove-stored.ts'

const peer = requirePeer('slapd', 'ldapwhoami')

/** Its own, those of crypt(3), and those of pw-sha2, pw-pbkdf2 and argon2. */
const USER_PASSWORD: readonly MakeScheme[] = [
  'argon2id', 'argon2i', 'argon2d', 'pbkdf2-sha1', 'pbkdf2-sha256', 'pbkdf2-sha512',
  'bcrypt', 'yescrypt', 'sha512-crypt', 'sha256-crypt', 'md5-crypt',
  'ssha512', 'ssha384', 'ssha256', 'ssha', 'smd5', 'sha512', 'sha384', 'sha256', 'sha', 'md5', 'cleartext'] // biome-ignore format: a list

/** Those of Cyrus SASL. Its client takes no more iterations than we make. */
const AUTH_PASSWORD = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const

const COSTS = { iterations: 5000, rounds: 5000, memory: 8192 }

async function accounts(): Promise<SlapdAccount[]> {
  const all: SlapdAccount[] = []
  for (const scheme of USER_PASSWORD) {
    const cost = scheme === 'bcrypt' ? 5 : scheme === 'yescrypt' ? 1 : undefined
    const options = { scheme, format: 'ldap', cost, ...COSTS, [allowBroken]: true } as const
    for (const { authcid, text } of await accountsOf(scheme, (password) =>
      makeStoredCredential(password, options),
    ))
      all.push({ uid: authcid, userPassword: text })
  }
  for (const [index, password] of PASSWORDS.entries()) {
    const made = await makeStoredCredentials(password, {
      scram: AUTH_PASSWORD,
      passwordHash: { format: 'ldap' },
    })
    const scram = made.filter(({ scheme }) => scheme.startsWith('SCRAM-'))
    const hash = made.find(({ scheme }) => scheme === 'argon2id')!
    all.push({
      uid: `set-${index}`,
      userPassword: hash.text,
      authPassword: scram.map(({ text }) => text),
    })
  }
  return all
}

const slapd = peer.skip === undefined ? await startSlapd(await accounts()) : undefined
after(() => slapd?.stop())

for (const scheme of USER_PASSWORD)
  proveStored(peer, scheme, 'simple bind', (uid, password) => slapd!.binds(uid, password))

for (const hash of AUTH_PASSWORD) {
  const mechanism = `SCRAM-${hash}`
  const enter = (uid: string, password: string) => slapd!.bindsBy(mechanism, uid, password)
  proveStored(peer, 'set', mechanism, enter, `the set of makeStoredCredentials in RFC 5803's authPassword`)
}
proveStored(peer, 'set', 'simple bind', (uid, password) => slapd!.binds(uid, password), "that set's argon2id")
