/** What is soaked: mechanisms, over directories, with policies. */
import {
  type ClientCredentials,
  type ClientPolicy,
  type MechanismName,
  type SaslClient,
  type SaslServer,
  type ScramClientKeys,
  saslClient,
} from 'saslkit'
import { connection, nameOf, PASSWORD, SERVERS, TOKEN } from './accounts.ts'
import { SOAKED_FILES, type SoakedFile } from './file-stores.ts'
import type { Pair } from './talk.ts'

export interface Case {
  readonly name: string
  readonly ends: 'success' | 'failure'
  /** Moves from the beginning to the end. */
  readonly moves: number
  /** Derives keys, which takes a thousand times as long as all else: one of so many is enough. */
  readonly every?: number
  begin(at: number, signal?: AbortSignal): Pair
}

interface CaseOptions {
  readonly server?: SaslServer
  readonly policy?: ClientPolicy
  readonly ends?: Case['ends']
  readonly every?: number
  /** A client for each login, rather than one of those that stay. */
  readonly fresh?: boolean
  readonly initialResponse?: boolean
}

/** Long-lived ones, of each case: few, so that the first tenth has made them all. */
const CLIENTS = 20

function caseOf(
  mechanism: MechanismName,
  moves: number,
  what: string,
  credentialsOf: (at: number) => ClientCredentials,
  options: CaseOptions = {},
): Case {
  const { server = SERVERS.inMemory, fresh = false, ends = 'success', every, initialResponse } = options
  // The server offers -PLUS as well: who says "I could bind" and does not is taken for a victim, and refused.
  const channelBinding = mechanism.endsWith('-PLUS') ? 'require' : 'disable'
  const policy: ClientPolicy = { mechanisms: [mechanism], channelBinding, ...options.policy }
  const clients: SaslClient[] = []
  const clientFor = (at: number): SaslClient => {
    if (fresh) return saslClient(credentialsOf(at), policy)
    clients[at % CLIENTS] ??= saslClient(credentialsOf(at % CLIENTS), policy)
    return clients[at % CLIENTS]!
  }
  return {
    name: `${mechanism}${what}`,
    moves,
    ends,
    ...(every !== undefined && { every }),
    begin: (at, signal) => ({
      client: clientFor(at).select([mechanism], connection, { signal, initialResponse }),
      server: server.begin(mechanism, connection, {
        signal,
        additionalData: at % 2 ? 'as-challenge' : 'with-success',
      }),
    }),
  }
}

const asUser = (at: number): ClientCredentials => ({ authcid: nameOf(at), password: PASSWORD })
const asNobody = (at: number): ClientCredentials => ({ authcid: `nobody${at}`, password: PASSWORD })
const withToken = (): ClientCredentials => ({ authcid: 'user1', token: async () => TOKEN })
const withWrongToken = (): ClientCredentials => ({ authcid: 'user1', token: 'ya29.bad' })
/** Keys of all accounts stay; of one name and salt they are one entry. */
const cached = (): ClientPolicy => ({ keyCache: new Map<string, ScramClientKeys>() })

/** Each so many logins, the file is written. */
const CHANGES = 500

function overFile({ name, mechanism, moves, server, change }: SoakedFile): Case {
  const policy = mechanism.startsWith('SCRAM-') ? cached() : {}
  const each = caseOf(mechanism, moves, `, over a changing ${name}`, asUser, { server, policy })
  return {
    ...each,
    begin(at, signal) {
      if (at % CHANGES === 0) change()
      return each.begin(at, signal)
    },
  }
}

export const CASES: readonly Case[] = [
  caseOf('SCRAM-SHA-1', 5, ', keys cached', asUser, { policy: cached() }),
  caseOf('SCRAM-SHA-256', 5, ', keys cached', asUser, { policy: cached() }),
  caseOf('SCRAM-SHA-512', 5, ', keys cached', asUser, { policy: cached() }),
  caseOf('SCRAM-SHA-256-PLUS', 5, ', keys cached', asUser, { policy: cached() }),
  caseOf('SCRAM-SHA-256', 5, ', keys cached, a client each', asUser, { policy: cached(), fresh: true }),
  caseOf('SCRAM-SHA-256', 5, ', over a memory store', asUser, {
    policy: cached(),
    server: SERVERS.overStore,
  }),
  caseOf('SCRAM-SHA-256', 5, ', keys derived', asUser, { every: 40, server: SERVERS.later }),
  caseOf('SCRAM-SHA-256', 5, ', a name that nobody has', asNobody, {
    every: 40,
    ends: 'failure',
    fresh: true,
  }),
  caseOf('PLAIN', 3, '', asUser),
  caseOf('PLAIN', 3, ', no initial response', asUser, { initialResponse: false }),
  caseOf('PLAIN', 3, ', over a memory store, passwords verified before', asUser, {
    server: SERVERS.overStore,
  }),
  caseOf('PLAIN', 3, ', over a memory store, a name that nobody has', asNobody, {
    server: SERVERS.overStore,
    ends: 'failure',
    fresh: true,
  }),
  ...SOAKED_FILES.map(overFile),
  caseOf('PLAIN', 3, ', a directory that answers later', asUser, { server: SERVERS.later }),
  caseOf('LOGIN', 6, '', asUser),
  caseOf('CRAM-MD5', 5, '', asUser),
  caseOf('OAUTHBEARER', 3, '', withToken),
  caseOf('OAUTHBEARER', 4, ', a wrong token', withWrongToken, { ends: 'failure' }),
  caseOf('XOAUTH2', 3, '', withToken),
  caseOf('EXTERNAL', 3, '', () => ({ external: true })),
  caseOf('ANONYMOUS', 3, '', () => ({ anonymous: true })),
]
