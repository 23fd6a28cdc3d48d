/** What clients ask for once they are in: an empty mailbox, and somebody who takes every message. */
export type Respond = (line: string) => { readonly reply: string; readonly over?: true }

export const MAILBOXES: Readonly<Record<'SMTP' | 'IMAP' | 'POP3', () => Respond>> = {
  SMTP: smtpMailbox,
  IMAP: imapMailbox,
  POP3: pop3Mailbox,
}

const BYE = 'Bye'

function smtpMailbox(): Respond {
  let inMessage = false
  return (line) => {
    if (inMessage) {
      inMessage = line !== '.'
      return { reply: inMessage ? '' : '250 2.0.0 Taken\r\n' }
    }
    switch (line.slice(0, 4).toUpperCase()) {
      case 'DATA':
        inMessage = true
        return { reply: '354 Go on\r\n' }
      case 'QUIT':
        return { reply: `221 2.0.0 ${BYE}\r\n`, over: true }
      case 'EHLO':
      case 'MAIL':
      case 'RCPT':
      case 'RSET':
      case 'NOOP':
        return { reply: '250 2.0.0 Fine\r\n' }
      default:
        return { reply: '502 5.5.1 Not known here\r\n' }
    }
  }
}

function imapMailbox(): Respond {
  const known: ReadonlyMap<string, string> = new Map([
    ['CAPABILITY', '* CAPABILITY IMAP4rev2 IMAP4rev1\r\n'],
    ['LIST', '* LIST () "/" INBOX\r\n'],
    ['SELECT', '* 0 EXISTS\r\n* 0 RECENT\r\n* FLAGS ()\r\n* OK [UIDVALIDITY 1] Fine\r\n'],
    ['NOOP', ''],
    ['LOGOUT', `* BYE ${BYE}\r\n`],
  ])
  return (line) => {
    const [tag = '*', name = ''] = line.split(' ')
    const command = name.toUpperCase()
    const data = known.get(command)
    if (data === undefined) return { reply: `${tag} BAD Not known here\r\n` }
    return { reply: `${data}${tag} OK Done\r\n`, ...(command === 'LOGOUT' && { over: true }) }
  }
}

function pop3Mailbox(): Respond {
  const known: ReadonlyMap<string, string> = new Map([
    ['STAT', '+OK 0 0\r\n'],
    ['LIST', '+OK None\r\n.\r\n'],
    ['CAPA', '+OK These\r\n.\r\n'],
    ['NOOP', '+OK\r\n'],
    ['QUIT', `+OK ${BYE}\r\n`],
  ])
  return (line) => {
    const command = line.toUpperCase()
    const reply = known.get(command) ?? '-ERR Not known here\r\n'
    return { reply, ...(command === 'QUIT' && { over: true }) }
  }
}
