/** What no parser of SCRAM keys takes. */
import { type Refusals, testRefusals } from './refusal-tests.js'

const KEY = 'qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo='
const SALT = 'c2FsdHNhbHRzYWx0c2FsdA=='
const HEX = 'ab'.repeat(32)
const DIGEST = 'qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo'

const TABLES: Refusals = {
  'RFC 5803 and PostgreSQL': [
    ['no iterations', `SCRAM-SHA-256$:${SALT}$${KEY}:${KEY}`],
    ['zero iterations', `SCRAM-SHA-256$0:${SALT}$${KEY}:${KEY}`],
    ['a leading zero', `SCRAM-SHA-256$04096:${SALT}$${KEY}:${KEY}`],
    ['iterations with an exponent', `SCRAM-SHA-256$1e4:${SALT}$${KEY}:${KEY}`],
    ['negative iterations', `SCRAM-SHA-256$-4096:${SALT}$${KEY}:${KEY}`],
    ['too many iterations', `SCRAM-SHA-256$10000001:${SALT}$${KEY}:${KEY}`, 'limit'],
    ['iterations beyond all numbers', `SCRAM-SHA-256$99999999999999999999:${SALT}$${KEY}:${KEY}`, 'limit'],
    ['no salt', `SCRAM-SHA-256$4096:$${KEY}:${KEY}`],
    ['a salt that is not base64', `SCRAM-SHA-256$4096:AAA$${KEY}:${KEY}`],
    ['a salt of base64 with bits left over', `SCRAM-SHA-256$4096:AB==$${KEY}:${KEY}`],
    ['no stored key', `SCRAM-SHA-256$4096:${SALT}$:${KEY}`],
    ['no server key', `SCRAM-SHA-256$4096:${SALT}$${KEY}`],
    ['an empty server key', `SCRAM-SHA-256$4096:${SALT}$${KEY}:`],
    ['a key of 31 octets', `SCRAM-SHA-256$4096:${SALT}$${KEY}:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqg==`],
    ['keys of the wrong hash', `SCRAM-SHA-1$4096:${SALT}$${KEY}:${KEY}`],
    ['an unknown hash', `SCRAM-MD5$4096:${SALT}$${KEY}:${KEY}`, 'unsupported'],
    ['a -PLUS name', `SCRAM-SHA-256-PLUS$4096:${SALT}$${KEY}:${KEY}`, 'unsupported'],
    ['a prototype name', `SCRAM-constructor$4096:${SALT}$${KEY}:${KEY}`],
    ['a field more', `SCRAM-SHA-256$4096:${SALT}$${KEY}:${KEY}:${KEY}`],
    ['something before it that begins as it does', `SCRAM-!SCRAM-SHA-256$4096:${SALT}$${KEY}:${KEY}`],
    ['a line feed behind', `SCRAM-SHA-256$4096:${SALT}$${KEY}:${KEY}\n`],
    ['a MySQL-like md5 role password', 'md5a8f6830bce790a8a67fc2e84e12093ba', 'unknown', 'postgresql'],
  ],
  'Dovecot and GNU SASL': [
    ['three fields', `{SCRAM-SHA-256}4096,${SALT},${KEY}`],
    ['six fields', `{SCRAM-SHA-256}4096,${SALT},${KEY},${KEY},${HEX},`],
    ['a short salted password', `{SCRAM-SHA-256}4096,${SALT},${KEY},${KEY},abcd`],
    [
      'a salted password that is not hexadecimal',
      `{SCRAM-SHA-256}4096,${SALT},${KEY},${KEY},${'zz'.repeat(32)}`,
    ],
    ['zero iterations', `{SCRAM-SHA-256}0,${SALT},${KEY},${KEY}`],
    ['iterations with a sign', `{SCRAM-SHA-256}+4096,${SALT},${KEY},${KEY}`],
    ['no salt', `{SCRAM-SHA-256}4096,,${KEY},${KEY}`],
    ['nothing', '{SCRAM-SHA-256}'],
    ['an unknown encoding', `{SHA256.ROT13}${KEY}`, 'unsupported'],
    ['hexadecimal that is none', `{SHA256.HEX}${'zz'.repeat(32)}`],
    ['hexadecimal of odd length', `{SHA256.HEX}${HEX}a`],
    ['a scheme of text in hexadecimal that is none', '{CRYPT.HEX}zz'],
    ['a scheme of text in base64 that is none', '{CRYPT.B64}!'],
    ['text that is not UTF-8 once decoded', '{PLAIN.HEX}ff'],
  ],
  Kafka: [
    ['a field missing', `salt=${SALT},stored_key=${KEY},server_key=${KEY}`],
    ['no stored key', `salt=${SALT},server_key=${KEY},iterations=4096`],
    ['a stored key that is not base64', `salt=${SALT},stored_key=!,server_key=${KEY},iterations=4096`],
    ['no server key', `salt=${SALT},stored_key=${KEY},iterations=4096`],
    ['no salt', `stored_key=${KEY},server_key=${KEY},iterations=4096`],
    ['a field twice', `salt=${SALT},salt=${SALT},stored_key=${KEY},server_key=${KEY},iterations=4096`],
    ['an unknown field', `salt=${SALT},stored_key=${KEY},server_key=${KEY},iterations=4096,x=1`],
    ['an empty field', `salt=${SALT},stored_key=${KEY},,server_key=${KEY},iterations=4096`],
    [
      'keys of different hashes',
      `salt=${SALT},stored_key=${KEY},server_key=${'A'.repeat(86)}==,iterations=4096`,
    ],
    [
      'keys of SHA-1',
      `salt=${SALT},stored_key=AAAAAAAAAAAAAAAAAAAAAAAAAAA=,server_key=AAAAAAAAAAAAAAAAAAAAAAAAAAA=,iterations=4096`,
    ],
    ['too many iterations', `salt=${SALT},stored_key=${KEY},server_key=${KEY},iterations=999999999`, 'limit'],
  ],
  MongoDB: [
    ['not JSON', '{"SCRAM-SHA-256":'],
    ['no keys', '{"SCRAM-SHA-256":{}}'],
    ['keys that are no document', '{"SCRAM-SHA-256":"sentinel"}'],
    ['keys that are null', '{"SCRAM-SHA-256":null}'],
    ['keys in a list', '{"SCRAM-SHA-256":[]}'],
    ['a stored key that is no text', mongodb({ storedKey: true })],
    ['an iteration count of null', mongodb({ iterationCount: null })],
    ['an iteration count of another kind', mongodb({ iterationCount: { $numberDouble: '4096' } })],
    ['an iteration count in a list', mongodb({ iterationCount: ['4096'] })],
    ['no SCRAM', '{"user":"sentinel","credentials":{"MONGODB-CR":"sentinel"}}'],
    ['an iteration count with a fraction', mongodb({ iterationCount: 4096.5 })],
    ['an iteration count of text', mongodb({ iterationCount: '4096' })],
    ['too high an iteration count', mongodb({ iterationCount: 10_000_001 }), 'limit'],
    ['a salt of numbers', mongodb({ salt: [1, 2, 3] })],
    ['no stored key', mongodb({ storedKey: undefined })],
  ],
  ejabberd: [
    ['a field missing', '{scram,<<"AAAA">>,<<"AAAA">>,4096}'],
    ['an unknown hash', `{scram,<<"${KEY}">>,<<"${KEY}">>,<<"${SALT}">>,md5,4096}`],
    ['keys of the wrong hash', `{scram,<<"${KEY}">>,<<"${KEY}">>,<<"${SALT}">>,sha,4096}`],
    ['a binary that is not closed', `{scram,<<"${KEY}>>,<<"${KEY}">>,<<"${SALT}">>,sha256,4096}`],
    ['zero iterations', `{scram,<<"${KEY}">>,<<"${KEY}">>,<<"${SALT}">>,sha256,0}`],
    [
      'a row of a plain password',
      '{"type":1,"password":"sentinel","serverkey":"","salt":"","iterationcount":0}',
      'unsupported',
    ],
    [
      'a row without salt',
      `{"type":3,"password":"${KEY}","serverkey":"${KEY}","salt":"","iterationcount":4096}`,
    ],
    ['a row that is not JSON', `{"iterationcount":4096,`],
    ['a row without server key', row({ serverkey: undefined })],
    ['a row without stored key', row({ password: undefined })],
    ['a row with a key that is no text', row({ password: 7 })],
    ['a row with a line feed behind the key', row({ password: `${KEY}\n` })],
    ['a row with a line feed before the key', row({ password: `\n${KEY}` })],
    ['a row of a type that there is not', row({ type: 5 }), 'unsupported'],
  ],
  Prosody: [
    ['no fields', 'return {};'],
    ['a plain password', 'return { ["password"] = "sentinel"; };'],
    ['code', 'return { ["salt"] = os.getenv("HOME"); };'],
    ['two tables', 'return {} return {}'],
    ['a field twice', prosody('salt"; ["salt"] = "b')],
    ['an escape beyond octets', prosody('\\999')],
    ['a short key', prosody('salt', 'abcd')],
    ['a key that is not hexadecimal', prosody('salt', 'zz'.repeat(32))],
    ['no salt', prosody('')],
    ['iterations of text', prosody('salt', HEX, '"4096"')],
    ['iterations of text of one digit', prosody('salt', HEX, '"4"')],
    ['a salt that is a number', prosody('salt').replace('"salt";', '7;')],
    ['a key that is a number', prosody('salt').replace(`"${HEX}"`, '7')],
    ['no server key', prosody('salt').replace('server_key', 'x')],
    ['no stored key', prosody('salt').replace('stored_key', 'x')],
    ['no iterations', prosody('salt').replace('iteration_count', 'x')],
    ['too many iterations', prosody('salt', HEX, '10000001'), 'limit'],
    ['JSON without keys', '{"iteration_count":4096,"salt":"x"}'],
    ['JSON without server key', prosodyJson({ server_key: undefined })],
    ['JSON without stored key', prosodyJson({ stored_key: undefined })],
    ['JSON without salt', prosodyJson({ salt: undefined })],
    ['JSON with a salt that is a number', prosodyJson({ salt: 7 })],
    ['JSON with a salt that has no octets', prosodyJson({ salt: '\ud800' })],
    ['JSON that ends early', '{"iteration_count":4096,'],
  ],
  'passlib scram': [
    ['no digests', '$scram$4096$c2FsdA$'],
    ['a field missing', '$scram$4096$c2FsdA'],
    ['a field more', '$scram$4096$c2FsdA$sha-1=AAAA$'],
    ['a short digest', '$scram$4096$c2FsdA$sha-256=AAAA'],
    ['a digest twice', `$scram$4096$c2FsdA$sha-256=${DIGEST},sha-256=${DIGEST}`],
    ['no hash that we know', '$scram$4096$c2FsdA$md5=AAAA', 'unsupported'],
    ['zero iterations', `$scram$0$c2FsdA$sha-256=${DIGEST}`],
    ['padded base64', `$scram$4096$c2FsdA==$sha-256=${DIGEST}`],
  ],
}

function mongodb(change: Readonly<Record<string, unknown>>): string {
  const keys = { iterationCount: 4096, salt: SALT, storedKey: KEY, serverKey: KEY, ...change }
  return JSON.stringify({ 'SCRAM-SHA-256': keys })
}

function row(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    type: 3,
    password: KEY,
    serverkey: KEY,
    salt: SALT,
    iterationcount: 4096,
    ...change,
  })
}

function prosodyJson(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    iteration_count: 4096,
    salt: 'salt',
    server_key: HEX,
    stored_key: HEX,
    ...change,
  })
}

function prosody(salt: string, key = HEX, iterations = '4096'): string {
  return `return { ["iteration_count"] = ${iterations}; ["salt"] = "${salt}"; ["server_key"] = "${key}"; ["stored_key"] = "${key}"; };`
}

testRefusals(TABLES)
