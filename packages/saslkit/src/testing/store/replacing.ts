import { sameCredentials } from '../../stores/same-credentials.js'
import type { StoredAccount } from '../../stores/stored-account.js'
import { expect } from '../mechanism/expect.js'
import { found } from './lookups.js'
import { kept, refusalsOf, type StoreUnderTest, secure } from './under-test.js'

/** That better credentials are kept, and never over what has changed meanwhile. */
export function testReplacing(store: StoreUnderTest): void {
  const { test, make } = store

  test('credentials are replaced, and nothing else is', async () => {
    const [old, better] = [await kept(store), await kept(store)]
    const refused = refusalsOf(store).at(-1)
    const made = await make([
      { name: 'user', credentials: [old], refused },
      { name: 'admin', credentials: [old] },
    ])
    if (!made.replace) return
    const [account] = await found(made, 'user')
    const credentials = store.oneCredential ? [better] : [[better, old]]
    expect(await made.replace(account!, credentials, secure), 'it was not replaced')
    const [now] = await found(made, 'user')
    expect(now?.name === 'user' && (now.refused ?? undefined) === refused, 'the account is another')
    // What was made of one password may come back as if of several: that is slower, and no less right.
    expect(sameCredentials(flat(now), flat({ ...account!, credentials })), 'it holds something else')
    expect(
      sameCredentials((await found(made, 'admin'))[0]!, { name: 'admin', credentials: [old] }),
      'admin has changed',
    )
  })

  test('an account that has changed since it was found stays as it is', async () => {
    const [old, other, better] = [await kept(store), await kept(store, 'eraser'), await kept(store)]
    const made = await make([{ name: 'user', credentials: [old] }])
    if (!made.replace) return
    const [account] = await found(made, 'user')
    expect(await made.replace(account!, [other], secure), 'it was not replaced')
    expect((await made.replace(account!, [better], secure)) === false, 'a change was undone')
    expect(
      sameCredentials((await found(made, 'user'))[0]!, { name: 'user', credentials: [other] }),
      'it holds something else',
    )
    const gone = { name: 'nobody', credentials: [old] }
    expect(
      (await made.replace(gone, [better], secure)) === false,
      'an account that is not there was replaced',
    )
    expect((await found(made, 'nobody')).length === 0, 'an account was made')
  })

  test('an account of which another password has changed since it was found stays as it is', async () => {
    if (store.oneCredential) return
    const [one, revoked, better] = [await kept(store), await kept(store, 'eraser'), await kept(store)]
    const made = await make([{ name: 'user', credentials: [one, revoked] }])
    if (!made.replace) return
    const [account] = await found(made, 'user')
    expect(await made.replace(account!, [one], secure), 'it was not replaced')
    expect((await made.replace(account!, [better, revoked], secure)) === false, 'a revocation was undone')
    expect(
      sameCredentials((await found(made, 'user'))[0]!, { name: 'user', credentials: [one] }),
      'it holds something else',
    )
  })

  test('an account that was disabled since it was found stays disabled', async () => {
    if (store.noRefusals) return
    const [old, better] = [await kept(store), await kept(store)]
    const made = await make([{ name: 'user', credentials: [old], refused: 'account-disabled' }])
    if (!made.replace) return
    const [account] = await found(made, 'user')
    // As whoever found it before had it. To replace it is as good as to say no.
    await made.replace({ ...account!, refused: undefined }, [better], secure)
    expect((await found(made, 'user'))[0]?.refused === 'account-disabled', 'it may come in again')
  })

  test('of two replacements at the same time one is made', async () => {
    const [old, one, other] = [await kept(store), await kept(store, 'pencils'), await kept(store, 'eraser')]
    const made = await make([{ name: 'user', credentials: [old] }])
    const { replace } = made
    if (!replace) return
    const [account] = await found(made, 'user')
    const done = await Promise.all(
      [one, other].map((better) => replace.call(made, account!, [better], secure)),
    )
    expect(done.filter(Boolean).length === 1, `${done.filter(Boolean).length} were made`)
    const left = done[0] ? one : other
    expect(
      sameCredentials((await found(made, 'user'))[0]!, { name: 'user', credentials: [left] }),
      'it holds neither',
    )
  })
}

const flat = (account: StoredAccount): StoredAccount => ({
  ...account,
  credentials: account.credentials.flat(),
})
