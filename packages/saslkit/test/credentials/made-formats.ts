import type { CredentialFormat, MakeScheme } from '../../src/credentials/index.js'

/** Each scheme that can be made, the formats that have it, and how a text of each begins. The first is the default. */
export const MADE_FORMATS: Readonly<Record<MakeScheme, Readonly<Partial<Record<CredentialFormat, string>>>>> =
  {
    'SCRAM-SHA-1': {
      rfc5803: 'SCRAM-SHA-1$4096:',
      dovecot: '{SCRAM-SHA-1}4096,',
      gsasl: '{SCRAM-SHA-1}4096,',
      mongodb: '{"SCRAM-SHA-1":{"iterationCount":4096,',
      ejabberd: '{scram,<<"',
      prosody: 'return {\n\t["iteration_count"] = 4096;',
      passlib: '$scram$4096$',
    },
    'SCRAM-SHA-224': { rfc5803: 'SCRAM-SHA-224$4096:', passlib: '$scram$4096$' },
    'SCRAM-SHA-256': {
      rfc5803: 'SCRAM-SHA-256$4096:',
      postgresql: 'SCRAM-SHA-256$4096:',
      dovecot: '{SCRAM-SHA-256}4096,',
      gsasl: '{SCRAM-SHA-256}4096,',
      kafka: 'salt=',
      mongodb: '{"SCRAM-SHA-256":{"iterationCount":4096,',
      ejabberd: '{scram,<<"',
      prosody: 'return {\n\t["iteration_count"] = 4096;',
      passlib: '$scram$4096$',
    },
    'SCRAM-SHA-384': { rfc5803: 'SCRAM-SHA-384$4096:', passlib: '$scram$4096$' },
    'SCRAM-SHA-512': {
      rfc5803: 'SCRAM-SHA-512$4096:',
      kafka: 'salt=',
      ejabberd: '{scram,<<"',
      passlib: '$scram$4096$',
    },
    'SCRAM-SHA3-512': { rfc5803: 'SCRAM-SHA3-512$4096:' },
    argon2id: { phc: '$argon2id$v=19$', ldap: '{ARGON2}$argon2id$', dovecot: '{ARGON2ID}$argon2id$' },
    argon2i: { phc: '$argon2i$v=19$', ldap: '{ARGON2}$argon2i$', dovecot: '{ARGON2I}$argon2i$' },
    argon2d: { phc: '$argon2d$v=19$', ldap: '{ARGON2}$argon2d$' },
    scrypt: { phc: '$scrypt$ln=' },
    bcrypt: {
      crypt: '$2b$04$',
      ldap: '{CRYPT}$2b$04$',
      dovecot: '{BLF-CRYPT}$2y$04$',
      htpasswd: '$2y$04$',
    },
    'pbkdf2-sha1': {
      passlib: '$pbkdf2$',
      phc: '$pbkdf2-sha1$i=',
      ldap: '{PBKDF2-SHA1}',
      dovecot: '{PBKDF2}$1$',
      django: 'pbkdf2_sha1$',
    },
    'pbkdf2-sha256': {
      passlib: '$pbkdf2-sha256$',
      phc: '$pbkdf2-sha256$i=',
      ldap: '{PBKDF2-SHA256}',
      django: 'pbkdf2_sha256$',
    },
    'pbkdf2-sha512': { passlib: '$pbkdf2-sha512$', phc: '$pbkdf2-sha512$i=', ldap: '{PBKDF2-SHA512}' },
    yescrypt: { crypt: '$y$j', ldap: '{CRYPT}$y$j', dovecot: '{CRYPT}$y$j' },
    'sha512-crypt': {
      crypt: '$6$rounds=1000$',
      ldap: '{CRYPT}$6$',
      dovecot: '{SHA512-CRYPT}$6$',
      htpasswd: '$6$rounds=1000$',
    },
    'sha256-crypt': {
      crypt: '$5$rounds=1000$',
      ldap: '{CRYPT}$5$',
      dovecot: '{SHA256-CRYPT}$5$',
      htpasswd: '$5$rounds=1000$',
    },
    'md5-crypt': { crypt: '$1$', ldap: '{CRYPT}$1$', dovecot: '{MD5-CRYPT}$1$' },
    apr1: { htpasswd: '$apr1$' },
    ssha512: { ldap: '{SSHA512}', dovecot: '{SSHA512}' },
    ssha384: { ldap: '{SSHA384}' },
    ssha256: { ldap: '{SSHA256}', dovecot: '{SSHA256}' },
    ssha: { ldap: '{SSHA}', dovecot: '{SSHA}' },
    smd5: { ldap: '{SMD5}', dovecot: '{SMD5}' },
    sha512: { ldap: '{SHA512}', dovecot: '{SHA512}' },
    sha384: { ldap: '{SHA384}' },
    sha256: { ldap: '{SHA256}', dovecot: '{SHA256}' },
    // The digests of "pencil" are those of sha1sum and md5sum (coreutils), and of openssl md4.
    sha: {
      ldap: '{SHA}0vxRJJChUDZGC1SJQBQ51tpUB/o=',
      htpasswd: '{SHA}0vxRJJChUDZGC1SJQBQ51tpUB/o=',
      dovecot: '{SHA1}0vxRJJChUDZGC1SJQBQ51tpUB/o=',
    },
    md5: {
      ldap: '{MD5}qPaDC855Copn/C6E4SCTug==',
      dovecot: '{PLAIN-MD5}a8f6830bce790a8a67fc2e84e12093ba',
    },
    md4: { dovecot: '{PLAIN-MD4}88d50fcdf6d772aa14faa6241e363f2c' },
    cleartext: { dovecot: '{PLAIN}pencil', ldap: 'pencil', cleartext: 'pencil' },
    'cram-md5': { dovecot: '{CRAM-MD5}', 'cram-md5': '' },
    'digest-md5': { dovecot: '{DIGEST-MD5}', 'digest-md5': '' },
  }

export const ALL_FORMATS: readonly CredentialFormat[] = [
  ...new Set(Object.values(MADE_FORMATS).flatMap((formats) => Object.keys(formats) as CredentialFormat[])),
]
