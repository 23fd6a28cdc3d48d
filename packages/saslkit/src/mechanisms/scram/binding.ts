import type { ChannelBinding } from '../../connection.js'
import { SaslError } from '../../errors.js'
import { base64, concat, EMPTY, type Octets, utf8 } from '../../octets.js'
import type { Context } from '../../step.js'
import { isPlus, type ScramVariant } from './variant.js'

/** `require`: success is worth nothing unless it was bound. `prefer`: bind where both sides can. */
export type ChannelBindingPolicy = 'disable' | 'prefer' | 'require'

export interface ClientBinding {
  /** The gs2-cbind-flag (RFC 5802 section 7). */
  readonly flag: string
  readonly binding?: ChannelBinding
  /** The server must prove what it offered (XEP-0474), for we say "n" although we could bind. */
  readonly insistOnHash?: boolean
}

/** The first binding that both sides have, where it is known what the server has. */
export const commonBinding = ({ connection, offered }: Context): ChannelBinding | undefined =>
  connection.channelBindings?.find(
    ({ type, data }) => data.length > 0 && (offered?.channelBindings?.includes(type) ?? true),
  )

/** Of "n,,", which most send. */
const NOT_BOUND = utf8('biws')

/** The value of c= (RFC 5802 section 5.1): the GS2 header, and what is bound, in base64. */
export function bindingInput(header: string, binding: ChannelBinding | undefined): Octets {
  if (header === 'n,,' && !binding) return NOT_BOUND
  return utf8(base64(concat(utf8(header), binding?.data ?? EMPTY)))
}

/** What the client says of channel binding in the GS2 header (RFC 5802 section 6). */
export function clientBinding(
  variant: ScramVariant,
  policy: ChannelBindingPolicy,
  context: Context,
): ClientBinding {
  const { connection, offered } = context
  if (isPlus(variant)) {
    const binding = commonBinding(context)
    if (!binding) throw new SaslError('unacceptable', 'this connection has no channel binding to use')
    return { flag: `p=${binding.type}`, binding }
  }
  // What is neither of the other two might have been meant to be this one.
  if (policy !== 'prefer' && policy !== 'disable')
    throw new SaslError('unacceptable', 'channel binding is required, and only a -PLUS mechanism binds')
  const canBind = !!commonBinding({ connection })
  if (!offered || policy === 'disable' || (connection.tlsVersion === undefined && !canBind))
    return { flag: 'n' }
  // "y": we could, and did not see the -PLUS of this mechanism. A server that did offer it then knows that somebody took
  // it off the list. Another's -PLUS counts for nothing: whoever takes ours away could put a made-up one in its place.
  if (!offered.mechanisms.includes(`SCRAM-${variant}-PLUS`)) return { flag: 'y' }
  // It did offer it, with types of which we have none: "y" would end in failure. Where those types came in a list,
  // the list may have been changed to make us say "n" (XEP-0474 section 5.1), so the server must vouch for it. Who has
  // nothing to bind says "n" whatever the list says, and loses nothing by a false one.
  return { flag: 'n', insistOnHash: canBind && !commonBinding(context) }
}
