/** What no parser takes. Each is named by its scheme and by what is wrong, and never by its content. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type CredentialFormat,
  parseStoredCredential,
  StoredCredentialError,
  type StoredCredentialProblem,
} from '../../src/credentials/index.js'

type Refusal = readonly [
  why: string,
  text: string,
  problem?: StoredCredentialProblem,
  hint?: CredentialFormat,
]

const KEY = 'qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo='
const SALT = 'c2FsdHNhbHRzYWx0c2FsdA=='
const HEX = 'ab'.repeat(32)
const DIGITS = (count: number) => 'x'.repeat(count)
const ARGON2 = 'c2FsdHNhbHRzYWx0c2FsdA$qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo'

const TABLES: Readonly<Record<string, readonly Refusal[]>> = {
  'no scheme': [
    ['nothing', '', 'unknown'],
    ['a lone surrogate, which no encoder takes', `$6$\ud800$${DIGITS(86)}`, 'malformed'],
    ['a lone surrogate in a table', 'return {\n\t["stored_key"] = "\ud800";\n};\n', 'malformed'],
    ['a space', ' ', 'unknown'],
    ['a word that could be a cleartext password', 'sentinel', 'unknown'],
    ['a locked account', '!', 'unknown'],
    ['a disabled account', '*', 'unknown'],
    ['a locked hash', `!$6$salt$${DIGITS(86)}`, 'unknown'],
    ['"x", which points to another file', 'x', 'unknown'],
    ['an unknown marker', '$sentinel$salt$hash', 'unknown'],
    ['an unknown name in braces', '{SENTINEL}hash', 'unknown'],
    ['a prototype name in braces', '{constructor}hash', 'unknown'],
    ['__proto__ in braces', '{__proto__}hash', 'unknown'],
    ['an open brace', '{SSHA', 'unknown'],
    ['a leading space', ` $6$salt$${DIGITS(86)}`, 'unknown'],
    ['SunMD5', '$md5,rounds=904$salt$$hash', 'unknown'],
    ['NT hash', '$3$$0f0800266a19a0ddc7ff30bba6c76e9b', 'unknown'],
    ['bare hexadecimal, which could be anything', HEX, 'unknown'],
    ['a hint of which there is no such text', 'x', 'unknown', 'kafka'],
  ],
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
    ['text that is not UTF-8 once decoded', '{PLAIN.HEX}ff'],
  ],
  Kafka: [
    ['a field missing', `salt=${SALT},stored_key=${KEY},server_key=${KEY}`],
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
    ['too many iterations', prosody('salt', HEX, '10000001'), 'limit'],
    ['JSON without keys', '{"iteration_count":4096,"salt":"x"}'],
    ['JSON that ends early', '{"iteration_count":4096,'],
  ],
  'passlib scram': [
    ['no digests', '$scram$4096$c2FsdA$'],
    ['a field missing', '$scram$4096$c2FsdA'],
    ['a field more', '$scram$4096$c2FsdA$sha-1=AAAA$'],
    ['a short digest', '$scram$4096$c2FsdA$sha-256=AAAA'],
    ['a digest twice', `$scram$4096$c2FsdA$sha-256=${ARGON2.slice(-43)},sha-256=${ARGON2.slice(-43)}`],
    ['no hash that we know', '$scram$4096$c2FsdA$md5=AAAA', 'unsupported'],
    ['zero iterations', `$scram$0$c2FsdA$sha-256=${ARGON2.slice(-43)}`],
    ['padded base64', `$scram$4096$c2FsdA==$sha-256=${ARGON2.slice(-43)}`],
  ],
  Argon2: [
    ['an unknown kind', `$argon2x$v=19$m=64,t=2,p=1$${ARGON2}`],
    ['an unknown version', `$argon2id$v=20$m=64,t=2,p=1$${ARGON2}`, 'unsupported'],
    ['4 GiB', `$argon2id$v=19$m=4194304,t=1,p=1$${ARGON2}`, 'limit'],
    ['passes without end', `$argon2id$v=19$m=64,t=4294967295,p=1$${ARGON2}`, 'limit'],
    ['no lanes', `$argon2id$v=19$m=64,t=2,p=0$${ARGON2}`],
    ['lanes without end', `$argon2id$v=19$m=1048576,t=1,p=256$${ARGON2}`, 'limit'],
    ['less memory than lanes need', `$argon2id$v=19$m=7,t=2,p=1$${ARGON2}`],
    ['no passes', `$argon2id$v=19$m=64,t=0,p=1$${ARGON2}`],
    ['parameters in another order', `$argon2id$v=19$t=2,m=64,p=1$${ARGON2}`],
    ['a key identifier', `$argon2id$v=19$m=64,t=2,p=1,keyid=AAAA$${ARGON2}`, 'unsupported'],
    ['a salt of 7 octets', `$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbA$${ARGON2.slice(-43)}`],
    ['a hash of 12 octets', '$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAA'],
    ['no hash', '$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbHQ'],
    ['padded base64', `$argon2id$v=19$m=64,t=2,p=1$${ARGON2}=`],
    ['another kind than its name in braces says', `{ARGON2I}$argon2id$v=19$m=64,t=2,p=1$${ARGON2}`],
  ],
  scrypt: [
    ['N of 1', `$scrypt$ln=0,r=8,p=1$${ARGON2}`],
    ['N beyond the limit', `$scrypt$ln=31,r=8,p=1$${ARGON2}`, 'limit'],
    ['r beyond the limit', `$scrypt$ln=14,r=1000000,p=1$${ARGON2}`, 'limit'],
    ['p beyond the limit', `$scrypt$ln=14,r=8,p=1000000$${ARGON2}`, 'limit'],
    ['no salt', '$scrypt$ln=4,r=8,p=1$$AAAAAAAAAAAAAAAAAAAAAA'],
    ['parameters missing', `$scrypt$ln=4,r=8$${ARGON2}`],
    ['$7$ that ends early', '$7$C6..../....salt'],
    ['$7$ with N beyond the limit', `$7$zU..../....salt$${DIGITS(43)}`, 'limit'],
  ],
  PBKDF2: [
    ['zero iterations', `$pbkdf2-sha256$0$${ARGON2}`],
    ['too many iterations', `$pbkdf2-sha256$10000001$${ARGON2}`, 'limit'],
    ['an unknown hash', `$pbkdf2-md4$1000$${ARGON2}`, 'unsupported'],
    ['a prototype name', `$pbkdf2-constructor$1000$${ARGON2}`, 'unsupported'],
    ['no key', '$pbkdf2-sha256$1000$c2FsdA$'],
    ['a key of 12 octets', '$pbkdf2-sha256$1000$c2FsdA$AAAAAAAAAAAAAAAA'],
    ['a key longer than the digest', `$pbkdf2$1000$${ARGON2}`, 'unsupported'],
    ["a length that is not the key's", `$pbkdf2-sha256$i=1000,l=16$${ARGON2}`],
    ['Django with an unknown hash', `pbkdf2_sha512$1000$salt$${KEY}`, 'unknown'],
    ['Django without salt', `pbkdf2_sha256$1000$$${KEY}`],
    ['Django with too many iterations', `pbkdf2_sha256$10000001$salt$${KEY}`, 'limit'],
    ['OpenLDAP with two fields', '{PBKDF2-SHA256}1000$c2FsdA'],
    ['OpenLDAP with four fields', `{PBKDF2-SHA256}1000$${ARGON2}$`],
    ['OpenLDAP with too many iterations', `{PBKDF2-SHA256}10000001$${ARGON2}`, 'limit'],
    ['Dovecot with a short key', '{PBKDF2}$1$salt$5000$abcd'],
    ['Dovecot without salt', `{PBKDF2}$1$$5000$${'ab'.repeat(20)}`],
    ['Dovecot with too many iterations', `{PBKDF2}$1$salt$10000001$${'ab'.repeat(20)}`, 'limit'],
  ],
  bcrypt: [
    ['cost 31', `$2b$31$${DIGITS(53)}`, 'limit'],
    ['cost 3', `$2b$03$${DIGITS(53)}`],
    ['cost 0', `$2b$00$${DIGITS(53)}`],
    ['a cost of one digit', `$2b$5$${DIGITS(53)}`],
    ['a digit too few', `$2b$10$${DIGITS(52)}`],
    ['a digit too many', `$2b$10$${DIGITS(54)}`],
    ['a digit that is none', `$2b$10$${DIGITS(52)}!`],
    ['the variant with the sign bug', `$2x$10$${DIGITS(53)}`, 'unsupported'],
    ['the first variant', `$2$10$${DIGITS(53)}`, 'unsupported'],
    ['Dovecot, cost 31', `{BLF-CRYPT}$2y$31$${DIGITS(53)}`, 'limit'],
    ['Dovecot, another scheme', `{BLF-CRYPT}$6$salt$${DIGITS(86)}`, 'unsupported'],
  ],
  'crypt(3)': [
    ['MD5 with a digit too few', `$1$salt$${DIGITS(21)}`],
    ['MD5 with a salt of 9', `$1$saltsalts$${DIGITS(22)}`],
    ['MD5 without salt', `$1$$${DIGITS(22)}`],
    ['apr1 with a digit that is none', `$apr1$salt$${DIGITS(21)}!`],
    ['SHA-256 with a digit too few', `$5$salt$${DIGITS(42)}`],
    ['SHA-512 with a salt of 17', `$6$saltsaltsaltsalts$${DIGITS(86)}`],
    ['SHA-512 with rounds=999999999', `$6$rounds=999999999$salt$${DIGITS(86)}`, 'limit'],
    ['SHA-512 with rounds=999', `$6$rounds=999$salt$${DIGITS(86)}`],
    ['SHA-512 with rounds that are no number', `$6$rounds=x$salt$${DIGITS(86)}`],
    ['SHA-512 with no field at all', '$6$'],
    ['phpass with 2^30 rounds', `$P$S${DIGITS(30)}`, 'limit'],
    ['phpass with 2 rounds', `$P$/${DIGITS(30)}`],
    ['phpass with a digit too few', `$P$9${DIGITS(29)}`],
    ['yescrypt with other flags', `$y$/9T$salt$${DIGITS(43)}`, 'unsupported'],
    ['yescrypt with 256 GiB', `$y$jPT$salt$${DIGITS(43)}`, 'limit'],
    ['yescrypt with passes without end', `$y$j75/zzz$salt$${DIGITS(43)}`],
    ['yescrypt with parameters that end early', `$y$j7k$salt$${DIGITS(43)}`],
    ['yescrypt with parameters that go on', `$y$j75.../$salt$${DIGITS(43)}`],
    ['yescrypt with a hash upgrade', `$y$j751.$salt$${DIGITS(43)}`, 'unsupported'],
    ['yescrypt with a salt that is not encoded', `$y$j75$zz$${DIGITS(43)}`],
    ['yescrypt with more lanes than blocks', `$y$j/5..$salt$${DIGITS(43)}`],
    ['DES in braces with 12 digits', `{DES-CRYPT}${DIGITS(12)}`, 'unsupported'],
    ['SunMD5 in braces', '{CRYPT}$md5$sentinel', 'unsupported'],
    ['nothing in braces', '{CRYPT}', 'unsupported'],
  ],
  digests: [
    ['SHA of 19 octets', '{SHA}AAAAAAAAAAAAAAAAAAAAAAAAAA=='],
    ['SHA that is not base64', '{SHA}!'],
    ['SHA of nothing', '{SHA}'],
    ['SSHA without salt', '{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ['SSHA of nothing', '{SSHA}'],
    ['SSHA256 shorter than its digest', '{SSHA256}AAAA'],
    ['PLAIN-MD5 of 31 digits', `{PLAIN-MD5}${'a'.repeat(31)}`],
    ['PLAIN-MD4 of 34 digits', `{PLAIN-MD4}${'a'.repeat(34)}`],
  ],
  'secrets of challenge mechanisms': [
    ['CRAM-MD5 of 31 octets', `{CRAM-MD5}${'ab'.repeat(31)}`],
    ['CRAM-MD5 of nothing', '{CRAM-MD5}'],
    ['a bare state of 16 octets', 'ab'.repeat(16), 'malformed', 'cram-md5'],
    ['DIGEST-MD5 of 15 octets', `{DIGEST-MD5}${'ab'.repeat(15)}`],
    ['a bare HA1 of 32 octets', HEX, 'malformed', 'digest-md5'],
    ['OTP with three fields', '{OTP}sha1 1024 seed'],
    ['OTP with an unknown hash', '{OTP}sha256 1024 seed 66f066f066f066f0'],
  ],
  cleartext: [
    ['an empty one', '', 'malformed', 'cleartext'],
    ['an empty {PLAIN}', '{PLAIN}'],
    ['an empty {CLEARTEXT}', '{CLEARTEXT}'],
    ['a lone surrogate', '\ud800', 'malformed', 'cleartext'],
    ['PLAIN-TRUNC without length', '{PLAIN-TRUNC}sentinel'],
    ['PLAIN-TRUNC of nothing', '{PLAIN-TRUNC}0-'],
    ['an LDAP value with an unknown scheme', '{sentinel}x', 'unknown', 'ldap'],
    ['a Dovecot scheme in an LDAP directory', '{PLAIN}sentinel', 'unsupported', 'ldap'],
  ],
}

function mongodb(change: Readonly<Record<string, unknown>>): string {
  const keys = { iterationCount: 4096, salt: SALT, storedKey: KEY, serverKey: KEY, ...change }
  return JSON.stringify({ 'SCRAM-SHA-256': keys })
}

function prosody(salt: string, key = HEX, iterations = '4096'): string {
  return `return { ["iteration_count"] = ${iterations}; ["salt"] = "${salt}"; ["server_key"] = "${key}"; ["stored_key"] = "${key}"; };`
}

for (const [name, refusals] of Object.entries(TABLES))
  describe(`${name} refuses`, () => {
    for (const [why, text, problem = 'malformed', hint] of refusals)
      test(why, () => {
        assert.throws(
          () => parseStoredCredential(text, { hint }),
          (error) => {
            assert.ok(error instanceof StoredCredentialError, String(error))
            assert.equal(error.problem, problem, error.message)
            assert.doesNotMatch(error.message, /sentinel/i)
            for (const part of text.split(/[$:,]/).filter(({ length }) => length > 16))
              assert.ok(!error.message.includes(part))
            return true
          },
        )
      })
  })

test("what is no text is the caller's mistake", () => {
  // @ts-expect-error a store in JavaScript may hand over anything
  assert.throws(() => parseStoredCredential(undefined), TypeError)
})
