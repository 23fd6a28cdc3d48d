import type { CredentialFormat, StoredCredential } from '../../src/credentials/index.js'

/** One credential of each password hash at about its smallest cost. */
export interface CheapCredential {
  /** Of "pencil". */
  readonly text: string
  readonly scheme: string
  readonly format: CredentialFormat
  readonly strength: StoredCredential['strength']
  readonly parameters: StoredCredential['parameters']
  readonly significantOctets?: number
  /** Who made it. */
  readonly source: string
  /** How its texts begin: put before one again, it makes none. */
  readonly marker?: string
  readonly hint?: CredentialFormat
}

const HASHLIB = "Python's hashlib"
const LIBXCRYPT = 'libxcrypt 4.4.33'

export const CHEAP_CREDENTIALS: readonly CheapCredential[] = [
  {
    text: '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$jeHutNAspXQ+Qpnj83+s4w',
    scheme: 'argon2id',
    format: 'phc',
    strength: 'weak',
    parameters: { version: 19, memory: 8, passes: 1, lanes: 1, saltLength: 8, size: 16 },
    source: '@node-rs/argon2',
    marker: '$argon2id',
  },
  {
    text: '$argon2i$v=16$m=16,t=2,p=2$c2FsdHNhbHQ$fXsHEjG2KT2skssQLRL9kw',
    scheme: 'argon2i',
    format: 'phc',
    strength: 'weak',
    parameters: { version: 16, memory: 16, passes: 2, lanes: 2, saltLength: 8, size: 16 },
    source: '@node-rs/argon2',
  },
  {
    text: '$argon2d$m=8,t=1,p=1$c2FsdHNhbHQ$ML00NLtzihUhG7DY29HCmA',
    scheme: 'argon2d',
    format: 'phc',
    strength: 'weak',
    parameters: { version: 16, memory: 8, passes: 1, lanes: 1, saltLength: 8, size: 16 },
    source: '@node-rs/argon2, from before versions were written',
  },
  {
    text: '$scrypt$ln=1,r=1,p=1$/ty6mHZUMhABI0VniavN7w$FqZL8FVR8zyetdkI7aSguA',
    scheme: 'scrypt',
    format: 'phc',
    strength: 'weak',
    parameters: { N: 2, r: 1, p: 1, saltLength: 16, size: 16 },
    source: HASHLIB,
    marker: '$scrypt$',
  },
  {
    text: '$7$B6..../....abcd$R/6EzAMwMvUryDQ0AFMq.WqpNFxTyFYgu67de8kMht6',
    scheme: 'scrypt',
    format: 'crypt',
    strength: 'strong',
    parameters: { N: 8192, r: 8, p: 1, saltLength: 4, size: 32 },
    source: LIBXCRYPT,
    marker: '$7$',
  },
  {
    text: '$7$0/....//...x$HY8nhlWcQrQBvjm7AiuBoIL8.zAIs7hEVzRVmHw3UsD',
    scheme: 'scrypt',
    format: 'crypt',
    strength: 'weak',
    parameters: { N: 4, r: 1, p: 65, saltLength: 1, size: 32 },
    source: LIBXCRYPT,
  },
  {
    text: '$y$j/.$abcd$.S5833vO6OCJK8e0WX2waGWvSs.3ynJqU3N2qQwBUS3',
    scheme: 'yescrypt',
    format: 'crypt',
    strength: 'weak',
    parameters: { N: 4, r: 1, p: 1, t: 0, saltLength: 3 },
    source: LIBXCRYPT,
    marker: '$y$',
  },
  {
    text: '$2y$05$9rw4kFXSKf./GyTlgYtL5uGyuDFGTc7F6tr6ixX2RJS4PcG3FcBCO',
    scheme: 'bcrypt',
    format: 'crypt',
    strength: 'weak',
    parameters: { cost: 5, variant: '2y' },
    significantOctets: 72,
    source: LIBXCRYPT,
    marker: '$2b$',
  },
  {
    text: '$pbkdf2-sha256$1$/ty6mHZUMhABI0VniavN7w$LsHrNQG4AhKXL4SBbtZuUw',
    scheme: 'pbkdf2-sha256',
    format: 'passlib',
    strength: 'weak',
    parameters: { iterations: 1, saltLength: 16, size: 16 },
    source: HASHLIB,
    marker: '$pbkdf2-',
  },
  {
    text: '$pbkdf2$1$/ty6mHZUMhABI0VniavN7w$9uq.sSq7CrmFYANgsCfZIiFd.ws',
    scheme: 'pbkdf2-sha1',
    format: 'passlib',
    strength: 'weak',
    parameters: { iterations: 1, saltLength: 16, size: 20 },
    source: HASHLIB,
    marker: '$pbkdf2$',
  },
  {
    text: '$pbkdf2-sha256$i=1,l=32$/ty6mHZUMhABI0VniavN7w$LsHrNQG4AhKXL4SBbtZuUwGKAz626UUPcmYiERffyDU',
    scheme: 'pbkdf2-sha256',
    format: 'phc',
    strength: 'weak',
    parameters: { iterations: 1, saltLength: 16, size: 32 },
    source: HASHLIB,
  },
  {
    text: 'pbkdf2_sha256$1000$saltsalt$wVNdDJbDXytD3Ypu4dvQtX0COri6cW8h0XT6q2RUj3E=',
    scheme: 'pbkdf2-sha256',
    format: 'django',
    strength: 'weak',
    parameters: { iterations: 1000, saltLength: 8, size: 32 },
    source: HASHLIB,
    marker: 'pbkdf2_sha256$',
  },
  {
    text: '{PBKDF2-SHA256}1$/ty6mHZUMhABI0VniavN7w$LsHrNQG4AhKXL4SBbtZuUwGKAz626UUPcmYiERffyDU',
    scheme: 'pbkdf2-sha256',
    format: 'ldap',
    strength: 'weak',
    parameters: { iterations: 1, saltLength: 16, size: 32 },
    source: HASHLIB,
  },
  {
    text: '{PBKDF2}$1$saltsalt$1000$2aa93c8ed534a201d5c512ea56d0c53c962415e3',
    scheme: 'pbkdf2-sha1',
    format: 'dovecot',
    strength: 'weak',
    parameters: { iterations: 1000, saltLength: 8, size: 20 },
    source: HASHLIB,
    marker: '{PBKDF2}$1$x',
  },
  {
    text: '$5$abcd$9l1oyrF8ddNwS6wY4aa2NmuKcp0w4bWKw/e5o4j.hYD',
    scheme: 'sha256-crypt',
    format: 'crypt',
    strength: 'weak',
    parameters: { rounds: 5000, saltLength: 4 },
    source: LIBXCRYPT,
    marker: '$5$',
  },
  {
    text: '$6$rounds=1000$$j5MDTZvdZbeISLPurO19ugBqNiCbndm/LFsxwLl4uboyhwoKhReS4qECYxJQrrboUGx49mNwU9v.F7vUQfeew.',
    scheme: 'sha512-crypt',
    format: 'crypt',
    strength: 'weak',
    parameters: { rounds: 1000, saltLength: 0 },
    source: LIBXCRYPT,
    marker: '$6$',
  },
  {
    text: '$1$abcdefgh$Gqo0dW5ZZwRMuhky6A93q0',
    scheme: 'md5-crypt',
    format: 'crypt',
    strength: 'weak',
    parameters: { rounds: 1000, saltLength: 8 },
    source: LIBXCRYPT,
    marker: '$1$',
  },
  {
    text: '$apr1$abcdefgh$/LxyoszM/7Pi8/tGVFhVN1',
    scheme: 'apr1',
    format: 'htpasswd',
    strength: 'weak',
    parameters: { rounds: 1000, saltLength: 8 },
    source: 'OpenSSL 3.0',
    marker: '$apr1$',
  },
  {
    text: '$P$5abcdefgh1LQyCgnxlqEu0aM24RZYM1',
    scheme: 'phpass',
    format: 'wordpress',
    strength: 'weak',
    parameters: { rounds: 128, saltLength: 8 },
    source: HASHLIB,
    marker: '$P$',
  },
  {
    text: 'abJ32bJMdTsnY',
    scheme: 'des-crypt',
    format: 'crypt',
    strength: 'broken',
    parameters: {},
    significantOctets: 8,
    source: LIBXCRYPT,
  },
  {
    text: 'abeyXMCHN46fUBxrdl8yx1sg',
    scheme: 'bigcrypt',
    format: 'crypt',
    strength: 'broken',
    parameters: {},
    significantOctets: 128,
    source: `${LIBXCRYPT}, of "pencilpencil"`,
    hint: 'crypt',
  },
  {
    text: '{SSHA}dFWAdLXeDBTj01WbdotiS4s3zKlzYWx0',
    scheme: 'ssha',
    format: 'ldap',
    strength: 'broken',
    parameters: { saltLength: 4 },
    source: HASHLIB,
  },
  {
    text: '{SHA}0vxRJJChUDZGC1SJQBQ51tpUB/o=',
    scheme: 'sha',
    format: 'ldap',
    strength: 'broken',
    parameters: { saltLength: 0 },
    source: HASHLIB,
  },
]
