import { cramMd5Client, cramMd5Server } from 'saslkit'
import { demand } from '../finding.ts'
import { SIMPLE_VECTORS } from '../vectors.ts'
import { uncounted } from '../work.ts'
import { accountOf, directory } from './accounts.ts'
import { cells } from './cell.ts'
import type { MechanismRow } from './mechanism-row.ts'
import { nextNonce } from './nonces.ts'
import { arrivedTexts } from './plain-like.ts'
import { prepared } from './prepared.ts'
import { isTouched } from './run.ts'

/** The challenge is signed with the password; the name is not signed, and must be that of the password. */
export const cramMd5Row = (server: typeof cramMd5Server = cramMd5Server): MechanismRow => ({
  name: 'CRAM-MD5',
  serverFirst: true,
  delimiter: 0x20,
  mutual: false,
  vectors: SIMPLE_VECTORS,
  cells: cells({
    authzid: false,
    client: ({ account }) => cramMd5Client(account),
    server: () => server(directory, { challenge: () => `<${nextNonce()}@server.example.com>` }),
  }),
  granted({ authcid, authzid }, run) {
    demand(authcid === run.cell.account.authcid && authzid === undefined, 'success for somebody else')
    const challenge = run.crossings.find(({ from }) => from === 'server')
    demand(!!challenge && !isTouched(challenge), 'success over a changed challenge')
    const response = arrivedTexts(run).at(-1) ?? ''
    const key = accountOf(authcid)!.password.normalize('NFKC')
    const digest = uncounted.createHmac('md5', key).update(challenge.sent!).digest('hex')
    demand(response.endsWith(` ${digest}`), 'success without a right digest')
    const name = response.slice(0, -digest.length - 1)
    demand(prepared(name) === authcid, `success for ${authcid}, where ${name} asked`)
  },
})
