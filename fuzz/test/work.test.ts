/** What bounds the work counts it. */
import '../work.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ITERATIONS, resetLedger } from '../exchanges/accounts.ts'
import { UNTOUCHED } from '../exchanges/attack.ts'
import { converse } from '../exchanges/converse.ts'
import { scramRow } from '../exchanges/scram.ts'
import { resetWork, workDone } from '../work.ts'

for (const derive of [false, true])
  test(`a login ${derive ? 'that makes its keys derives once' : 'whose keys are at hand derives nothing'}`, async () => {
    const row = scramRow('SHA-256', { derive })
    resetLedger()
    resetWork()
    const run = await converse(
      row.cells[0]!,
      { ...UNTOUCHED, cell: 0 },
      { delimiter: 0, usual: 1, recorded: [] },
    )
    assert.ok(run.content)
    const { digests, octets, derivations, iterations } = workDone()
    assert.ok(digests >= 8 && digests <= 40, `${digests} digests`)
    assert.ok(octets > 500, `${octets} octets`)
    assert.deepEqual([derivations, iterations], derive ? [1, ITERATIONS] : [0, 0])
  })
