import { postgresqlWriter, rfc5803Writer } from './authpassword.js'
import { dovecotScramWriter, gsaslWriter } from './dovecot-scram.js'
import { ejabberdWriter } from './ejabberd.js'
import { kafkaWriter } from './kafka.js'
import { mongodbWriter } from './mongodb.js'
import { passlibWriter } from './passlib-scram.js'
import { prosodyWriter } from './prosody.js'
import type { ScramWriter } from './scram-writer.js'

/** Who keeps SCRAM keys, each in its own way. */
export type ScramFormat =
  | 'dovecot'
  | 'ejabberd'
  | 'gsasl'
  | 'kafka'
  | 'mongodb'
  | 'passlib'
  | 'postgresql'
  | 'prosody'
  | 'rfc5803'

const WRITERS: Readonly<Record<ScramFormat, ScramWriter>> = {
  dovecot: dovecotScramWriter,
  ejabberd: ejabberdWriter,
  gsasl: gsaslWriter,
  kafka: kafkaWriter,
  mongodb: mongodbWriter,
  passlib: passlibWriter,
  postgresql: postgresqlWriter,
  prosody: prosodyWriter,
  rfc5803: rfc5803Writer,
}

/** @throws RangeError for what is none. */
export function scramWriter(format: string): ScramWriter {
  if (!Object.hasOwn(WRITERS, format))
    throw new RangeError(`SCRAM keys are written for ${Object.keys(WRITERS).join(', ')}`)
  return WRITERS[format as ScramFormat]
}
