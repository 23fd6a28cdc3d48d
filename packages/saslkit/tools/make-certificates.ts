/**
 * Writes test/node/vectors/certificates.json: certificates of openssl with the bindings of openssl.
 *
 *     node packages/saslkit/tools/make-certificates.ts
 */
import { writeFileSync } from 'node:fs'
import { OpenSsl, opensslVersion, RECIPES } from '../test/node/openssl-certificates.ts'

const version = opensslVersion()
if (!version) throw new Error('openssl is not installed')
const openssl = new OpenSsl()
try {
  const certificates = RECIPES.map((recipe) => {
    const { der, binding } = openssl.make(recipe)
    return { name: recipe.name, der: der.toString('base64'), tlsServerEndPoint: binding }
  })
  const source = `${version}, by tools/make-certificates.ts; tlsServerEndPoint is null where RFC 5929 leaves it undefined`
  const file = new URL('../test/node/vectors/certificates.json', import.meta.url)
  writeFileSync(file, `${JSON.stringify({ source, certificates }, null, 2)}\n`)
} finally {
  openssl.remove()
}
