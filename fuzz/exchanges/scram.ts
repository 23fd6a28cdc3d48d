/** SCRAM: every hash, bound to its channel or not, held against the reference. */
import {
  type ClientMechanism,
  type Identity,
  type Octets,
  type ScramClientKeys,
  type ScramClientOptions,
  type ScramVariant,
  type ServerMechanism,
  scramClient,
  scramServer,
  utf8,
} from 'saslkit'
import { demand } from '../finding.ts'
import {
  authMessageOf,
  escaped,
  fieldOf,
  headerOf,
  proofOf,
  signatureOf,
  unescaped,
  withoutProof,
} from '../reference/scram.ts'
import { SCRAM_VECTORS } from '../vectors.ts'
import { type Account, accountOf, directory, ITERATIONS, keysOf, MOST_ITERATIONS } from './accounts.ts'
import { type Cell, type CellsOptions, cells } from './cell.ts'
import type { MechanismRow } from './mechanism-row.ts'
import { nextNonce } from './nonces.ts'
import { prepared } from './prepared.ts'
import { type Crossing, isTouched, type Run } from './run.ts'
import { boundMeetings, unboundMeetings } from './scram-meetings.ts'
import { hashOf, isPlus } from './scram-names.ts'

export interface ScramRowOptions {
  readonly name?: string
  readonly share?: number
  /** Keys are made in each run, as at a first login; default: they are at hand. */
  readonly derive?: boolean
  readonly client?: typeof scramClient
  readonly server?: typeof scramServer
}

