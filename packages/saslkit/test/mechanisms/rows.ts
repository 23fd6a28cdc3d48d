/**
 * Every mechanism, as one row each of the shared suite. A new mechanism joins by its row. Loaded by its tests with
 * import(), after they have chosen the crypto seam.
 */
import type { ChannelBinding, Connection } from '../../src/connection.js'
import { makeScramCredentials } from '../../src/credentials/make-scram-credentials.js'
import type { ScramCredentials, ScramHash } from '../../src/directory.js'
import { anonymousClient, anonymousServer } from '../../src/mechanisms/anonymous.js'
import { cramMd5Client, cramMd5Server } from '../../src/mechanisms/cram-md5.js'
import { externalClient, externalServer } from '../../src/mechanisms/external.js'
import { loginClient, loginServer } from '../../src/mechanisms/login.js'
import { oauthBearerClient, oauthBearerServer } from '../../src/mechanisms/oauthbearer.js'
import { plainClient, plainServer } from '../../src/mechanisms/plain.js'
import { type ScramClientOptions, scramClient } from '../../src/mechanisms/scram/client.js'
import type { ScramClientKeys } from '../../src/mechanisms/scram/keys.js'
import { scramServer } from '../../src/mechanisms/scram/server.js'
import { isPlus, type ScramVariant } from '../../src/mechanisms/scram/variant.js'
import { xoauth2Client, xoauth2Server } from '../../src/mechanisms/xoauth2.js'
import { SCRAM_VARIANTS } from '../../src/negotiation/scram-names.js'
import { utf8 } from '../../src/octets.js'
import type { MechanismUnderTest, RegisterTest } from '../../src/testing/index.js'
import { testMechanism } from '../../src/testing/index.js'

export type Row = Omit<MechanismUnderTest, 'test'>

/** Forgets what kind of directory a mechanism asks, so that all stand in one table. */
const row = <Accounts extends object>({
  server,
  ...rest
}: Omit<MechanismUnderTest<Accounts>, 'test' | 'directory'> & { readonly directory: Accounts }): Row => ({
  ...rest,
  server: (directory) => server(directory as Accounts),
})

export function registerAll(test: RegisterTest, wanted: (name: string) => boolean = () => true): void {
  for (const mechanism of ROWS) if (wanted(mechanism.client.name)) testMechanism({ ...mechanism, test })
}

const good = { authcid: 'user', password: 'pencil' }
const wrong = { authcid: 'user', password: 'pencils' }
/** As long as "user". */
const unknown = { authcid: 'resu', password: 'pencil' }
const asAdmin = { ...good, authzid: 'admin' }
const identity = { authcid: 'user' }

const passwords = {
  verifyPassword: async (authcid: string, password: string) => authcid === 'user' && password === 'pencil',
}
const secrets = { secret: async (authcid: string) => (authcid === 'user' ? 'pencil' : undefined) }
const tokens = {
  verifyToken: async (token: string) => (token === 'good' ? identity : { status: 'invalid_token' }),
}

const ITERATIONS = 4096
const made = new Map<ScramHash, Promise<ScramCredentials>>()
const keys = {
  async scramCredentials(authcid: string, hash: ScramHash) {
    if (!made.has(hash)) made.set(hash, makeScramCredentials(hash, 'pencil', { iterations: ITERATIONS }))
    return authcid === 'user' ? made.get(hash) : undefined
  },
}

export const BINDING: ChannelBinding = {
  type: 'tls-exporter',
  data: utf8('thirty-two octets of the channel'),
}
const overTls: Connection = { secure: true, tlsVersion: 'TLSv1.3', channelBindings: [BINDING] }

/** Keys by name alone, whatever the salt: an altered salt is then no reason to stretch the password anew. */
function oneKey(): Pick<ScramClientOptions, 'iterations' | 'keyCache'> {
  let kept: ScramClientKeys | undefined
  const set = (_: string, made: ScramClientKeys) => {
    kept = made
  }
  return { iterations: [ITERATIONS, ITERATIONS], keyCache: { get: () => kept, set } }
}

const scramRow = (variant: ScramVariant): Row => {
  const cached = oneKey()
  return row({
    client: scramClient(variant, good, cached),
    server: (directory: typeof keys) =>
      scramServer(variant, directory, {
        decoySecret: utf8('sixteen octets at least'),
        decoyIterations: ITERATIONS,
      }),
    directory: keys,
    identity,
    altered: 'refused',
    replayed: 'refused',
    ...(isPlus(variant) && { connection: overTls }),
    wrongSecret: scramClient(variant, wrong),
    unknownUser: scramClient(variant, unknown),
    actingAs: { client: scramClient(variant, asAdmin, cached), authzid: 'admin' },
  })
}

export const ROWS: readonly Row[] = [
  row({
    client: plainClient(good),
    server: plainServer,
    directory: passwords,
    identity,
    altered: 'refused',
    wrongSecret: plainClient(wrong),
    unknownUser: plainClient(unknown),
    actingAs: { client: plainClient(asAdmin), authzid: 'admin' },
  }),
  row({
    client: loginClient(good),
    server: loginServer,
    directory: passwords,
    identity,
    altered: 'harmless', // a client answers whatever the prompts say
    wrongSecret: loginClient(wrong),
    unknownUser: loginClient(unknown),
  }),
  row({
    client: anonymousClient({ trace: 'sirhc' }),
    server: () => anonymousServer(),
    directory: {},
    identity: { authcid: 'anonymous', anonymous: { trace: 'sirhc' } },
    altered: 'trusted',
  }),
  row({
    client: externalClient(),
    server: () => externalServer(),
    directory: {},
    identity,
    altered: 'refused',
    connection: { secure: true, externalIdentity: 'user' },
    actingAs: { client: externalClient({ authzid: 'admin' }), authzid: 'admin' },
  }),
  row({
    client: cramMd5Client(good),
    server: cramMd5Server,
    directory: secrets,
    identity,
    altered: 'refused',
    replayed: 'refused',
    connection: { secure: false },
    wrongSecret: cramMd5Client(wrong),
    unknownUser: cramMd5Client(unknown),
  }),
  row({
    client: xoauth2Client({ authcid: 'user', token: 'good' }),
    server: xoauth2Server,
    directory: tokens,
    identity: { authcid: 'user', authzid: 'user' },
    altered: 'harmless', // keys and "Bearer" are taken in either case
    wrongSecret: xoauth2Client({ authcid: 'user', token: 'evil' }),
    actingAs: { client: xoauth2Client({ authcid: 'admin', token: 'good' }), authzid: 'admin' },
  }),
  row({
    client: oauthBearerClient({ token: 'good' }),
    server: oauthBearerServer,
    directory: tokens,
    identity,
    altered: 'harmless', // so are these, and host and port are for the verifier to judge
    connection: { secure: true, host: 'server.example.com', port: 143 },
    wrongSecret: oauthBearerClient({ token: 'evil' }),
    actingAs: { client: oauthBearerClient({ token: 'good', authzid: 'admin' }), authzid: 'admin' },
  }),
  ...SCRAM_VARIANTS.map(scramRow),
]
