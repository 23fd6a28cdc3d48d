/** Bearer tokens: whoever has one may, as the one whose it is. */
import { oauthBearerClient, oauthBearerServer, xoauth2Client, xoauth2Server } from 'saslkit'
import { demand } from '../finding.ts'
import { headerOf, unescaped } from '../reference/scram.ts'
import { OAUTH_VECTORS } from '../vectors.ts'
import { accountOf, directory } from './accounts.ts'
import { cells } from './cell.ts'
import type { MechanismRow } from './mechanism-row.ts'
import { arrivedTexts } from './plain-like.ts'
import type { Run } from './run.ts'

const KVSEP = 0x01

/** The token is there once, in its place, and nobody but its owner is granted anything. */
function judgeToken(authcid: string, run: Run): string {
  const [message = ''] = arrivedTexts(run)
  const tokens = message.split('\x01').filter((pair) => /^auth=/i.test(pair))
  demand(tokens.length === 1, 'success with two tokens')
  demand(
    /^auth=Bearer (.+)$/i.exec(tokens[0]!)?.[1] === accountOf(authcid)!.token,
    'success without the token',
  )
  return message
}

export const oauthBearerRow = (): MechanismRow => ({
  name: 'OAUTHBEARER',
  delimiter: KVSEP,
  mutual: false,
  vectors: OAUTH_VECTORS,
  cells: cells({
    authzid: true,
    client: ({ account: { token }, authzid }) => oauthBearerClient({ token, authzid }),
    server: () => oauthBearerServer(directory),
  }),
  granted({ authcid, authzid }, run) {
    const [flag, asked = ''] = headerOf(judgeToken(authcid, run)).split(',')
    demand(flag === 'n' || flag === 'y', 'success with channel binding')
    const sent = unescaped(asked.replace(/^a=/, '')) || undefined
    demand((authzid ?? authcid) === (sent ?? authcid), 'success as somebody else than asked for')
  },
})

export const xoauth2Row = (): MechanismRow => ({
  name: 'XOAUTH2',
  delimiter: KVSEP,
  mutual: false,
  vectors: OAUTH_VECTORS,
  cells: cells({
    authzid: false,
    client: ({ account: { authcid, token } }) => xoauth2Client({ authcid, token }),
    server: () => xoauth2Server(directory),
  }),
  granted({ authcid, authzid }, run) {
    const [user = ''] = judgeToken(authcid, run).split('\x01')
    demand(user.toLowerCase().startsWith('user=') && user.slice(5) === authzid, 'success as somebody else')
  },
})
