import type {
  ClientExchangeOptions,
  ClientMechanism,
  Connection,
  Offered,
  ServerExchangeOptions,
  ServerMechanism,
} from 'saslkit'
import { ACCOUNTS, type Account, ANYBODY, authorize, NOBODY } from './accounts.ts'

/** One way for two halves to meet. */
export interface Cell {
  readonly name: string
  readonly account: Account
  readonly client: ClientMechanism
  readonly server: ServerMechanism
  readonly clientOptions: ClientExchangeOptions
  readonly serverOptions: ServerExchangeOptions
  /** Whom the client means to act as; undefined: itself. */
  readonly authzid: string | undefined
  /** Whether the client gets in where nobody touches anything. */
  readonly welcome: boolean
}

/** What each side knows of the connection and of what was offered. It differs where somebody stands in between. */
export interface Meeting {
  readonly name: string
  readonly client: { readonly connection: Connection; readonly offered?: Offered }
  readonly server: { readonly connection: Connection; readonly offered?: Offered }
  /** The server vouches for what it offered (XEP-0474). */
  readonly vouches?: boolean
  /** Default true. */
  readonly welcome?: boolean
}

const SECURE = { connection: { secure: true, host: 'server.example.com', port: 143 } }

export const ORDINARY: readonly Meeting[] = [{ name: 'over TLS', client: SECURE, server: SECURE }]

interface Login {
  readonly account: Account
  /** As the client is told it. */
  readonly authzid: string | undefined
  readonly welcome: boolean
}

export interface CellsOptions {
  /** Whether the mechanism can carry an authzid. */
  readonly authzid: boolean
  readonly meetings?: readonly Meeting[]
  /** Each client half is made once, as in applications. */
  client(login: Login): ClientMechanism
  server(meeting: Meeting): ServerMechanism
}

const CARRIAGES = [true, false].flatMap((initialResponse) =>
  (['with-success', 'as-challenge'] as const).map((additionalData) => ({ initialResponse, additionalData })),
)

const loginsOf = (carriesAuthzid: boolean): readonly Login[] =>
  ACCOUNTS.slice(0, 3).flatMap((account) => {
    const login = (authzid: string | undefined, welcome = true): Login => ({ account, authzid, welcome })
    if (!carriesAuthzid) return [login(undefined)]
    return [
      login(undefined),
      login(account.authcid),
      ...ANYBODY.map((name) => login(name)),
      login(NOBODY, false),
    ]
  })

/** Every login over every meeting in every carriage. */
export function cells({ authzid, meetings = ORDINARY, client, server }: CellsOptions): readonly Cell[] {
  const all: Cell[] = []
  for (const login of loginsOf(authzid)) {
    const clientHalf = client(login)
    const other = login.authzid === login.account.authcid ? undefined : login.authzid
    for (const meeting of meetings) {
      const serverHalf = server(meeting)
      for (const { initialResponse, additionalData } of CARRIAGES)
        all.push({
          name: `${login.account.authcid} as ${login.authzid ?? 'itself'}, ${meeting.name}, ${initialResponse ? 'with' : 'without'} initial response, additional data ${additionalData}`,
          account: login.account,
          client: clientHalf,
          server: serverHalf,
          clientOptions: { ...meeting.client, initialResponse },
          // Without `authorize` each may act as itself alone: both ways have to hold.
          serverOptions: {
            ...meeting.server,
            additionalData,
            ...((other || initialResponse) && { authorize }),
          },
          authzid: other,
          welcome: login.welcome && (meeting.welcome ?? true),
        })
    }
  }
  return all
}
