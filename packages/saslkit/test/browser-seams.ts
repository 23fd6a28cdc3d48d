/** Imported first, it gives what is imported after it the code of browsers in place of Node's. */
import * as loading from 'node:module'

const SEAMS: readonly (readonly [specifier: string, url: string])[] = [
  ['#crypto', new URL('../src/crypto/web.js', import.meta.url).href],
  ['#octets', new URL('../src/octets/web.js', import.meta.url).href],
  ['#slow-hashes', new URL('../src/credentials/slow-hashes/web.js', import.meta.url).href],
]

if (typeof loading.registerHooks === 'function')
  loading.registerHooks({
    resolve(specifier, context, next) {
      const url = new Map(SEAMS).get(specifier)
      return url ? { url, shortCircuit: true } : next(specifier, context)
    },
  })
// Before Node 22.15.
else
  loading.register(
    `data:text/javascript,${encodeURIComponent(
      `const seams = new Map(${JSON.stringify(SEAMS)})
      export function resolve(specifier, context, next) {
        const url = seams.get(specifier)
        return url ? { url, shortCircuit: true } : next(specifier, context)
      }`,
    )}`,
  )
