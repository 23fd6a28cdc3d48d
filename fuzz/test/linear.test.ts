/** Work that grows faster than what is read, by counting: `npm run fuzz:linear` looks at time, and sees built-ins as well. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countBlocks } from '../block-counts.ts'
import { squareReader } from '../broken/square-reader.ts'
import { grown } from '../grown.ts'
import { ROWS } from '../rows.ts'

const take = await countBlocks(/\/saslkit\/dist\/|\/fuzz\/broken\//)

/** All hashes are read by the same code, which takes its time. */
const READ_BY_THE_SAME = /^SCRAM-(?!SHA-256(-PLUS)?$)/

for (const word of ['~', 'n,,', ',x=y', 'user='])
  test(`a loop within a loop over each ${word} is noticed`, async () => {
    assert.match((await grown(squareReader(word), take)).join(), /^read, square-reader\.ts:/)
  })

for (const { name, readable } of ROWS)
  if (readable && !READ_BY_THE_SAME.test(name))
    test(`${name}: no block runs more often than the text gets longer`, async () => {
      assert.deepEqual(await grown(readable, take), [])
    })
