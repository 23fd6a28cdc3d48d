/** The harness finds what is broken, and finds nothing in what is not. */
import '../work.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenScramClient, CLIENT_OMISSIONS } from '../broken/scram-client.ts'
import { brokenScramServer, SERVER_OMISSIONS } from '../broken/scram-server.ts'
import { mechanismRow } from '../exchanges/mechanism-row.ts'
import { type ScramRowOptions, scramRow } from '../exchanges/scram.ts'
import { runRows } from '../run-rows.ts'

/** Whole halves get so many runs; broken ones are found long before ten times as many. */
const RUNS = 5000
const SEED = 1

/** Both with and without channel binding: the message of the first failure, if there is one. */
async function found(runs: number, halves: ScramRowOptions): Promise<string | undefined> {
  for (const variant of ['SHA-256', 'SHA-256-PLUS'] as const) {
    const row = scramRow(variant, halves)
    // The short halves cannot vouch.
    const cells = row.cells.filter(({ name }) => !name.includes('vouched'))
    const [result] = await runRows([mechanismRow({ ...row, cells })], {
      runs,
      seed: SEED,
      log: () => {},
    })
    if (result?.failed) return result.failed.message
  }
  return undefined
}

for (const omitted of SERVER_OMISSIONS)
  test(`a server that leaves out ${omitted} is ${omitted === 'nothing' ? 'whole' : 'found'}`, async () => {
    const runs = omitted === 'nothing' ? RUNS : 10 * RUNS
    const message = await found(runs, { server: brokenScramServer(omitted) })
    if (omitted === 'nothing') assert.equal(message, undefined)
    else assert.match(message ?? 'nothing was found', /^Finding: /)
  })

for (const omitted of CLIENT_OMISSIONS)
  test(`a client that leaves out ${omitted} is ${omitted === 'nothing' ? 'whole' : 'found'}`, async () => {
    const runs = omitted === 'nothing' ? RUNS : 10 * RUNS
    const message = await found(runs, { client: brokenScramClient(omitted) })
    if (omitted === 'nothing') assert.equal(message, undefined)
    else assert.match(message ?? 'nothing was found', /^Finding: /)
  })
