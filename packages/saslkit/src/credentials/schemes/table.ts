import { argon2Phc } from './argon2.js'
import { bcryptCrypt } from './bcrypt.js'
import { braces } from './braces.js'
import { ha1Hex, hmacMd5StateHex } from './challenge-secrets.js'
import { cleartext, ldapCleartext } from './cleartext.js'
import {
  apr1,
  bigCryptScheme,
  desCryptScheme,
  md5CryptScheme,
  phpassScheme,
  sha256Crypt,
  sha512Crypt,
} from './crypt.js'
import { pbkdf2Django, pbkdf2Phc } from './pbkdf2.js'
import type { Scheme } from './scheme.js'
import { authPassword } from './scram/authpassword.js'
import { ejabberdRecord, ejabberdRow } from './scram/ejabberd.js'
import { kafka } from './scram/kafka.js'
import { mongodb } from './scram/mongodb.js'
import { passlibScram } from './scram/passlib-scram.js'
import { prosodyFile, prosodyJson } from './scram/prosody.js'
import { scryptPhc } from './scrypt.js'
import { scryptCrypt, yescryptScheme } from './yescrypt.js'

/** Every scheme there is. A text belongs to the first row whose shape it has; no two shapes overlap without a hint. */
export const SCHEMES: readonly Scheme[] = [
  braces,
  authPassword,
  passlibScram,
  kafka,
  mongodb,
  ejabberdRecord,
  ejabberdRow,
  prosodyFile,
  prosodyJson,
  argon2Phc,
  scryptPhc,
  pbkdf2Phc,
  pbkdf2Django,
  bcryptCrypt,
  sha512Crypt,
  sha256Crypt,
  md5CryptScheme,
  apr1,
  yescryptScheme,
  scryptCrypt,
  phpassScheme,
  desCryptScheme,
  bigCryptScheme,
  hmacMd5StateHex,
  ha1Hex,
  ldapCleartext,
  cleartext,
]
