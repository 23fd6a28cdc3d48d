/** What a server says that it offers comes from whoever is in between: it must not talk a client into anything. */
import { NoMechanism, SaslError, saslClient } from 'saslkit'
import { demand } from '../finding.ts'
import type { Row } from '../row.ts'
import { textRow } from './text-row.ts'

const NAMES =
  'SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-1 PLAIN LOGIN CRAM-MD5 XOAUTH2 OAUTHBEARER EXTERNAL ANONYMOUS'

const client = saslClient({ authcid: 'user', password: 'pencil' })
const INSECURE = { secure: false }
const SECURE = {
  secure: true,
  tlsVersion: 'TLSv1.3',
  channelBindings: [{ type: 'tls-exporter' as const, data: new Uint8Array(32).fill(7) }],
}

const chosen = (
  offered: readonly string[],
  connection: typeof INSECURE | typeof SECURE,
): string | undefined => {
  try {
    return client.select(offered, connection).mechanism
  } catch (error) {
    if (error instanceof NoMechanism) return undefined
    throw error
  }
}

interface Chosen {
  readonly secure: string | undefined
  readonly insecure: string | undefined
}

export const NEGOTIATION_ROWS: readonly Row[] = [
  textRow<Chosen>({
    name: 'lists of mechanisms',
    seeds: [NAMES, NAMES.split(' ').toReversed().join(' '), 'PLAIN', 'PLAIN PLAIN', 'GSSAPI NTLM', ''],
    pieces: NAMES.split(' '),
    read(text) {
      const offered = text.split(' ')
      return { secure: chosen(offered, SECURE), insecure: chosen(offered, INSECURE) }
    },
    refuses: (error, text) =>
      error instanceof SaslError &&
      (error.reason === 'malformed'
        ? !text.isWellFormed()
        : error.reason === 'limit-exceeded' && text.split(' ').length > 64),
    check({ secure, insecure }, text) {
      const offered = text.split(' ')
      for (const name of [secure, insecure])
        demand(name === undefined || offered.includes(name), () => `${name}, which was not offered`)
      demand(
        insecure === undefined || /^SCRAM-/.test(insecure),
        () => `${insecure}, where anybody can listen`,
      )
      demand(
        !/CRAM-MD5$|^LOGIN$/.test(secure ?? '') || secure === 'LOGIN',
        'what is obsolete, and was not asked for',
      )
      const scram = offered.some((name) => /^SCRAM-SHA-(1|224|256|384|512)(-PLUS)?$/.test(name))
      demand(!scram || /^SCRAM-/.test(secure ?? ''), () => `${secure}, and SCRAM was offered`)
      demand(chosen(offered.toReversed(), SECURE) === secure, 'the order decides')
    },
  }),
]
