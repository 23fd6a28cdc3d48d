/** Logs in by SCRAM-SHA-256 and by PLAIN, both halves, and fails to with a wrong password. */
export const LOG_IN = `
async function logIn() {
  const tim = { authcid: 'tim', password: 'tanstaaftanstaaf' }
  const directory = await memoryDirectory([tim], { iterations: 4096 })
  const server = saslServer({ directory, decoySecret: new Uint8Array(16) })
  const connection = { secure: true }
  for (const credentials of [tim, { ...tim, password: 'wrong' }])
    for (const name of ['SCRAM-SHA-256', 'PLAIN']) {
      const serverHalf = server.begin(name, connection)
      const clientHalf = saslClient(credentials).select([name], connection)
      let reply = await serverHalf.step(await clientHalf.start())
      while (reply.kind === 'challenge')
        reply = await serverHalf.step(await clientHalf.challenge(reply.challenge))
      if (reply.kind === 'success') await clientHalf.success(reply.additionalData)
      console.log(name, reply.kind === 'success' ? reply.identity.authcid : reply.reason)
    }
}
`

/** What that prints. */
export const LOGGED_IN = `SCRAM-SHA-256 tim
PLAIN tim
SCRAM-SHA-256 invalid-credentials
PLAIN invalid-credentials
`

const NAMES = '{ memoryDirectory, saslClient, saslServer }'

/** The beginning of an ES module that needs all of `entrances`, as far as a bundler can see. */
const importing = (entrances: readonly string[]): string =>
  [
    `import ${NAMES} from 'saslkit'`,
    ...entrances.map((name, at) => `import * as entrance${at} from '${name}'`),
    `globalThis.entrances = [${entrances.map((_, at) => `entrance${at}`)}]`,
    LOG_IN,
  ].join('\n')

export const esModule = (entrances: readonly string[]): string => `${importing(entrances)}\nawait logIn()`

export const commonJs = (entrances: readonly string[]): string =>
  [
    `const ${NAMES} = require('saslkit')`,
    `globalThis.entrances = [${entrances.map((name) => `require('${name}')`)}]`,
    LOG_IN,
    'logIn()',
  ].join('\n')

/** A module of Workers whose test logs in: nothing may be done before it is asked to. */
export const workerModule = (entrances: readonly string[]): string =>
  `${importing(entrances)}\nexport default { async test() { await logIn() } }`
