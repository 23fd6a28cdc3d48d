/** What compiles in a CommonJS module, whose require() Node answers with an ES module. */
import saslkit = require('saslkit')
import credentials = require('saslkit/credentials')
import smtp = require('saslkit/profiles/smtp')

const client: saslkit.SaslClient = saslkit.saslClient({ authcid: 'tim', password: 'secret' })
const exchange: saslkit.ClientExchange = client.select(['PLAIN'], { secure: true })
const limits: credentials.CredentialLimits = credentials.CREDENTIAL_LIMITS
// @ts-expect-error: it is called authcid
saslkit.saslClient({ username: 'tim' })
export = { exchange, limits, service: smtp.service }
