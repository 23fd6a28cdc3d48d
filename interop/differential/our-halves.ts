import {
  anonymousClient,
  anonymousServer,
  ClientExchange,
  type ClientMechanism,
  type Connection,
  cramMd5Client,
  cramMd5Server,
  type DirectoryWith,
  externalClient,
  externalServer,
  loginClient,
  loginServer,
  oauthBearerClient,
  oauthBearerServer,
  passwordEquals,
  plainClient,
  plainServer,
  type ScramVariant,
  ServerExchange,
  type ServerMechanism,
  scramClient,
  scramServer,
  xoauth2Client,
  xoauth2Server,
} from 'saslkit'
import { preparePassword } from 'saslkit/strings'
import type { ClientHalf, ServerHalf } from './half.ts'
import type { LoginCase, Octets } from './login-case.ts'
import { scramKeys } from './scram-keys.ts'

/** Our client half, told what the case says. What the library throws for it comes through at `start`. */
export function ourClient(login: LoginCase): ClientHalf {
  const offered = { mechanisms: offeredBy(login) }
  let exchange: ClientExchange | undefined
  return {
    async start() {
      exchange = new ClientExchange(clientMechanism(login), {
        connection: connection(login, login.binding.client),
        offered,
      })
      return exchange.start()
    },
    challenge: async (challenge) => exchange!.challenge(challenge),
    success: async (additionalData) => exchange!.success(additionalData),
  }
}

/** Our server half, with one account that may act as anybody: what is compared is who came in, and as whom. */
export function ourServer(login: LoginCase): ServerHalf {
  const exchange = new ServerExchange(serverMechanism(login), {
    connection: {
      ...connection(login, login.binding.server),
      externalIdentity: login.account.name || undefined,
    },
    offered: { mechanisms: offeredBy(login) },
    authorize: () => true,
  })
  return {
    async step(response) {
      const reply = await exchange.step(response)
      return reply.kind === 'failure'
        ? { kind: 'failure', why: `${reply.reason} ${String(reply.cause)}` }
        : reply
    },
  }
}

/** A server that can bind says so. A client that can, and was told nothing of it, says "y". */
const offeredBy = ({ mechanism, binding }: LoginCase): string[] =>
  mechanism.endsWith('-PLUS') || !binding.server ? [mechanism] : [mechanism, `${mechanism}-PLUS`]

function connection({ binding }: LoginCase, data: Octets | undefined): Connection {
  return { secure: true, channelBindings: data ? [{ type: binding.type, data }] : undefined }
}

const variantOf = (mechanism: string): ScramVariant => mechanism.slice('SCRAM-'.length) as ScramVariant

function clientMechanism({ mechanism, typed, least, nonces }: LoginCase): ClientMechanism {
  const { name: authcid, password, authzid, token, trace } = typed
  const credentials = { authcid, password, authzid }
  if (mechanism.startsWith('SCRAM-'))
    return scramClient(variantOf(mechanism), credentials, {
      iterations: [least, 1_000_000],
      nonce: () => nonces.client,
    })
  switch (mechanism) {
    case 'PLAIN':
      return plainClient(credentials)
    case 'LOGIN':
      return loginClient(credentials)
    case 'CRAM-MD5':
      return cramMd5Client(credentials)
    case 'ANONYMOUS':
      return anonymousClient({ trace })
    case 'EXTERNAL':
      return externalClient({ authzid })
    case 'OAUTHBEARER':
      return oauthBearerClient({ token, authzid })
    case 'XOAUTH2':
      return xoauth2Client({ authcid, token })
    default:
      throw new RangeError(`${mechanism} is not ours`)
  }
}

function serverMechanism(login: LoginCase): ServerMechanism {
  const { mechanism, nonces } = login
  const directory = directoryOf(login)
  if (mechanism.startsWith('SCRAM-'))
    return scramServer(variantOf(mechanism), directory, { nonce: () => nonces.server })
  switch (mechanism) {
    case 'PLAIN':
      return plainServer(directory)
    case 'LOGIN':
      return loginServer(directory)
    case 'CRAM-MD5':
      return cramMd5Server(directory)
    case 'ANONYMOUS':
      return anonymousServer()
    case 'EXTERNAL':
      return externalServer()
    case 'OAUTHBEARER':
      return oauthBearerServer(directory)
    case 'XOAUTH2':
      return xoauth2Server(directory)
    default:
      throw new RangeError(`${mechanism} is not ours`)
  }
}

type OneAccount = DirectoryWith<'verifyPassword' | 'secret' | 'scramCredentials' | 'decoy' | 'verifyToken'>

/** One account, whose password was prepared when it was set; none where preparation refuses it (RFC 4013 section 2.5). */
function directoryOf({ account }: LoginCase): OneAccount {
  const stored = attempt(() => preparePassword(account.password, 'saslprep', 'stored'))
  const secretOf = async (authcid: string): Promise<string | undefined> =>
    authcid === account.name ? stored : undefined
  return {
    async verifyPassword(authcid, sent) {
      const kept = await secretOf(authcid)
      const presented = await attempt(() => preparePassword(sent, 'saslprep', 'query'))
      return kept !== undefined && presented !== undefined && passwordEquals(presented, kept)
    },
    secret: secretOf,
    async scramCredentials(authcid, hash) {
      const kept = await secretOf(authcid)
      return kept === undefined ? undefined : scramKeys(hash, kept, account.salt, account.iterations)
    },
    // Of the account's own shape: one of the default 65,536 iterations would take its time.
    decoy: (_, hash) => scramKeys(hash, '?', account.salt, account.iterations),
    verifyToken: (token) =>
      token === account.token ? { authcid: account.name } : { status: 'invalid_token' },
  }
}

/** Undefined where preparation refuses. */
async function attempt(prepare: () => string | PromiseLike<string>): Promise<string | undefined> {
  try {
    return await prepare()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
