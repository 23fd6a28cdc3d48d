/** The harness finds what is broken in mechanisms that nothing protects but TLS, and in the work that they do. */
import '../work.ts'
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import {
  challenge,
  clientFirst,
  cramMd5Server,
  failure,
  loginServer,
  malformed,
  plainServer,
  type ServerStep,
  success,
  text,
  utf8,
} from 'saslkit'
import { ACCOUNTS, accountOf, directory, isFitName } from '../exchanges/accounts.ts'
import { cramMd5Row } from '../exchanges/cram-md5.ts'
import { type MechanismRow, mechanismRow } from '../exchanges/mechanism-row.ts'
import { loginRow, plainRow } from '../exchanges/plain-like.ts'
import { runRows } from '../run-rows.ts'

/** A server half of PLAIN in one function. */
const plain =
  (judge: (authzid: string, authcid: string, password: string) => ServerStep): typeof plainServer =>
  () => ({
    name: 'PLAIN',
    plaintext: true,
    start: (response) =>
      clientFirst(response, (message) => {
        const [authzid = '', authcid = '', password, more] = text(message).split('\0')
        if (
          !isFitName(authcid) ||
          !isFitName(authzid || 'x') ||
          !password ||
          more !== undefined ||
          !(Buffer.byteLength(password) <= 1024)
        )
          throw malformed('not a PLAIN message')
        directory.verifyPassword(authcid, password, { connection: { secure: true } })
        return judge(authzid, authcid, password)
      }),
  })

const identity = (authzid: string, authcid: string) => ({
  authcid,
  authzid: authzid && authzid !== authcid ? authzid : undefined,
})
const isRight = (authcid: string, password: string): boolean => accountOf(authcid)?.password === password
const verdict = (right: boolean, authzid: string, authcid: string): ServerStep =>
  right ? success(identity(authzid, authcid)) : failure('invalid-credentials')

const CASES: readonly (readonly [what: string, row: MechanismRow, found: RegExp | undefined])[] = [
  ['nothing', plainRow(plain((as, name, password) => verdict(isRight(name, password), as, name))), undefined],
  [
    'a password that begins right',
    plainRow(
      plain((as, name, password) =>
        verdict(accountOf(name)?.password.startsWith(password.slice(0, 5)) === true, as, name),
      ),
    ),
    /without the password/,
  ],
  [
    'a password in any case',
    plainRow(
      plain((as, name, password) =>
        verdict(accountOf(name)?.password.toLowerCase() === password.toLowerCase(), as, name),
      ),
    ),
    /without the password/,
  ],
  [
    'the identity that was asked for, as if it had been proved',
    plainRow(plain((as, name, password) => verdict(isRight(name, password), '', as || name))),
    /without the password|no account|somebody else/,
  ],
  [
    'an authzid that is thrown away',
    plainRow(plain((_, name, password) => verdict(isRight(name, password), '', name))),
    /untouched|somebody else/,
  ],
  [
    'an error that is not the client’s',
    plainRow(() => ({
      name: 'PLAIN',
      plaintext: true,
      start: (response) =>
        clientFirst(response, (message) => {
          const [as, name, password] = text(message).split('\0')
          return verdict(isRight(name!, password!.slice(0)), as!, name!)
        }),
    })),
    /fails as temporary/,
  ],
  [
    'a directory that is asked twice',
    plainRow((asked, options) =>
      plainServer(
        {
          async verifyPassword(...given) {
            return (await asked.verifyPassword(...given)) || (await asked.verifyPassword(...given))
          },
        },
        options,
      ),
    ),
    /asked 2 times/,
  ],
  [
    'a name that is not the one that was proved',
    loginRow((asked, options) =>
      loginServer(
        {
          verifyPassword: async (...given) => (await asked.verifyPassword(...given)) && { authcid: 'admin' },
        },
        options,
      ),
    ),
    /admin|untouched|password/,
  ],
  [
    'a challenge that is not looked at',
    cramMd5Row((asked, options) => ({
      ...cramMd5Server(asked, options),
      start: () =>
        challenge(utf8(options!.challenge!()), (response) => {
          const [name = '', digest] = text(response).split(' ')
          return accountOf(name) && digest?.length === 32
            ? success({ authcid: name })
            : failure('invalid-credentials')
        }),
    })),
    /challenge|digest|somebody else/,
  ],
  [
    'work that grows with what is sent',
    cramMd5Row((asked, options) => ({
      ...cramMd5Server(asked, options),
      start: () =>
        challenge(utf8(options!.challenge!()), (response) => {
          for (const octet of response) createHmac('sha256', 'key').update(String(octet)).digest()
          return failure('invalid-credentials')
        }),
    })),
    /digests|untouched/,
  ],
]

for (const [what, row, found] of CASES)
  test(`${row.name} with ${what} is ${found ? 'found' : 'whole'}`, async () => {
    const runs = found ? 50_000 : 5000
    const [result] = await runRows([mechanismRow(row)], { runs, seed: 1, log: () => {} })
    if (found) assert.match(result?.failed?.message ?? 'nothing was found', found)
    else assert.equal(result?.failed?.message, undefined)
  })

test('every account that there is can log in by its own password alone', () => {
  for (const { authcid, password } of ACCOUNTS)
    assert.deepEqual(
      ACCOUNTS.filter((other) => other.password === password).map((other) => other.authcid),
      [authcid],
    )
})
