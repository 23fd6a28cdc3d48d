/** What OAUTHBEARER (RFC 7628) and XOAUTH2 share: a token, a verifier, and the dance when the token is refused. */
import { type Awaitable, andThen } from '../awaitable.js'
import { consult } from '../consult.js'
import type { TokenProblem, TokenRequest, TokenVerifier } from '../directory.js'
import { malformed, SaslError } from '../errors.js'
import { type Octets, text, utf8 } from '../octets.js'
import {
  type ClientStep,
  type Context,
  challenge,
  concede,
  type Failure,
  failure,
  type ServerStep,
} from '../step.js'
import { type Obtainable, obtain } from './client-credentials.js'
import { judge } from './judge.js'

/** RFC 6750 section 2.1. */
export const B64TOKEN: RegExp = /^[A-Za-z0-9\-._~+/]+=*$/

/** The server refused the token, and said so in the mechanism's own words. */
export class TokenRefused extends SaslError {
  override readonly name = 'TokenRefused'
  /** `invalid_token`, `insufficient_scope` …, or what else the server wrote. */
  readonly status: string | undefined
  /** What to ask the token endpoint for. */
  readonly scope: string | undefined
  /** Where the server says its metadata is. Never fetched by this library. */
  readonly openidConfiguration: string | undefined

  constructor(problem: { status?: string; scope?: string; openidConfiguration?: string }) {
    super('invalid-credentials', `the server refused the token (${problem.status ?? 'no status'})`)
    this.status = problem.status
    this.scope = problem.scope
    this.openidConfiguration = problem.openidConfiguration
  }
}

export const tokenText = (token: Obtainable<string>, context: Context): Awaitable<string> =>
  andThen(obtain(token, context), (value) => {
    if (typeof value !== 'string' || !B64TOKEN.test(value))
      throw new TypeError('token must be a bearer token (RFC 6750 section 2.1), without the word "Bearer"')
    return value
  })

/** RFC 7628 section 3.2.3: the client answers the server's error with a fixed response, and then failure follows. */
export const concedeToken =
  (answer: Octets) =>
  (problem: Octets): ClientStep =>
    concede(answer, new TokenRefused(readProblem(problem)))

function readProblem(octets: Octets): { status?: string; scope?: string; openidConfiguration?: string } {
  let read: unknown
  try {
    read = JSON.parse(text(octets))
  } catch {
    return {}
  }
  if (typeof read !== 'object' || read === null) return {}
  const fields = new Map(Object.entries(read))
  const word = (name: string): string | undefined => {
    const value = fields.get(name)
    return typeof value === 'string' ? printable(value) : undefined
  }
  const [status, scope, openidConfiguration] = [word('status'), word('scope'), word('openid-configuration')]
  return {
    ...(status !== undefined && { status }),
    ...(scope !== undefined && { scope }),
    ...(openidConfiguration !== undefined && { openidConfiguration }),
  }
}

/** What a peer wrote goes into messages and logs: without controls, and not without end. */
const printable = (value: string): string => value.replace(/[\p{C}\u2028\u2029]/gu, '\ufffd').slice(0, 256)

/** Asks the verifier, and tells the client what is wrong, if anything is. There is no way back from there. */
export function verify(
  verifier: TokenVerifier,
  token: string,
  request: TokenRequest,
  context: Context,
  answer: Octets,
): Awaitable<ServerStep> {
  return andThen(
    consult(() => verifier.verifyToken(token, request, context)),
    (verdict) => {
      if (typeof verdict !== 'object' || verdict === null) return noVerdict()
      if (!isProblem(verdict)) return judge(verdict, { authcid: '', authzid: request.authzid })
      if (typeof verdict.status !== 'string' || !verdict.status) return noVerdict()
      return challenge(problemText(verdict), (response) => {
        if (response.length !== answer.length || response.some((octet, i) => octet !== answer[i]))
          throw malformed('not the answer to a refused token')
        return failure('invalid-credentials')
      })
    },
  )
}

export const isProblem = (verdict: object): verdict is TokenProblem =>
  'status' in verdict && verdict.status !== undefined

const noVerdict = (): Failure =>
  failure('temporary', new TypeError('a token verdict is { authcid }, { status } in words, or { refused }'))

const problemText = ({ status, scope, openidConfiguration }: TokenProblem): Octets =>
  utf8(JSON.stringify({ status, scope, 'openid-configuration': openidConfiguration }))
