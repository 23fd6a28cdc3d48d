/** The profiles that connections speak, in turn. What a manner of client says is written by the profile itself. */
import type { LineProfile } from 'saslkit/profiles/imap'
import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'

export const PROFILES: Readonly<Record<string, LineProfile>> = { smtp, imap, pop3 }
