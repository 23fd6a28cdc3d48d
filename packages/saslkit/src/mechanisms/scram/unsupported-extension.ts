import { SaslError } from '../../errors.js'

/** A client's mandatory extension (RFC 5802 section 5.1, "m="), none of which exists. */
export class UnsupportedExtension extends SaslError {
  constructor() {
    super('malformed', 'a mandatory SCRAM extension')
  }
}
