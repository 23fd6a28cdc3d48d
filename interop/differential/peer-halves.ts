import type { ClientHalf, ServerHalf } from './half.ts'
import type { LineProgram } from './line-program.ts'
import type { LoginCase, Octets } from './login-case.ts'

/** A peer's client half. Where it says "fail", this throws. */
export function peerClient(program: LineProgram, login: LoginCase): ClientHalf {
  let content = false
  const step = async (word: string, message: Octets | undefined): Promise<Octets | undefined> => {
    const reply = parse(await program.ask(`${word} ${inHex(message)}`))
    content = reply.done
    return reply.message
  }
  return {
    async start() {
      await begin(program, 'client', login.mechanism, clientFields(login))
      return step('c', undefined)
    },
    challenge: async (challenge) => (await step('c', challenge)) ?? new Uint8Array(),
    async success(additionalData) {
      // aiosasl alone is told of success; to the others additional data is one more challenge.
      if (additionalData || program.hears) {
        const answer = await step(program.hears ? 'ok' : 'c', additionalData)
        if (answer?.length) throw new Error('client: additional data called for a response')
      }
      if (!content) throw new Error('client: not content')
    },
  }
}

/** A peer's server half, with one account. */
export function peerServer(program: LineProgram, login: LoginCase): ServerHalf {
  let begun = false
  return {
    async step(response) {
      if (!begun) await begin(program, 'server', login.mechanism, serverFields(login))
      begun = true
      const line = await program.ask(`s ${inHex(response)}`)
      if (line.startsWith('fail')) return { kind: 'failure', why: line }
      const { done, message, identity } = parse(line)
      if (!done) return { kind: 'challenge', challenge: message ?? new Uint8Array() }
      // An empty one is none: GNU SASL and Cyrus write some for mechanisms that have none.
      return { kind: 'success', identity, additionalData: message?.length ? message : undefined }
    },
  }
}

async function begin(program: LineProgram, role: string, mechanism: string, fields: Fields): Promise<void> {
  const words = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${Buffer.from(value).toString('hex')}`],
  )
  const reply = await program.ask(`${role} ${mechanism} ${words.join(' ')}`)
  if (reply !== 'ok') throw new Error(`${role}: ${reply}`)
}

type Fields = Readonly<Record<string, string | Uint8Array | undefined>>

function clientFields({ mechanism, typed, binding, nonces, least }: LoginCase): Fields {
  const { name, password, authzid, token, trace } = typed
  return {
    name,
    password,
    authzid,
    token: mechanism.includes('OAUTH') ? token : undefined,
    trace: mechanism === 'ANONYMOUS' ? trace : undefined,
    // Cyrus's client wants to know that there is such a layer.
    external: mechanism === 'EXTERNAL' ? 'somebody' : undefined,
    nonce: nonces.client,
    least: String(least),
    cbtype: binding.client && binding.type,
    cb: binding.client,
  }
}

function serverFields({ mechanism, account, binding, nonces }: LoginCase): Fields {
  const { name, password, salt, iterations, asKeys } = account
  return {
    name,
    password,
    salt,
    iterations: String(iterations),
    keys: asKeys ? '' : undefined,
    external: mechanism === 'EXTERNAL' ? name : undefined,
    nonce: nonces.server,
    cbtype: binding.server && binding.type,
    cb: binding.server,
  }
}

const inHex = (message: Uint8Array | undefined): string =>
  message === undefined ? '-' : `=${Buffer.from(message).toString('hex')}`

const octetsOf = (word: string | undefined): Octets | undefined =>
  word?.startsWith('=') ? new Uint8Array(Buffer.from(word.slice(1), 'hex')) : undefined

/** Not always UTF-8: an edit may have made something else of it. */
const textOf = (word: string | undefined): string => Buffer.from(octetsOf(word) ?? []).toString()

function parse(line: string): {
  done: boolean
  message: Octets | undefined
  identity: { authcid: string; authzid: string }
} {
  const [kind, message, authcid, authzid] = line.split(' ')
  if (kind !== 'more' && kind !== 'done') throw new Error(line)
  return {
    done: kind === 'done',
    message: octetsOf(message),
    identity: { authcid: textOf(authcid), authzid: textOf(authzid) },
  }
}
