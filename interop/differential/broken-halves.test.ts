/** Halves that are wrong in one thing are found: a comparison that cannot fail proves nothing. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ourClient, ourServer } from './our-halves.ts'
import { resultsOf } from './results-of-row.ts'
import { type Ours, Programs, ROWS } from './row.ts'

const programs = new Programs()
after(() => programs.end())

const OURS: Ours = { client: ourClient, server: ourServer }

const BROKEN: readonly (readonly [what: string, row: string, ours: Ours])[] = [
  [
    'a server that lets everybody in',
    'gsasl PLAIN',
    {
      ...OURS,
      server: (login) => {
        const server = ourServer(login)
        return {
          async step(response) {
            const answer = await server.step(response)
            return answer.kind === 'failure'
              ? { kind: 'success', identity: { authcid: login.account.name } }
              : answer
          },
        }
      },
    },
  ],
  [
    'a server that forgets whom the client asked to act as',
    'gsasl SCRAM-SHA-256',
    {
      ...OURS,
      server: (login) => {
        const server = ourServer(login)
        return {
          async step(response) {
            const answer = await server.step(response)
            return answer.kind === 'success'
              ? { ...answer, identity: { authcid: answer.identity.authcid } }
              : answer
          },
        }
      },
    },
  ],
  [
    'a server that does not look at what is bound',
    'gsasl SCRAM-SHA-256-PLUS',
    {
      ...OURS,
      server: (login) => ourServer({ ...login, binding: { ...login.binding, server: login.binding.client } }),
    },
  ],
  [
    'a client that believes every server',
    'xdg-scram SCRAM-SHA-256',
    { ...OURS, client: (login) => ({ ...ourClient(login), success: async () => {} }) },
  ],
  [
    'a client that types its password in capitals',
    'gsasl CRAM-MD5',
    {
      ...OURS,
      client: (login) =>
        ourClient({
          ...login,
          typed: { ...login.typed, password: login.typed.password.toUpperCase() },
        }),
    },
  ],
]

for (const [what, name, ours] of BROKEN) {
  const row = ROWS.find((each) => each.name === name)
  assert.ok(row)
  test(`${what} is found by ${name}`, { skip: row.skip ?? false }, async () => {
    const results = await resultsOf(row, { seed: 2, runs: 200, ours }, programs)
    assert.ok(results.some(({ unexplained }) => unexplained.length > 0))
  })
}
