import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'
import type { Row } from '../row.ts'
import { type ProfileRow, profileRows } from './profile-row.ts'

const PROFILES: readonly ProfileRow[] = [
  {
    name: 'smtp',
    profile: smtp,
    commands: [
      'EHLO client.example.com',
      'HELO [127.0.0.1]',
      'QUIT',
      'RSET',
      'MAIL FROM:<a@example.com>',
      'AUTH PLAIN =',
    ],
    replies: [
      '250-mail.example.com greets\n250-8BITMIME\n250-AUTH=LOGIN PLAIN\n250-AUTH DIGEST-MD5 CRAM-MD5\n250 STARTTLS',
      '334 \n334 AAAA',
      '535 5.7.8  Error: authentication failed:',
      '432 4.7.12 A password transition is needed',
      '220',
    ],
  },
  {
    name: 'imap',
    profile: imap,
    commands: [
      'a LOGIN user pencil',
      'a LOGIN "us\\"er" "p\\\\encil"',
      'a LOGIN {4}\nuser',
      'a LOGIN {4} {6}\nuser\npencil',
      'a LOGIN user {6+}\npencil',
      'a NOOP',
      'a LOGOUT',
      'a AUTHENTICATE PLAIN =',
      'a FETCH 1 all',
    ],
    replies: [
      '* CAPABILITY IMAP4rev1 STARTTLS AUTH=GSSAPI\n* OK more\nA1 OK CAPABILITY completed',
      '* OK [CAPABILITY IMAP4rev1 SASL-IR LOGINDISABLED AUTH=PLAIN] ready',
      '* PREAUTH IMAP4rev1 server logged in as Smith',
      '* BYE Autologout; idle for too long',
      'A1 NO [AUTHENTICATIONFAILED] no',
      'A1 BAD bad',
      '+',
    ],
  },
  {
    name: 'pop3',
    profile: pop3,
    commands: [
      'USER tim',
      'PASS tan staaf',
      'CAPA',
      'STLS',
      'QUIT',
      'NOOP',
      'AUTH PLAIN =',
      'APOP mrose c4c9334bac56',
    ],
    replies: [
      '+OK\nTOP\nSASL CRAM-MD5 PLAIN\nSTLS\nUSER\n..\n.',
      '-ERR [AUTH] no',
      '-ERR [SYS/TEMP] later',
      '+ ',
      '+OK',
    ],
  },
]

/** Every profile. A new one of lines joins by its row. */
export const PROFILE_ROWS: readonly Row[] = PROFILES.flatMap(profileRows)
