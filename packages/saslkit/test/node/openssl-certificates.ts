/**
 * Certificates made by openssl, one of each signature algorithm, with the binding that openssl computes for them. Used
 * live by openssl.test.ts and once by tools/make-certificates.ts, which wrote vectors/certificates.json.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Recipe {
  readonly name: string
  /** A name in KEYS. */
  readonly key: string
  /** What `openssl req -x509` is told of the signature. */
  readonly sign: readonly string[]
  /** What `openssl x509 -text` must call it, so that the recipe makes what it says. */
  readonly algorithm: string
  /** The digest that RFC 5929 section 4.1 chooses, by openssl's name; null where it chooses none. */
  readonly digest: string | null
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  dsa: ['-paramfile', 'dsa.param'],
  'P-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'P-521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  sm2: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2'],
  ed25519: ['-algorithm', 'ED25519'],
  ed448: ['-algorithm', 'ED448'],
}

const SHA2 = ['sha224', 'sha256', 'sha384', 'sha512']
const SHA3 = ['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512']

/** MD5 and SHA-1 give way to SHA-256. */
const chosen = (hash: string) => (hash === 'md5' || hash === 'sha1' ? 'sha256' : hash)

const plain = (key: string, hash: string, algorithm: string): Recipe => ({
  name: `${key} with ${hash}`,
  key,
  sign: [`-${hash}`],
  algorithm,
  digest: chosen(hash),
})

const pss = (hash: string, mask: string): Recipe => ({
  name: `RSASSA-PSS with ${hash} and MGF1 with ${mask}`,
  key: 'rsa',
  sign: [
    `-${hash}`,
    ...['-sigopt', 'rsa_padding_mode:pss'],
    ...['-sigopt', `rsa_mgf1_md:${mask}`],
    ...['-sigopt', 'rsa_pss_saltlen:20'],
  ],
  algorithm: 'rsassaPss',
  digest: hash === mask ? chosen(hash) : null,
})

export const RECIPES: readonly Recipe[] = [
  ...['md5', 'sha1', ...SHA2, 'sha512-224', 'sha512-256'].map((h) =>
    plain('rsa', h, `${h}WithRSAEncryption`),
  ),
  ...SHA3.map((hash) => plain('rsa', hash, `RSA-${hash.toUpperCase()}`)),
  plain('rsa', 'ripemd160', 'ripemd160WithRSA'),
  ...['sha1', ...SHA2, 'sha512-224', 'sha512-256'].map((hash) => pss(hash, hash)),
  pss('sha256', 'sha1'),
  pss('sha1', 'sha256'),
  pss('sha512', 'sha256'),
  ...['sha1', ...SHA2].map((hash) => plain('P-256', hash, `ecdsa-with-${hash.toUpperCase()}`)),
  ...SHA3.map((hash) => plain('P-256', hash, `ecdsa_with_${hash.toUpperCase()}`)),
  plain('P-384', 'sha384', 'ecdsa-with-SHA384'),
  plain('P-384', 'sha256', 'ecdsa-with-SHA256'),
  plain('P-521', 'sha512', 'ecdsa-with-SHA512'),
  plain('dsa', 'sha1', 'dsaWithSHA1'),
  ...[...SHA2, ...SHA3].map((hash) => plain('dsa', hash, `dsa_with_${hash.toUpperCase()}`)),
  plain('sm2', 'sm3', 'SM2-with-SM3'),
  { name: 'Ed25519', key: 'ed25519', sign: [], algorithm: 'ED25519', digest: null },
  { name: 'Ed448', key: 'ed448', sign: [], algorithm: 'ED448', digest: null },
]

/** Undefined where there is no openssl, with which a test is skipped, unless CI is set. */
export function opensslVersion(): string | undefined {
  const { status, stdout } = spawnSync('openssl', ['version'], { encoding: 'utf8' })
  if (status === 0) return stdout.trim()
  if (process.env.CI) throw new Error('openssl is not installed, and CI must not skip what needs it')
  return undefined
}

export class OpenSsl {
  readonly #directory: string = mkdtempSync(join(tmpdir(), 'saslkit-openssl-'))
  readonly #keys = new Set<string>()

  run(...args: readonly string[]): string {
    return execFileSync('openssl', args, {
      cwd: this.#directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** The path of a file with that content, for openssl to read. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.#directory, name)
    writeFileSync(path, content)
    return path
  }

  #key(name: string): string {
    const file = `${name}.key`
    if (this.#keys.has(name)) return file
    if (name === 'dsa')
      this.run(
        ...[
          'genpkey',
          '-genparam',
          '-algorithm',
          'DSA',
          '-out',
          'dsa.param',
          '-pkeyopt',
          'dsa_paramgen_bits:1024',
        ],
      )
    this.run('genpkey', ...(KEYS[name] ?? []), '-out', file)
    this.#keys.add(name)
    return file
  }

  /** DER of a self-signed certificate. */
  certificate(key: string, options: readonly string[]): Buffer {
    this.run(
      ...['req', '-x509', '-new', '-key', this.#key(key), ...options],
      ...['-days', '3650', '-outform', 'DER', '-out', 'certificate.der'],
    )
    return readFileSync(join(this.#directory, 'certificate.der'))
  }

  /** The certificate, made sure to be signed as its recipe says, and its binding in hexadecimal. */
  make(recipe: Recipe): { readonly der: Buffer; readonly binding: string | null } {
    const certificate = this.certificate(recipe.key, [...recipe.sign, '-subj', '/CN=localhost'])
    const text = this.run('x509', '-inform', 'DER', '-in', 'certificate.der', '-noout', '-text')
    const [, algorithm] = /Signature Algorithm: (\S+)/.exec(text) ?? []
    if (algorithm !== recipe.algorithm) throw new Error(`${recipe.name}: openssl signed with ${algorithm}`)
    if (recipe.digest === null) return { der: certificate, binding: null }
    const [binding = ''] = this.run('dgst', `-${recipe.digest}`, '-r', 'certificate.der').split(' ')
    return { der: certificate, binding }
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }
}
