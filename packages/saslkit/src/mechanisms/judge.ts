import type { Refusal, Verdict } from '../directory.js'
import type { Octets } from '../octets.js'
import { own } from '../own.js'
import { type Failure, failure, type Identity, type ServerStep, success } from '../step.js'

/** Turns a directory's verdict into a step. What is no verdict at all is the directory's fault, and never success. */
export function judge(verdict: Verdict | null, asked: Identity): ServerStep {
  if (verdict === true) return success(asked)
  if (verdict === false || verdict === undefined || verdict === null) return failure('invalid-credentials')
  if (typeof verdict === 'object') {
    if ('refused' in verdict && verdict.refused) return refusal(verdict.refused)
    const authcid = 'authcid' in verdict ? own(verdict, 'authcid') : undefined
    if (typeof authcid === 'string' && authcid) return success({ ...asked, authcid })
  }
  return failure('temporary', new TypeError('a verdict is true, false, { authcid } or { refused }'))
}

const REFUSALS: readonly unknown[] = ['account-disabled', 'credentials-expired', 'not-authorized']

/** Ends an exchange whose credentials were good. A reason that is none of the three is the directory's fault. */
export const refusal = (refused: Refusal['refused'], additionalData?: Octets): Failure =>
  REFUSALS.includes(refused)
    ? failure(refused, undefined, additionalData)
    : failure('temporary', new TypeError(`refused is one of ${REFUSALS.join(', ')}`))
