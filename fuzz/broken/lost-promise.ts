/** A program of its own, for node:test takes rejections that nobody handles for its own: prints what the harness found. */
import { textRow } from '../parsers/text-row.ts'
import { runRows } from '../run-rows.ts'

const row = textRow({
  name: 'broken',
  seeds: ['a'],
  read(text) {
    if (text === '') void Promise.reject(new Error('lost'))
  },
  refuses: () => false,
})
const [result] = await runRows([row], { runs: 1000, seed: 1, log: () => {} })
console.log(result?.failed?.message)