export function scramRow(variant: ScramVariant, options: ScramRowOptions = {}): MechanismRow {
  const { derive = false, client = scramClient, server = scramServer } = options
  const hash = hashOf(variant)
  const keyCache = (account: Account): Pick<ScramClientOptions, 'keyCache'> => {
    const keys: ScramClientKeys = keysOf(hash, account)
    return derive ? {} : { keyCache: { get: () => keys, set: () => {} } }
  }
  const halves: CellsOptions = {
    authzid: true,
    meetings: isPlus(variant) ? boundMeetings(hash) : unboundMeetings(hash),
    client: ({ account, authzid }): ClientMechanism =>
      client(
        variant,
        { ...account, authzid },
        { ...keyCache(account), iterations: [ITERATIONS, MOST_ITERATIONS], nonce: nextNonce },
      ),
    server: ({ vouches }): ServerMechanism =>
      server(variant, directory, {
        decoySecret: utf8('sixteen octets at least'),
        decoyIterations: ITERATIONS,
        nonce: nextNonce,
        vouchForOffered: vouches,
      }),
  }
  return {
    name: options.name ?? `SCRAM-${variant}`,
    share: options.share ?? 1,
    delimiter: 0x2c,
    mutual: true,
    cells: cells(halves),
    vectors: SCRAM_VECTORS,

    granted(identity, run) {
      const messages = messagesOf(run)
      demand(messages.clientFinal !== undefined, 'success without a proof')
      judgeGrant(identity, messages, run.cell)
      const after = run.crossings.slice(run.crossings.indexOf(messages.clientFinal) + 1)
      demand(
        !after.some(({ from, arrived }) => from === 'client' && arrived?.length),
        'an answer to the last word',
      )
      if (run.attack.resign) return
      const before = run.crossings.slice(0, run.crossings.indexOf(messages.clientFinal) + 1)
      demand(!before.some(isTouched), 'success over changed messages')
      demand(identity.authcid === run.cell.account.authcid, 'success for somebody else')
      demand((identity.authzid ?? undefined) === run.cell.authzid, 'success as somebody else')
    },

    believed(run) {
      const { clientFirst, serverFirst, clientFinal, serverFinal } = messagesOf(run)
      demand(!!clientFinal && !!serverFinal, 'the client believes a server that has not proved itself')
      const nonce = fieldOf(latin1(serverFirst?.arrived), 'r')
      const ours = fieldOf(latin1(clientFirst?.sent), 'r')!
      demand(
        !!nonce && nonce.startsWith(ours) && nonce !== ours,
        'the client believes a nonce that is not its own',
      )
      const iterations = Number(fieldOf(latin1(serverFirst?.arrived), 'i'))
      demand(iterations >= ITERATIONS && iterations <= MOST_ITERATIONS, 'the client takes any count')
      const authMessage = authMessageOf(
        utf8Text(clientFirst?.sent),
        utf8Text(serverFirst?.arrived),
        utf8Text(clientFinal.sent),
      )
      const proved = `v=${signatureOf(hash, keysOf(hash, run.cell.account), authMessage)}`
      const [arrived, ...rest] = utf8Text(serverFinal.arrived).split(',')
      demand(arrived === proved, 'the client believes a signature that is none')
      demand(!rest.some((extension) => /^[nrmacpsive]=/.test(extension)), 'an extension that has a meaning')
      if (run.attack.resign) return
      // Extensions of the last message are not signed (RFC 5802 section 7), and nothing is made of them.
      demand(serverFinal.sent !== undefined && utf8Text(serverFinal.sent) === proved, 'proved by nobody')
      const before = run.crossings.slice(0, run.crossings.indexOf(serverFinal))
      demand(!before.some(isTouched), 'the client believes changed messages')
    },

    resign(octets, run) {
      const { clientFirst, serverFirst, clientFinal, serverFinal } = messagesOf(run)
      const keys = keysOf(hash, run.cell.account)
      const last = run.crossings.at(-1)
      if (last === clientFinal) {
        const bare = withoutProof(utf8Text(octets))
        const authMessage = authMessageOf(utf8Text(clientFirst?.arrived), utf8Text(serverFirst?.sent), bare)
        return utf8Octets(`${bare},p=${proofOf(hash, keys, authMessage)}`)
      }
      return last === serverFinal ? signed(run) : octets
    },

    forge: (run) => (messagesOf(run).clientFinal ? signed(run) : undefined),
  }

  /** What a server that knows the keys would say of the messages as the client knows them. */
  function signed(run: Run): Octets {
    const { clientFirst, serverFirst, clientFinal } = messagesOf(run)
    const authMessage = authMessageOf(
      utf8Text(clientFirst?.sent),
      utf8Text(serverFirst?.arrived),
      utf8Text(clientFinal?.sent),
    )
    return utf8Octets(`v=${signatureOf(hash, keysOf(hash, run.cell.account), authMessage)}`)
  }

  function judgeGrant(identity: Identity, messages: ScramMessages, { serverOptions }: Cell): void {
    const [first, challenge, final] = [
      utf8Text(messages.clientFirst?.arrived),
      utf8Text(messages.serverFirst?.sent),
      utf8Text(messages.clientFinal?.arrived),
    ]
    const header = headerOf(first)
    const [flag = '', authzid = ''] = header.split(',')
    const type = /^p=(.*)$/.exec(flag)?.[1]
    const binding = serverOptions.connection?.channelBindings?.find((one) => one.type === type)
    demand(isPlus(variant) ? binding !== undefined : type === undefined, `success with the flag ${flag}`)
    const bound = Buffer.concat([Buffer.from(header), binding?.data ?? Buffer.alloc(0)]).toString('base64')
    demand(fieldOf(final, 'c') === bound, 'success with another channel binding')
    demand(fieldOf(final, 'r') === fieldOf(challenge, 'r'), 'success with another nonce')
    const account = accountOf(identity.authcid)!
    const proof = proofOf(hash, keysOf(hash, account), authMessageOf(first, challenge, final))
    demand(final.endsWith(`,p=${proof}`), 'success without a right proof')
    const sent = fieldOf(first.slice(header.length), 'n') ?? ''
    const name = unescaped(sent)
    demand(
      escaped(name) === sent && (!authzid || `a=${escaped(unescaped(authzid.slice(2)))}` === authzid),
      'a bad escape',
    )
    demand(prepared(name) === identity.authcid, `success for ${identity.authcid}, where ${name} asked`)
    const asked = unescaped(authzid.replace(/^a=/, '')) || undefined
    demand(
      (asked === name ? undefined : asked) === identity.authzid,
      'success as somebody else than asked for',
    )
  }
}

interface ScramMessages {
  readonly clientFirst: Crossing | undefined
  readonly serverFirst: Crossing | undefined
  readonly clientFinal: Crossing | undefined
  readonly serverFinal: Crossing | undefined
}

/** Which crossing is which: an empty challenge may come before all. */
function messagesOf({ crossings }: Run): ScramMessages {
  const at = crossings.findIndex(({ from, arrived }) => from === 'client' && arrived !== undefined)
  const [clientFirst, serverFirst, clientFinal, serverFinal] = at < 0 ? [] : crossings.slice(at)
  return { clientFirst, serverFirst, clientFinal, serverFinal }
}

const latin1 = (octets: Octets | undefined): string => Buffer.from(octets ?? []).toString('latin1')
const utf8Text = (octets: Octets | undefined): string => Buffer.from(octets ?? []).toString('utf8')
const utf8Octets = (text: string): Octets => new Uint8Array(Buffer.from(text, 'utf8'))
