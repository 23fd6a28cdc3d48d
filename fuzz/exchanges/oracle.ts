/** What holds for every exchange, whoever did what to it. */
import { type FailureReason, type Identity, SaslError } from 'saslkit'
import { demand } from '../finding.ts'
import { workDone } from '../work.ts'
import { accountOf, ledger, MOST_ITERATIONS, mayActAs } from './accounts.ts'
import { grantOf, type Run } from './run.ts'

/** What one mechanism promises beside. */
export interface Promises {
  readonly mutual: boolean
  /** The server speaks first, so that there is no initial response. */
  readonly serverFirst?: boolean
  /** The server let somebody in: throws a Finding unless what arrived is worth it. */
  granted(identity: Identity, run: Run): void
  /** The client believes that it is in, and knows who the server is: throws a Finding unless it may. */
  believed?(run: Run): void
}

/** `temporary` is not among them: this directory always answers, so it would be an error of the library's own. */
const CLIENTS_FAULTS: readonly FailureReason[] = [
  'malformed',
  'invalid-credentials',
  'not-authorized',
  'limit-exceeded',
  'aborted',
]
const SERVERS_FAULTS: readonly FailureReason[] = [
  ...CLIENTS_FAULTS,
  'server-not-authenticated',
  'unacceptable',
]

export function judge(run: Run, promises: Promises): void {
  judgeTypes(run)
  judgeSecrets(run)
  judgeWork(run)
  judgeFirst(run, promises)
  const { cell, content } = run
  const identity = grantOf(run)
  if (identity) {
    judgeAuthorization(run, identity)
    promises.granted(identity, run)
  }
  if (content) {
    promises.believed?.(run)
    demand(
      promises.mutual || run.lies.length > 0 || !!identity,
      'the client believes a success that nobody claimed',
    )
  }
  if (!run.touched) {
    const both = !!identity && content
    const neither = !identity && !content
    demand(cell.welcome ? both : neither, `untouched, and not ${cell.welcome ? 'let in' : 'refused'} by both`)
  }
}

function judgeTypes({ reply, clientError }: Run): void {
  if (reply) demand(['challenge', 'success', 'failure'].includes(reply.kind), 'a reply of no known kind')
  if (reply?.kind === 'failure')
    demand(
      CLIENTS_FAULTS.includes(reply.reason),
      () => `the server fails as ${reply.reason}: ${String(reply.cause)}`,
    )
  if (clientError === undefined) return
  demand(clientError instanceof SaslError, () => `the client throws ${String(clientError)}`)
  const { reason } = clientError
  demand(SERVERS_FAULTS.includes(reason), () => `the client throws ${reason}: ${String(clientError)}`)
}

function judgeSecrets({ cell, reply, clientError }: Run): void {
  const { password, token } = cell.account
  for (const error of [clientError, reply?.kind === 'failure' ? reply.cause : undefined])
    if (error instanceof Error)
      demand(!error.message.includes(password) && !error.message.includes(token), 'a secret in a message')
}

/** Two halves of SCRAM with a vouching server need 17 digests; nothing needs more. */
const MOST_DIGESTS = 40

function judgeWork({ crossings }: Run): void {
  const work = workDone()
  let crossed = 0
  for (const { sent, arrived } of crossings) crossed += (sent?.length ?? 0) + (arrived?.length ?? 0)
  demand(ledger.unfit === undefined, () => `the directory was asked about ${ledger.unfit}`)
  demand(ledger.lookups <= 1, () => `the directory was asked ${ledger.lookups} times`)
  demand(ledger.authorized.length <= 1, () => `authorize was asked ${ledger.authorized.length} times`)
  demand(work.derivations <= 1, () => `${work.derivations} key derivations`)
  demand(work.iterations <= MOST_ITERATIONS, () => `a key derivation of ${work.iterations} iterations`)
  demand(work.digests <= MOST_DIGESTS, () => `${work.digests} digests`)
  demand(work.octets <= 8192 + 16 * crossed, () => `${work.octets} octets hashed for ${crossed} that crossed`)
}

/** The challenge that asks for an initial response is empty, or is not answered (RFC 4422 section 3). */
function judgeFirst({ cell, crossings }: Run, { serverFirst = false }: Promises): void {
  if (serverFirst || cell.clientOptions.initialResponse) return
  const [, challenge, response] = crossings
  demand(
    !challenge?.arrived?.length || !response?.sent,
    'the client answers a challenge before it has spoken',
  )
}

function judgeAuthorization({ cell }: Run, { authcid, authzid = authcid, anonymous }: Identity): void {
  if (!anonymous) demand(accountOf(authcid) !== undefined, `success for ${authcid}, who has no account`)
  demand(mayActAs(authcid, authzid), `${authcid} may not act as ${authzid}`)
  if (!cell.serverOptions.authorize) demand(authzid === authcid, 'somebody else, and nobody was asked')
  else {
    const [asked] = ledger.authorized
    demand(asked?.authcid === authcid && asked.authzid === authzid, 'authorize was not asked about this')
  }
}
