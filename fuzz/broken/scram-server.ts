/** A server half of SCRAM in short, whole where nothing is left out, and broken in one place where something is. */
import {
  type Context,
  challenge,
  clientFirst,
  failure,
  malformed,
  type ServerMechanism,
  type ServerStep,
  type scramServer,
  success,
  text,
  utf8,
} from 'saslkit'
import { accountOf, directory, isFitName, keysOf } from '../exchanges/accounts.ts'
import { hashOf, isPlus } from '../exchanges/scram-names.ts'
import { proofOf, signatureOf, unescaped } from '../reference/scram.ts'

export const SERVER_OMISSIONS = [
  'nothing',
  'the nonce',
  'c=',
  'the binding data',
  'the proof',
  'half of the proof',
  'the downgrade',
  'the authzid of the header',
  'the authorization',
] as const

export type ServerOmission = (typeof SERVER_OMISSIONS)[number]

const FIRST = /^(([ny]|p=([a-z-]+)),(?:a=([^,\0]+))?,)(n=([^,\0]+),r=[!-+\--~]+)$/
const FINAL = /^(c=([A-Za-z0-9+/]+={0,2}),r=([!-+\--~]+)),p=([A-Za-z0-9+/]+={0,2})$/

export const brokenScramServer =
  (omitted: ServerOmission): typeof scramServer =>
  (variant, _, { nonce, vouchForOffered }): ServerMechanism => {
    const hash = hashOf(variant)

    const begin = (message: string, { connection, offered }: Context): ServerStep => {
      const [, header, flag, type, asked, bare, escaped] = FIRST.exec(message) ?? []
      if (!header || !bare || !escaped) throw malformed('not a first message')
      const binding = connection.channelBindings?.find((one) => one.type === type)
      if (isPlus(variant) !== (type !== undefined) || (type && !binding))
        throw malformed('bound in another way')
      const plus = offered?.mechanisms.some((name) => name.endsWith('-PLUS'))
      if (flag === 'y' && plus && omitted !== 'the downgrade') return failure('invalid-credentials')
      const name = unescaped(escaped)
      if (!isFitName(name) || !isFitName(asked || 'x')) throw malformed('not a name')
      directory.scramCredentials(name, hash, { connection })
      const account = accountOf(name)
      if (!account) return failure('invalid-credentials')
      const keys = keysOf(hash, account)
      const authzid = asked && unescaped(asked)

      const nonces = `${/r=(.*)$/.exec(bare)![1]}${nonce!()}`
      if (vouchForOffered) return failure('invalid-credentials') // which the harness is told not to expect
      const first = `r=${nonces},s=${Buffer.from(keys.salt).toString('base64')},i=${keys.iterations}`
      return challenge(utf8(first), (response) => {
        const [, withoutProof, bound, sentNonces, proof] = FINAL.exec(text(response)) ?? []
        if (!withoutProof || !proof || !bound) throw malformed('not a final message')
        if (omitted !== 'the nonce' && sentNonces !== nonces) return failure('invalid-credentials')
        const input = Buffer.from(bound, 'base64')
        const wanted = Buffer.concat([Buffer.from(header), binding?.data ?? Buffer.alloc(0)])
        const right =
          omitted === 'the binding data'
            ? input.subarray(0, header.length).equals(wanted.subarray(0, header.length))
            : omitted === 'the authzid of the header'
              ? input.subarray(0, 2).equals(wanted.subarray(0, 2))
              : bound === wanted.toString('base64')
        if (!right && omitted !== 'c=') return failure('invalid-credentials')
        const authMessage = `${bare},${first},${withoutProof}`
        const good = proofOf(hash, keys, authMessage)
        const half = good.length >> 1
        const proven =
          omitted === 'half of the proof' ? proof.slice(0, half) === good.slice(0, half) : proof === good
        if (!proven && omitted !== 'the proof') return failure('invalid-credentials')
        const identity = { authcid: name, authzid: authzid === name ? undefined : authzid }
        const granted = omitted === 'the authorization' ? { ...identity, authcid: authzid ?? name } : identity
        return success(granted, utf8(`v=${signatureOf(hash, keys, authMessage)}`))
      })
    }

    return {
      name: `SCRAM-${variant}`,
      start: (response, context) => clientFirst(response, (message) => begin(text(message), context)),
    }
  }
