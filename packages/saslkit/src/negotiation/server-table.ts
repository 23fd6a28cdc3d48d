import type { Connection } from '../connection.js'
import type { Directory, DirectoryWith, ScramHash } from '../directory.js'
import { anonymousServer } from '../mechanisms/anonymous.js'
import { type CramMd5ServerOptions, cramMd5Server } from '../mechanisms/cram-md5.js'
import { externalServer } from '../mechanisms/external.js'
import { loginServer } from '../mechanisms/login.js'
import { oauthBearerServer } from '../mechanisms/oauthbearer.js'
import { type PlainServerOptions, plainServer } from '../mechanisms/plain.js'
import { type ScramServerOptions, scramServer } from '../mechanisms/scram/server.js'
import { hashOf } from '../mechanisms/scram/variant.js'
import { xoauth2Server } from '../mechanisms/xoauth2.js'
import type { ServerMechanism } from '../step.js'
import type { MechanismName } from './mechanism-name.js'
import { SCRAM_VARIANTS } from './scram-names.js'

export interface MechanismOptions
  extends Omit<ScramServerOptions, 'nonce'>,
    Pick<CramMd5ServerOptions, 'hostname'>,
    Pick<PlainServerOptions, 'maxPasswordLength'> {}

/** What a row needs is there: the server has looked. */
type Whole = DirectoryWith<keyof Directory>

export interface ServerRow {
  readonly name: string
  /** The method of a directory that it needs. */
  readonly needs?: keyof Directory
  /** Whether it is offered where the policy names nothing. */
  byDefault(directory: Directory, connection: Connection): boolean
  make(directory: Directory, options: MechanismOptions): ServerMechanism
}

/** A row of the table itself: mechanisms of the caller's own have any name. */
export interface BuiltIn extends ServerRow {
  readonly name: MechanismName
}

/** The services for which defaults differ: those of mail. */
export const SERVICES: readonly (string | undefined)[] = ['smtp', 'imap', 'pop']

const always = () => true
const never = () => false
const mail = (_: Directory, { service }: Connection) => SERVICES.includes(service)

const DEFAULT_HASHES: readonly ScramHash[] = ['SHA-256']

/** All that a server can offer, in the order in which it does. */
export const SERVER_TABLE: readonly BuiltIn[] = [
  ...SCRAM_VARIANTS.map(
    (variant): BuiltIn => ({
      name: `SCRAM-${variant}`,
      needs: 'scramCredentials',
      // A client takes the strongest on the list: what not every account has keys for would lock out the others.
      byDefault: ({ scramHashes = DEFAULT_HASHES }) => scramHashes.includes(hashOf(variant)),
      make(directory, options) {
        // One by one: options may inherit from others, which a spread would lose.
        const { decoyIterations, decoySaltLength, prepare, vouchForOffered } = options
        const decoySecret = requireDecoySecret(directory, options)
        return scramServer(variant, directory as Whole, {
          decoySecret,
          decoyIterations,
          decoySaltLength,
          prepare,
          vouchForOffered,
        })
      },
    }),
  ),
  { name: 'EXTERNAL', byDefault: always, make: () => externalServer() },
  {
    name: 'OAUTHBEARER',
    needs: 'verifyToken',
    byDefault: always,
    make: (directory) => oauthBearerServer(directory as Whole),
  },
  {
    name: 'XOAUTH2',
    needs: 'verifyToken',
    byDefault: mail,
    make: (directory) => xoauth2Server(directory as Whole),
  },
  {
    name: 'CRAM-MD5',
    needs: 'secret',
    byDefault: never,
    make: (directory, { hostname, prepare }) => cramMd5Server(directory as Whole, { hostname, prepare }),
  },
  {
    name: 'PLAIN',
    needs: 'verifyPassword',
    byDefault: always,
    make: (directory, { prepare, maxPasswordLength }) =>
      plainServer(directory as Whole, { prepare, maxPasswordLength }),
  },
  {
    name: 'LOGIN',
    needs: 'verifyPassword',
    byDefault: (_, { service }) => service === 'smtp',
    make: (directory, { prepare, maxPasswordLength }) =>
      loginServer(directory as Whole, { prepare, maxPasswordLength }),
  },
  { name: 'ANONYMOUS', byDefault: never, make: () => anonymousServer() },
]

function requireDecoySecret({ decoy }: Directory, { decoySecret }: MechanismOptions): Uint8Array | undefined {
  if (decoySecret || decoy) return decoySecret
  throw new TypeError(
    'SCRAM needs decoySecret: at least 16 random octets, the same on every node, kept as long as the accounts',
  )
}

/** The names of all that a server can offer. */
export const SERVER_MECHANISMS: readonly MechanismName[] = SERVER_TABLE.map(({ name }) => name)
