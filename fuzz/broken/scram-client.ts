/** A client half of SCRAM in short, whole where nothing is left out, and broken in one place where something is. */
import {
  type ClientMechanism,
  finish,
  malformed,
  respond,
  SaslError,
  type scramClient,
  text,
  utf8,
} from 'saslkit'
import { accountOf, ITERATIONS, keysOf, MOST_ITERATIONS } from '../exchanges/accounts.ts'
import { hashOf, isPlus } from '../exchanges/scram-names.ts'
import { escaped, proofOf, signatureOf } from '../reference/scram.ts'

export const CLIENT_OMISSIONS = [
  'nothing',
  'the signature',
  'half of the signature',
  'that the signature is there',
  'that the nonce is its own',
  'that the nonce is longer',
  'the iteration count',
  'that peers write nonsense',
] as const

export type ClientOmission = (typeof CLIENT_OMISSIONS)[number]

const FIRST = /^r=([!-+\--~]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9][0-9]{0,9})$/
const FINAL = /^v=([A-Za-z0-9+/]+={0,2})$/

export const brokenScramClient =
  (omitted: ClientOmission): typeof scramClient =>
  (variant, { authcid, authzid }, { nonce } = {}): ClientMechanism => ({
    name: `SCRAM-${variant}`,
    mutual: true,
    start({ connection, offered }) {
      const hash = hashOf(variant)
      const keys = keysOf(hash, accountOf(authcid)!)
      const own = nonce!()
      const [binding] = isPlus(variant) ? (connection.channelBindings ?? []) : []
      const couldBind = connection.channelBindings !== undefined && offered !== undefined
      const header = `${binding ? `p=${binding.type}` : couldBind ? 'y' : 'n'},${authzid ? `a=${escaped(authzid)}` : ''},`
      const bare = `n=${escaped(authcid)},r=${own}`
      return respond(utf8(header + bare), (message) => {
        const first = text(message)
        const [, nonces, , count] = FIRST.exec(first) ?? []
        if (!nonces && omitted === 'that peers write nonsense') throw new TypeError('undefined is no nonce')
        if (!nonces) throw malformed('not a first message')
        const isOwn = nonces.startsWith(own) || omitted === 'that the nonce is its own'
        if (!isOwn || (nonces === own && omitted !== 'that the nonce is longer'))
          throw malformed('not our nonce')
        const bounded = Number(count) >= ITERATIONS && Number(count) <= MOST_ITERATIONS
        if (!bounded && omitted !== 'the iteration count') throw new SaslError('unacceptable', 'the count')
        const input = Buffer.concat([Buffer.from(header), binding?.data ?? Buffer.alloc(0)])
        const withoutProof = `c=${input.toString('base64')},r=${nonces}`
        const authMessage = `${bare},${first},${withoutProof}`
        const final = utf8(`${withoutProof},p=${proofOf(hash, keys, authMessage)}`)
        const believe = (last: Uint8Array) => {
          const [, signature] = FINAL.exec(text(last)) ?? []
          const good = signatureOf(hash, keys, authMessage)
          if (!signature) throw malformed('no signature')
          const half = good.length >> 1
          const right =
            omitted === 'half of the signature'
              ? signature.slice(0, half) === good.slice(0, half)
              : signature === good
          if (!right && omitted !== 'the signature')
            throw new SaslError('server-not-authenticated', 'a wrong signature')
          return finish(new Uint8Array(0))
        }
        return omitted === 'that the signature is there' ? finish(final, believe) : respond(final, believe)
      })
    },
  })
