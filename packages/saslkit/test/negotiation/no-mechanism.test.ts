import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { type ClientPolicy, saslClient } from '../../src/negotiation/client.js'
import type { ClientCredentials } from '../../src/negotiation/client-table.js'
import { NoMechanism } from '../../src/negotiation/no-mechanism.js'

const password = { authcid: 'tim', password: 'tanstaaftanstaaf' }

function refusal(
  offered: readonly string[],
  credentials: ClientCredentials = password,
  policy: ClientPolicy = {},
  secure = true,
): NoMechanism {
  try {
    saslClient(credentials, policy).select(offered, { secure })
  } catch (error) {
    if (error instanceof NoMechanism) return error
    throw error
  }
  throw new Error('a mechanism was selected')
}

test('names that were passed over for one reason stand on one line', () => {
  assert.equal(
    refusal(['SCRAM-SHA-256', 'PLAIN', 'GSSAPI', 'NTLM'], { external: true }).message,
    'no mechanism can be used:\n' +
      '  SCRAM-SHA-256, PLAIN: it needs a password\n' +
      '  GSSAPI, NTLM: not known here\n' +
      '  EXTERNAL: the server does not offer it',
  )
})

test('a mechanism that the policy names is told of, though the server does not offer it', () => {
  const { message, considered } = refusal(['SCRAM-SHA-256'], password, { mechanisms: ['PLAIN'] })
  assert.match(message, /\n {2}PLAIN: the server does not offer it$/)
  assert.deepEqual(considered.at(-1), {
    name: 'PLAIN',
    verdict: 'passed-over',
    why: 'the server does not offer it',
  })
})

test('a server that hides passwords before TLS is not the only one to blame', () => {
  assert.match(
    refusal(['CRAM-MD5'], password, { mechanisms: ['PLAIN'] }, false).message,
    /\n {2}PLAIN: the server does not offer it, and this connection has no TLS$/,
  )
})

test('what could not be used anyway is not missed', () => {
  const { message } = refusal(['GSSAPI'])
  assert.match(message, /SCRAM-SHA-256, .*PLAIN, LOGIN: the server does not offer it/)
  assert.doesNotMatch(message, /-PLUS|EXTERNAL|OAUTHBEARER|CRAM-MD5|ANONYMOUS/)
  assert.equal(refusal([]).message, 'the server offers no mechanism')
})

test('what was selected leaves nothing to be missed', () => {
  const { considered } = saslClient(password).select(['PLAIN'], { secure: true })
  assert.deepEqual(
    considered.map(({ name }) => name),
    ['PLAIN'],
  )
})

test('an inspected error says everything once', () => {
  const error = refusal(['GSSAPI'])
  assert.equal(inspect(error).split('not known here').length, 2)
  assert.equal(error.considered[0]?.name, 'GSSAPI')
})

test('advice stands on a line of its own, behind what speaks against the rest', () => {
  const considered = [{ name: 'PLAIN', verdict: 'passed-over', why: 'it needs a password' }] as const
  const said = 'no mechanism can be used:\n  PLAIN: it needs a password'
  assert.equal(new NoMechanism(considered).message, said)
  assert.equal(new NoMechanism(considered, 'temporary', 'pass one').message, `${said}\npass one`)
})
