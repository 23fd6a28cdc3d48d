import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type CredentialFormat,
  parseStoredCredential,
  StoredCredentialError,
  type StoredCredentialProblem,
} from '../../src/credentials/index.js'

/** Texts that no parser takes; `malformed` where nothing else is said. */
export type Refusals = Readonly<Record<string, readonly Refusal[]>>

type Refusal = readonly [
  why: string,
  text: string,
  problem?: StoredCredentialProblem,
  hint?: CredentialFormat,
]

export function testRefusals(tables: Refusals): void {
  for (const [name, refusals] of Object.entries(tables))
    describe(`${name} refuses`, () => {
      for (const [why, text, problem = 'malformed', hint] of refusals)
        test(why, () => {
          assert.throws(
            () => parseStoredCredential(text, { hint }),
            (error) => {
              assert.ok(error instanceof StoredCredentialError, String(error))
              assert.equal(error.problem, problem, error.message)
              assert.doesNotMatch(error.message, /sentinel/i)
              for (const part of text.split(/[$:,]/).filter(({ length }) => length > 16))
                assert.ok(!error.message.includes(part))
              return true
            },
          )
        })
    })
}
