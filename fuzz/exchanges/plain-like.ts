/** Mechanisms whose messages nothing protects but TLS: who changes one may, if it knows an account's secret. */
import {
  anonymousClient,
  anonymousServer,
  externalClient,
  externalServer,
  loginClient,
  loginServer,
  plainClient,
  plainServer,
} from 'saslkit'
import { demand } from '../finding.ts'
import { SIMPLE_VECTORS } from '../vectors.ts'
import { accountOf, directory } from './accounts.ts'
import { cells } from './cell.ts'
import type { MechanismRow } from './mechanism-row.ts'
import { prepared } from './prepared.ts'
import type { Run } from './run.ts'

/** What the client is supposed to have said, as it arrived. */
export const arrivedTexts = ({ crossings }: Run): readonly string[] =>
  crossings.flatMap(({ from, arrived }) =>
    from === 'client' && arrived ? [Buffer.from(arrived).toString('utf8')] : [],
  )

const NUL = 0

export const plainRow = (server: typeof plainServer = plainServer): MechanismRow => ({
  name: 'PLAIN',
  delimiter: NUL,
  mutual: false,
  vectors: SIMPLE_VECTORS,
  cells: cells({
    authzid: true,
    client: ({ account, authzid }) => plainClient({ ...account, authzid }),
    server: () => server(directory),
  }),
  granted({ authcid, authzid }, run) {
    const [message = ''] = arrivedTexts(run)
    const [asked, name = '', password, more] = message.split('\0')
    demand(more === undefined && password === accountOf(authcid)!.password, 'success without the password')
    demand(prepared(name) === authcid, `success for ${authcid}, where ${name} asked`)
    demand(
      (asked === name ? undefined : asked || undefined) === authzid,
      'success as somebody else than asked for',
    )
  },
})

export const loginRow = (server: typeof loginServer = loginServer): MechanismRow => ({
  name: 'LOGIN',
  serverFirst: true,
  delimiter: NUL,
  mutual: false,
  vectors: SIMPLE_VECTORS,
  cells: cells({
    authzid: false,
    client: ({ account }) => loginClient(account),
    server: () => server(directory),
  }),
  granted({ authcid, authzid }, run) {
    const [name = '', password] = arrivedTexts(run)
    demand(password === accountOf(authcid)!.password, 'success without the password')
    demand(prepared(name) === authcid && authzid === undefined, `success for ${authcid}, where ${name} asked`)
  },
})

export const anonymousRow = (): MechanismRow => ({
  name: 'ANONYMOUS',
  delimiter: 0x40,
  mutual: false,
  vectors: SIMPLE_VECTORS,
  cells: cells({
    authzid: false,
    client: ({ account }) => anonymousClient({ trace: `${account.authcid}@example.com` }),
    server: () => anonymousServer(),
  }),
  granted({ authcid, authzid, anonymous }, run) {
    demand(
      authcid === 'anonymous' && authzid === undefined && anonymous !== undefined,
      'anonymous as somebody',
    )
    const [trace] = arrivedTexts(run)
    demand((anonymous.trace ?? '') === trace, 'another trace')
    demand([...trace].length <= 255 && !/[\p{Cc}\p{Cs}]/u.test(trace), 'what is no trace')
  },
})

export const externalRow = (): MechanismRow => ({
  name: 'EXTERNAL',
  delimiter: NUL,
  mutual: false,
  vectors: SIMPLE_VECTORS,
  cells: ['user', undefined].flatMap((externalIdentity) =>
    cells({
      authzid: true,
      meetings: [
        {
          name: externalIdentity ? 'over a client certificate' : 'over nothing',
          client: { connection: { secure: true } },
          server: { connection: { secure: true, externalIdentity } },
          welcome: externalIdentity !== undefined,
        },
      ],
      client: ({ authzid }) => externalClient({ authzid }),
      server: () => externalServer(),
    }).filter(({ account }) => account.authcid === 'user'),
  ),
  granted({ authcid, authzid }, run) {
    const { externalIdentity } = run.cell.serverOptions.connection ?? {}
    demand(authcid === externalIdentity, 'success for somebody else than the layer below names')
    demand((authzid ?? '') === arrivedTexts(run)[0], 'success as somebody else than asked for')
  },
})
