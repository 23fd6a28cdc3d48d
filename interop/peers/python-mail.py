"""Logs in with Python's own smtplib, imaplib or poplib, and does a little afterwards. COMMAND in place of a mechanism is
the protocol's own command: LOGIN of IMAP, USER and PASS of POP3, whose library knows no SASL.

usage: python-mail.py SMTP|IMAP|POP3 cleartext|STARTTLS|TLS PORT CA MECHANISM|COMMAND AUTHCID PASSWORD
Exit status 0: in and out again. 3: the server refused us.
"""
import imaplib
import poplib
import smtplib
import ssl
import sys

protocol, transport, port, ca, mechanism, authcid, password = sys.argv[1:]
tls = ssl.create_default_context(cafile=ca)


def smtp():
    if transport == 'TLS':
        client = smtplib.SMTP_SSL('localhost', int(port), context=tls, timeout=50)
    else:
        client = smtplib.SMTP('localhost', int(port), timeout=50)
    client.set_debuglevel(1)
    if transport == 'STARTTLS':
        client.starttls(context=tls)
    client.ehlo()
    client.user, client.password = authcid, password
    client.auth(mechanism, getattr(client, 'auth_' + mechanism.lower().replace('-', '_')))
    client.sendmail('tim@example.com', ['joe@example.com'], 'Subject: interop\r\n\r\nA line.\r\n')
    client.quit()


def imap():
    if transport == 'TLS':
        client = imaplib.IMAP4_SSL('localhost', int(port), ssl_context=tls, timeout=50)
    else:
        client = imaplib.IMAP4('localhost', int(port), timeout=50)
    client.debug = 4
    if transport == 'STARTTLS':
        client.starttls(ssl_context=tls)
    if mechanism == 'COMMAND':
        client.login(authcid, password)
    elif mechanism == 'CRAM-MD5':
        client.login_cram_md5(authcid, password)
    elif mechanism == 'PLAIN':
        client.authenticate('PLAIN', lambda _: f'\0{authcid}\0{password}'.encode())
    else:
        answers = iter([authcid.encode(), password.encode()])
        client.authenticate(mechanism, lambda _: next(answers))
    client.select('INBOX')
    client.logout()


def pop3():
    if transport == 'TLS':
        client = poplib.POP3_SSL('localhost', int(port), context=tls, timeout=50)
    else:
        client = poplib.POP3('localhost', int(port), timeout=50)
    client.set_debuglevel(1)
    if transport == 'STARTTLS':
        client.stls(context=tls)
    client.user(authcid)
    client.pass_(password)
    client.stat()
    client.quit()


try:
    {'SMTP': smtp, 'IMAP': imap, 'POP3': pop3}[protocol]()
except (smtplib.SMTPAuthenticationError, imaplib.IMAP4.error, poplib.error_proto) as error:
    print(error, file=sys.stderr)
    sys.exit(3)
