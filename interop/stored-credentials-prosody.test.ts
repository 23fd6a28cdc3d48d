/** Credentials that we made, in Prosody's files; and those that it makes, read by ours. */
import assert from 'node:assert/strict'
import { after } from 'node:test'
import { convert, makeStoredCredential, parseStoredCredential, verifyPassword } from 'saslkit/credentials'
import { NINE } from './accounts.ts'
import { type ProsodyAccount, type ProsodyHash, prosodyHost, startProsody } from './peers/prosody.ts'
import { requirePeer } from './peers/require-peer.ts'
import { xmppLogin } from './peers/xmpp-login.ts'
import { accountsOf, PASSWORDS, proveMore, proveStored } from './prove-stored.ts'

const peer = requirePeer('prosody')
const HASHES: readonly ProsodyHash[] = ['SHA-1', 'SHA-256']

async function accounts(): Promise<ProsodyAccount[]> {
  const all: ProsodyAccount[] = []
  for (const hash of HASHES) {
    const scheme = `SCRAM-${hash}` as const
    const made = await accountsOf('made', (password) =>
      makeStoredCredential(password, { scheme, format: 'prosody' }),
    )
    // GNU SASL's salts are octets of any kind, where Prosody's own are characters.
    const converted = await accountsOf('converted', async (password) =>
      convert(await makeStoredCredential(password, { scheme, format: 'gsasl', iterations: 4096 }), 'prosody'),
    )
    const { text } = await makeStoredCredential(NINE.password, {
      scheme,
      format: 'prosody',
      iterations: 4096,
    })
    for (const { authcid, text: file } of [...made, ...converted, { ...NINE, text }])
      all.push({ hash, authcid, file })
  }
  return all
}

const registrations = HASHES.flatMap((hash) =>
  [...PASSWORDS, NINE.password].map((password, index) => ({ hash, authcid: `theirs-${index}`, password })),
)
const prosody = peer.skip === undefined ? await startProsody(await accounts(), registrations) : undefined
after(() => prosody?.stop())

for (const hash of HASHES) {
  const scheme = `SCRAM-${hash}`
  for (const mechanism of ['PLAIN', scheme]) {
    const enter = (authcid: string, password: string) =>
      xmppLogin({ port: prosody!.port, host: prosodyHost(hash), mechanism, authcid, password })
    proveStored(peer, 'made', mechanism, enter, scheme)
    proveStored(peer, 'converted', mechanism, enter, `${scheme} from gsasl`)
    proveMore(peer, scheme, mechanism, 'a password that SASLprep changes, however it is typed', async () => {
      assert.equal(await enter(NINE.authcid, NINE.password), true)
      assert.equal(await enter(NINE.authcid, NINE.typed), true)
      assert.equal(await enter(NINE.authcid, 'ix'), false)
    })
  }
  proveMore(peer, scheme, 'prosodyctl register', 'ours verifies what it makes', async () => {
    for (const { authcid, password } of registrations.filter((each) => each.hash === hash)) {
      const stored = parseStoredCredential(prosody!.registered(hash, authcid))
      assert.equal(stored.scheme, scheme)
      assert.equal(await verifyPassword(stored, password), true)
      assert.equal(await verifyPassword(stored, `x${password}`), false)
    }
  })
}
