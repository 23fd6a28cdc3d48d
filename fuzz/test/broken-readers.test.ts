/** The harness finds what is broken in what reads text and octets. */
import '../work.ts'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Octets, SaslError } from 'saslkit'
import * as smtp from 'saslkit/profiles/smtp'
import type { StoredAccount } from 'saslkit/stores'
import { carriedRow } from '../exchanges/carried-row.ts'
import { scramRow } from '../exchanges/scram.ts'
import { octetRow } from '../parsers/octet-row.ts'
import { profileRows } from '../parsers/profile-row.ts'
import { textRow } from '../parsers/text-row.ts'
import type { Row } from '../row.ts'
import { runRows } from '../run-rows.ts'
import { storeRow } from '../stores/store-row.ts'

const profile = (broken: Partial<typeof smtp>): readonly Row[] =>
  profileRows({ name: 'broken', profile: { ...smtp, ...broken }, commands: ['EHLO a'], replies: ['250 a'] })

const store = (
  find: (accounts: readonly StoredAccount[], name: string) => readonly StoredAccount[],
): readonly Row[] => [
  storeRow({
    name: 'broken',
    carries: () => true,
    open: async (accounts) => ({ find: (name) => find(accounts, name) }),
  }),
]

const refuses = (error: unknown): boolean => error instanceof SaslError

const CASES: readonly (readonly [what: string, rows: readonly Row[], found: RegExp])[] = [
  [
    'a reader that throws what it finds',
    [textRow({ name: 'broken', seeds: ['a=b'], read: (text) => text.split('=')[1]!.length, refuses })],
    /throws TypeError/,
  ],
  [
    'a reader that rejects',
    [textRow({ name: 'broken', seeds: ['{}'], read: async (text) => JSON.parse(text) as unknown, refuses })],
    /throws SyntaxError/,
  ],
  [
    'a reader that runs over the end',
    [
      octetRow<Octets>({
        name: 'broken',
        seeds: [Uint8Array.of(2, 0, 0)],
        read: (octets) => new Uint8Array(octets.buffer, 1, octets[0]) as Octets,
        refuses,
      }),
    ],
    /throws RangeError/,
  ],
  [
    'base64 that is not strict',
    profile({
      readResponse: (line) => (line === '*' ? undefined : new Uint8Array(Buffer.from(line, 'base64'))),
    }),
    /two forms/,
  ],
  [
    'a mechanism by any name',
    profile({
      readCommand(line) {
        const command = smtp.readCommand(line)
        const [, mechanism] = /^AUTH (\S+)$/.exec(line) ?? []
        return mechanism ? { tag: '', kind: 'authenticate', mechanism, initialResponse: undefined } : command
      },
    }),
    /of the name/,
  ],
  [
    'a text with line ends in it',
    profile({
      readReply(lines, asked) {
        const reply = smtp.readReply(lines, asked)
        return reply?.kind === 'refused' ? { ...reply, text: lines.join('\n') } : reply
      },
    }),
    /not fit for a message/,
  ],
  [
    'a store that folds case',
    store((all, name) => all.filter((one) => one.name.toLowerCase() === name.toLowerCase())),
    /finds/,
  ],
  [
    'a store that takes names for patterns',
    store((all, name) => all.filter((one) => new RegExp(name).test(one.name))),
    /finds|SyntaxError/,
  ],
  [
    'a store of an object',
    store((all, name) => [Object.fromEntries(all.map((one) => [one.name, one]))[name]!].filter(Boolean)),
    /finds/,
  ],
]

for (const [what, rows, found] of CASES)
  test(`${what} is found`, async () => {
    const results = await runRows(rows, { runs: 5000 * rows.length, seed: 1, log: () => {} })
    const messages = results.flatMap(({ failed }) => (failed ? [failed.message] : []))
    assert.match(messages.join('\n') || 'nothing was found', found)
  })

test('a profile that breaks its lines is found by the exchanges that it carries', async () => {
  const row = carriedRow({
    name: 'broken',
    profile: {
      ...smtp,
      writeResponse: (response) => smtp.writeResponse(response).replace(/.{76}/g, '$&\r\n'),
    },
    mechanisms: [scramRow('SHA-256')],
  })
  const [result] = await runRows([row], { runs: 1000, seed: 1, log: () => {} })
  assert.match(result?.failed?.message ?? 'nothing was found', /untouched, and not let in by both/)
})

test('a promise that nobody waits for is found', async () => {
  const program = fileURLToPath(new URL('../broken/lost-promise.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program])
  assert.match(stdout, /^unhandled: Error: lost/)
})
