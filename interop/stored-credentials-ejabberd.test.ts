/** Credentials that we made, in ejabberd's table; and those that it makes, read by ours. */
import assert from 'node:assert/strict'
import { after } from 'node:test'
import { convert, makeStoredCredential, parseStoredCredential, verifyPassword } from 'saslkit/credentials'
import { NINE } from './accounts.ts'
import { type EjabberdAccount, startEjabberd } from './peers/ejabberd.ts'
import { requirePeer } from './peers/require-peer.ts'
import { type EjabberdHash, ejabberdHost } from './peers/run-ejabberd.ts'
import { xmppLogin } from './peers/xmpp-login.ts'
import { accountsOf, PASSWORDS, proveMore, proveStored } from './prove-stored.ts'

const peer = requirePeer('ejabberd')

const SCHEMES = [
  ['sha', 'SCRAM-SHA-1'],
  ['sha256', 'SCRAM-SHA-256'],
  ['sha512', 'SCRAM-SHA-512'],
] as const satisfies readonly (readonly [hash: EjabberdHash, scheme: string])[]

async function accounts(): Promise<EjabberdAccount[]> {
  const all: EjabberdAccount[] = []
  for (const [hash, scheme] of SCHEMES) {
    const made = await accountsOf('made', (password) =>
      makeStoredCredential(password, { scheme, format: 'ejabberd' }),
    )
    const converted = await accountsOf('converted', async (password) =>
      convert(
        await makeStoredCredential(password, { scheme, format: 'passlib', iterations: 4096 }),
        'ejabberd',
      ),
    )
    const { text } = await makeStoredCredential(NINE.password, {
      scheme,
      format: 'ejabberd',
      iterations: 4096,
    })
    for (const { authcid, text: record } of [...made, ...converted, { ...NINE, text }])
      all.push({ hash, authcid, record })
  }
  return all
}

const registrations = SCHEMES.flatMap(([hash]) =>
  [...PASSWORDS, NINE.password].map((password, index) => ({ hash, authcid: `theirs-${index}`, password })),
)
const ejabberd = peer.skip === undefined ? await startEjabberd(await accounts(), registrations) : undefined
after(() => ejabberd?.stop())

for (const [hash, scheme] of SCHEMES) {
  for (const mechanism of ['PLAIN', scheme]) {
    const enter = (authcid: string, password: string) =>
      xmppLogin({ port: ejabberd!.port, host: ejabberdHost(hash), mechanism, authcid, password })
    proveStored(peer, 'made', mechanism, enter, scheme)
    proveStored(peer, 'converted', mechanism, enter, `${scheme} from passlib`)
    proveMore(peer, scheme, mechanism, 'a password that SASLprep changes, however it is typed', async () => {
      assert.equal(await enter(NINE.authcid, NINE.password), true)
      assert.equal(await enter(NINE.authcid, NINE.typed), true)
      assert.equal(await enter(NINE.authcid, 'ix'), false)
    })
  }
  proveMore(peer, scheme, 'ejabberd_auth:try_register', 'ours verifies what it makes', async () => {
    for (const [index, { hash: of, password }] of registrations.entries()) {
      if (of !== hash) continue
      const stored = parseStoredCredential(ejabberd!.registered[index]!)
      assert.equal(stored.scheme, scheme)
      assert.equal(await verifyPassword(stored, password), true)
      assert.equal(await verifyPassword(stored, `x${password}`), false)
    }
  })
}
