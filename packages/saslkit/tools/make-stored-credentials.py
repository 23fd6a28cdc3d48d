#!/usr/bin/env python3
"""Makes test/vectors/stored-credentials.json: stored credentials as the programs that keep them write them.

    /usr/bin/python3 tools/make-stored-credentials.py > test/vectors/stored-credentials.json

Debian packages: dovecot-core apache2-utils slapd slapd-contrib openssl whois gsasl postgresql prosody ejabberd
python3-passlib python3-bcrypt python3-argon2 python3-scrypt. Run as root: PostgreSQL, Prosody and ejabberd start as
other users. What no program at hand writes (Kafka, MongoDB, RFC 5803, PBKDF2's i= dialect) is computed here with hashlib.
"""
import base64
import hashlib
import hmac
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile

PASSWORDS = ['tanstaaftanstaaf', 'pässwörd日本']
USER = 'tim@example.org'
ENV = {**os.environ, 'LC_ALL': 'C.UTF-8', 'PATH': os.environ['PATH'] + ':/usr/sbin:/usr/bin'}
CREDENTIALS = []


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, env=ENV, check=True, **options)
    return done.stdout.decode('utf-8')


def version(pattern, *command):
    done = subprocess.run(command, capture_output=True, env=ENV)
    return re.search(pattern, (done.stdout + done.stderr).decode('utf-8')).group(1)


def debian(package):
    return re.sub(r'^\d+:', '', run('dpkg-query', '-W', '-f=${Version}', package))


def add(source, text, password, scheme, format_, **more):
    CREDENTIALS.append({'source': source, 'password': password, 'scheme': scheme, 'format': format_, **more, 'text': text})


DOVECOT = {
    'SHA1': 'sha', 'SHA': 'sha', 'SHA256': 'sha256', 'SHA512': 'sha512', 'SSHA': 'ssha', 'SSHA256': 'ssha256',
    'SSHA512': 'ssha512', 'SMD5': 'smd5', 'MD5': 'md5-crypt', 'MD5-CRYPT': 'md5-crypt', 'LDAP-MD5': 'md5',
    'PLAIN-MD5': 'md5', 'PLAIN-MD4': 'md4', 'PLAIN': 'cleartext', 'CLEAR': 'cleartext', 'CLEARTEXT': 'cleartext',
    'CRAM-MD5': 'cram-md5', 'HMAC-MD5': 'cram-md5', 'DIGEST-MD5': 'digest-md5', 'CRYPT': 'bcrypt',
    'DES-CRYPT': 'des-crypt', 'SHA256-CRYPT': 'sha256-crypt', 'SHA512-CRYPT': 'sha512-crypt', 'BLF-CRYPT': 'bcrypt',
    'SCRAM-SHA-1': 'SCRAM-SHA-1', 'SCRAM-SHA-256': 'SCRAM-SHA-256', 'PBKDF2': 'pbkdf2-sha1', 'ARGON2I': 'argon2i',
    'ARGON2ID': 'argon2id', 'OTP': 'otp', 'PLAIN-TRUNC': None,
}
ROUNDS = {'PBKDF2': '1000', 'SHA256-CRYPT': '1000', 'SHA512-CRYPT': '1000', 'BLF-CRYPT': '4', 'CRYPT': '4',
          'ARGON2I': '3', 'ARGON2ID': '3'}
ENCODED = ['SHA', 'SSHA256', 'PLAIN', 'CRAM-MD5', 'DIGEST-MD5', 'PLAIN-MD5', 'SHA512-CRYPT', 'SCRAM-SHA-256']


def dovecot():
    source = 'doveadm pw (Dovecot %s)' % version(r'(\d\S+)', 'dovecot', '--version')
    listed = run('doveadm', 'pw', '-l').split()
    assert sorted(listed) == sorted(DOVECOT), set(listed) ^ set(DOVECOT)
    for password in PASSWORDS:
        names = listed + ['%s.%s' % (name, suffix) for name in ENCODED for suffix in ('hex', 'b64', 'base64')]
        for name in names:
            scheme = DOVECOT[name.split('.')[0]]
            if scheme is None:
                continue  # doveadm writes no length before it, and so cannot verify it either
            if name == 'ARGON2ID' and not password.isascii():
                continue  # 256 MiB a try: once is enough
            rounds = ROUNDS.get(name.split('.')[0])
            text = run('doveadm', 'pw', '-s', name, '-u', USER, '-p', password, *(['-r', rounds] if rounds else [])).strip()
            more = {'username': USER} if scheme == 'digest-md5' else {}
            format_ = 'ldap' if name in ('SHA', 'SHA256', 'SHA512', 'SSHA', 'SSHA256', 'SSHA512', 'SMD5',
                                                       'CRYPT', 'CLEARTEXT') else 'dovecot'
            add(source, text, password, scheme, format_, **more)
    text = '{PLAIN-TRUNC}8-tanstaaf'
    assert 'verified' in run('doveadm', 'pw', '-t', text, '-p', PASSWORDS[0])
    add(source + ', verified by doveadm pw -t', text, PASSWORDS[0], 'plain-trunc', 'dovecot')


def htpasswd():
    source = 'htpasswd (apache2-utils %s)' % debian('apache2-utils')
    for password in PASSWORDS:
        for options, scheme, format_ in ((['-m'], 'apr1', 'htpasswd'), (['-2', '-r', '1000'], 'sha256-crypt', 'crypt'),
                                         (['-5', '-r', '1000'], 'sha512-crypt', 'crypt'),
                                         (['-B', '-C', '4'], 'bcrypt', 'crypt'), (['-s'], 'sha', 'ldap'),
                                         (['-d'], 'des-crypt', 'crypt')):
            line = run('htpasswd', '-nb', *options, 'tim', password).strip()
            add(source, line.split(':', 1)[1], password, scheme, format_)


def slappasswd():
    source = 'slappasswd (OpenLDAP %s)' % debian('slapd')
    modules = {'pw-pbkdf2': ['PBKDF2', 'PBKDF2-SHA1', 'PBKDF2-SHA256', 'PBKDF2-SHA512'],
               'pw-sha2': ['SSHA256', 'SSHA384', 'SSHA512', 'SHA256', 'SHA384', 'SHA512'], 'argon2': ['ARGON2'],
               None: ['SSHA', 'SHA', 'SMD5', 'MD5', 'CRYPT']}
    schemes = {'PBKDF2': 'pbkdf2-sha1', 'ARGON2': 'argon2i', 'CRYPT': 'bigcrypt'}
    for password in PASSWORDS:
        for module, names in modules.items():
            for name in names:
                load = ['-o', 'module-path=/usr/lib/ldap', '-o', 'module-load=%s.so' % module] if module else []
                text = run('slappasswd', *load, '-h', '{%s}' % name, '-s', password).strip()
                add(source, text, password, schemes.get(name, name.lower()), 'ldap')
        text = run('slappasswd', '-c', '$6$%.8s', '-s', password).strip()
        add(source, text, password, 'sha512-crypt', 'ldap')


def openssl():
    source = 'openssl passwd (OpenSSL %s)' % version(r'OpenSSL (\S+)', 'openssl', 'version')
    for password in PASSWORDS:
        for option, scheme, format_ in (('-1', 'md5-crypt', 'crypt'), ('-apr1', 'apr1', 'htpasswd'),
                                        ('-5', 'sha256-crypt', 'crypt'), ('-6', 'sha512-crypt', 'crypt')):
            text = run('openssl', 'passwd', option, '-stdin', input=password.encode()).strip()
            add(source, text, password, scheme, format_)


def mkpasswd():
    source = 'mkpasswd (whois %s, libxcrypt %s)' % (debian('whois'), debian('libcrypt1'))
    for password in PASSWORDS:
        for method, rounds, scheme in (('yescrypt', '1', 'yescrypt'), ('yescrypt', '3', 'yescrypt'), ('scrypt', '6', 'scrypt'),
                                       ('bcrypt', '4', 'bcrypt'), ('bcrypt-a', '4', 'bcrypt'),
                                       ('sha512crypt', '1000', 'sha512-crypt'), ('sha256crypt', '1000', 'sha256-crypt'),
                                       ('md5crypt', None, 'md5-crypt'), ('descrypt', None, 'des-crypt')):
            text = run('mkpasswd', '-m', method, *(['-R', rounds] if rounds else []), '-s', input=password.encode()).strip()
            add(source, text, password, scheme, 'crypt')


def crypt_with():
    """Parameters that mkpasswd has no option for: lanes, and time (yescrypt); the prehash of large memory."""
    import ctypes
    crypt = ctypes.CDLL('libcrypt.so.1').crypt
    crypt.restype = ctypes.c_char_p
    source = 'crypt(3) (libxcrypt %s)' % debian('libcrypt1')
    for setting in ('$y$j75..$uoKss6h5TptN3JOlFMbiF.', '$y$j75/.$uoKss6h5TptN3JOlFMbiF.', '$y$j75//$uoKss6h5TptN3JOlFMbiF.',
                    '$y$j75/0$uoKss6h5TptN3JOlFMbiF.', '$y$j750..$uoKss6h5TptN3JOlFMbiF.', '$y$j750/0$uoKss6h5TptN3JOlFMbiF.',
                    '$y$j50$uoKss6h5TptN3JOlFMbiF.', '$y$j5k.$abc.', '$y$j9T$uoKss6h5TptN3JOlFMbiF.', '$7$5/..../....abcdef'):
        text = crypt(PASSWORDS[0].encode(), setting.encode())
        if text and text.startswith(b'$'):
            add(source, text.decode(), PASSWORDS[0], 'yescrypt' if setting[1] == 'y' else 'scrypt', 'crypt')
        else:
            print('refused by crypt(3):', setting, file=sys.stderr)


def gsasl():
    source = 'gsasl --mkpasswd (GNU SASL %s)' % version(r'GNU SASL\) (\S+)', 'gsasl', '--version')
    for password in PASSWORDS:
        for name in ('SCRAM-SHA-1', 'SCRAM-SHA-256'):
            for more in ([], ['--verbose']):
                text = run('gsasl', '--mkpasswd', '--mechanism', name, '--iteration-count', '4096', '-p', password, *more).strip()
                add(source, text, password, name, 'gsasl' if more else 'dovecot')


def passlib():
    import passlib
    from passlib import hash as h
    source = 'passlib %s' % passlib.__version__
    rows = [(h.scram.using(rounds=4096), 'SCRAM', 'passlib'), (h.argon2.using(type='ID', rounds=2, memory_cost=64), 'argon2id', 'phc'),
            (h.argon2.using(type='I', rounds=2, memory_cost=64), 'argon2i', 'phc'),
            (h.argon2.using(type='D', rounds=2, memory_cost=64), 'argon2d', 'phc'),
            (h.bcrypt.using(rounds=4), 'bcrypt', 'crypt'), (h.pbkdf2_sha1.using(rounds=1000), 'pbkdf2-sha1', 'passlib'),
            (h.pbkdf2_sha256.using(rounds=1000), 'pbkdf2-sha256', 'passlib'),
            (h.pbkdf2_sha512.using(rounds=1000), 'pbkdf2-sha512', 'passlib'),
            (h.scrypt.using(rounds=4), 'scrypt', 'phc'), (h.phpass.using(rounds=7), 'phpass', 'wordpress'),
            (h.django_pbkdf2_sha256.using(rounds=1000), 'pbkdf2-sha256', 'django'),
            (h.django_pbkdf2_sha1.using(rounds=1000), 'pbkdf2-sha1', 'django'),
            (h.ldap_pbkdf2_sha256.using(rounds=1000), 'pbkdf2-sha256', 'ldap'), (h.ldap_salted_sha512, 'ssha512', 'ldap'),
            (h.apr_md5_crypt, 'apr1', 'htpasswd'), (h.md5_crypt, 'md5-crypt', 'crypt'), (h.des_crypt, 'des-crypt', 'crypt'),
            (h.sha256_crypt.using(rounds=1001), 'sha256-crypt', 'crypt'), (h.sha512_crypt.using(rounds=1001), 'sha512-crypt', 'crypt')]
    for password in PASSWORDS:
        for handler, scheme, format_ in rows:
            add(source, handler.hash(password), password, scheme, format_)
    # Parts of SHA-crypt that only long passwords reach.
    for length in (64, 65, 130):
        for handler, scheme in ((h.sha256_crypt, 'sha256-crypt'), (h.sha512_crypt, 'sha512-crypt'), (h.md5_crypt, 'md5-crypt')):
            used = handler.using(rounds=1000) if scheme != 'md5-crypt' else handler
            password = ('0123456789' * 13)[:length]
            add(source, used.hash(password), password, scheme, 'crypt')


def argon2_old():
    from argon2 import low_level
    import argon2
    source = 'argon2-cffi %s' % argon2.__version__
    for version_ in (16, 19):
        text = low_level.hash_secret(PASSWORDS[0].encode(), b'saltsaltsalt', 2, 64, 2, 24, low_level.Type.ID, version_).decode()
        add(source, text, PASSWORDS[0], 'argon2id', 'phc')
        if version_ == 16:
            add(source + ', without the version, as before 2016', text.replace('$v=16', ''), PASSWORDS[0], 'argon2id', 'phc')


def b64(octets):
    return base64.b64encode(octets).decode()


def hashlib_forms():
    source = 'computed with hashlib (make-stored-credentials.py)'
    salt = bytes(range(1, 17))

    def keys(name, password, iterations=4096):
        salted = hashlib.pbkdf2_hmac(name, password, salt, iterations)
        client = hmac.new(salted, b'Client Key', name).digest()
        return hashlib.new(name, client).digest(), hmac.new(salted, b'Server Key', name).digest()

    names = {'SHA-1': 'sha1', 'SHA-224': 'sha224', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512', 'SHA3-512': 'sha3_512'}
    for password in PASSWORDS:
        octets = password.encode()
        for hash_, name in names.items():
            stored, server = keys(name, octets)
            rfc5803 = 'SCRAM-%s$4096:%s$%s:%s' % (hash_, b64(salt), b64(stored), b64(server))
            add(source, rfc5803, password, 'SCRAM-' + hash_, 'postgresql' if hash_ == 'SHA-256' else 'rfc5803')
            add(source, rfc5803.replace('$', ' $ '), password, 'SCRAM-' + hash_, 'rfc5803')
        for hash_ in ('SHA-256', 'SHA-512'):
            stored, server = keys(names[hash_], octets)
            add(source, 'salt=%s,stored_key=%s,server_key=%s,iterations=4096' % (b64(salt), b64(stored), b64(server)), password,
                'SCRAM-' + hash_, 'kafka')
        digest = hashlib.md5(('tim:mongo:' + password).encode()).hexdigest().encode()
        document = {}
        for hash_, used in (('SHA-1', digest), ('SHA-256', octets)):
            stored, server = keys(names[hash_], used)
            document['SCRAM-' + hash_] = {'iterationCount': 4096, 'salt': b64(salt), 'storedKey': b64(stored), 'serverKey': b64(server)}
        add(source, json.dumps(document), password, 'SCRAM', 'mongodb', username='tim')
        add(source, json.dumps({'_id': 'admin.tim', 'user': 'tim', 'db': 'admin',
                                'credentials': {'SCRAM-SHA-1': document['SCRAM-SHA-1']}, 'roles': []}),
            password, 'SCRAM-SHA-1', 'mongodb', username='tim')
        row = {'username': 'tim', 'server_host': 'localhost', 'type': 4, 'serverkey': b64(keys('sha512', octets)[1]),
               'password': b64(keys('sha512', octets)[0]), 'salt': b64(salt), 'iterationcount': 4096}
        add(source, json.dumps(row), password, 'SCRAM-SHA-512', 'ejabberd')
        row = {'username': 'tim', 'serverkey': b64(keys('sha256', octets)[1]),
               'password': 'sha256:' + b64(keys('sha256', octets)[0]), 'salt': b64(salt), 'iterationcount': 4096}
        add(source, json.dumps(row), password, 'SCRAM-SHA-256', 'ejabberd')
        for name, size in (('sha1', 20), ('sha256', 32), ('sha512', 32), ('sha512', 64)):
            key = hashlib.pbkdf2_hmac(name, octets, salt, 1000, size)
            plain = [b64(part).rstrip('=') for part in (salt, key)]
            add(source, '$pbkdf2-%s$i=1000,l=%d$%s$%s' % (name, size, *plain), password, 'pbkdf2-' + name, 'phc')
        key = hashlib.pbkdf2_hmac('sha256', octets, salt, 1000)
        add(source, '$pbkdf2-sha256$i=1000$%s$%s' % tuple(b64(part).rstrip('=') for part in (salt, key)), password, 'pbkdf2-sha256', 'phc')


def postgresql():
    bin_ = '/usr/lib/postgresql/15/bin/'
    source = 'pg_authid (PostgreSQL %s)' % version(r'\(PostgreSQL\) (\S+)', bin_ + 'postgres', '--version')
    user = pwd.getpwnam('postgres')
    folder = tempfile.mkdtemp()
    os.chown(folder, user.pw_uid, user.pw_gid)

    def as_postgres(*command, **options):
        return run('setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', *command, **options)
    try:
        as_postgres(bin_ + 'initdb', '-D', folder + '/data', '-E', 'UTF8', '--locale=C.UTF-8')
        # One process without a server: no port, no socket.
        sql = ''.join("CREATE ROLE u%d PASSWORD '%s';\n" % (i, password) for i, password in enumerate(PASSWORDS))
        sql += 'COPY (SELECT rolname, rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL) TO STDOUT;\n'
        sql = "SET password_encryption='scram-sha-256';\n" + sql.replace('COPY (', 'COPY (').replace(
            'TO STDOUT', "TO '%s/out'" % folder)
        as_postgres(bin_ + 'postgres', '--single', '-D', folder + '/data', 'postgres', input=sql.encode())
        for line in open(folder + '/out', encoding='utf-8'):
            name, text = line.rstrip('\n').split('\t')
            add(source, text, PASSWORDS[int(name[1:])], 'SCRAM-SHA-256', 'postgresql')
    finally:
        shutil.rmtree(folder)


def prosody():
    source = 'prosodyctl register (Prosody %s)' % debian('prosody')
    for hash_ in ('SHA-1', 'SHA-256'):
        folder = tempfile.mkdtemp()
        shutil.chown(folder, 'nobody', 'nogroup')
        try:
            with open(folder + '/cfg.lua', 'w') as file:
                file.write('data_path = "%s"\nauthentication = "internal_hashed"\npassword_hash = "%s"\nlog = { error = "%s/log" }\n'
                           'VirtualHost "localhost"\n' % (folder, hash_, folder))
            for i, password in enumerate(PASSWORDS):
                run('setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', 'prosodyctl', '--config', folder + '/cfg.lua',
                    'register', 'u%d' % i, 'localhost', password)
                with open('%s/localhost/accounts/u%d.dat' % (folder, i), encoding='utf-8') as file:
                    text = file.read()
                add(source, text, password, 'SCRAM-' + hash_, 'prosody')
                fields = dict(re.findall(r'\["(\w+)"\] = "?([^";]*)', text))
                fields['iteration_count'] = int(fields['iteration_count'])
                add(source + ', its fields as JSON', json.dumps(fields), password, 'SCRAM-' + hash_, 'prosody')
        finally:
            shutil.rmtree(folder)


def ejabberd():
    source = 'ejabberd_auth:try_register (ejabberd %s)' % debian('ejabberd')
    for hash_, scheme in (('sha', 'SCRAM-SHA-1'), ('sha256', 'SCRAM-SHA-256'), ('sha512', 'SCRAM-SHA-512')):
        folder = tempfile.mkdtemp()
        try:
            os.mkdir(folder + '/spool')
            with open(folder + '/ejabberd.yml', 'w') as file:
                file.write('hosts: [localhost]\nloglevel: none\nauth_method: internal\nauth_password_format: scram\n'
                           'auth_scram_hash: %s\nmodules: {}\nlisten: []\n' % hash_)
            for path in (folder, folder + '/spool'):
                shutil.chown(path, 'nobody', 'nogroup')
            register = ','.join('ejabberd_auth:try_register(<<"u%d">>,<<"localhost">>,<<%s>>)' % (i, ','.join(map(str, password.encode())))
                                for i, password in enumerate(PASSWORDS))
            script = ('ejabberd:start(),%s,[io:format("REC ~s ~1000000p~n",[U,P]) || {passwd,{U,_},P} <- '
                      'mnesia:dirty_match_object({passwd,\'_\',\'_\'})], init:stop().' % register)
            env = {**ENV, 'EJABBERD_CONFIG_PATH': folder + '/ejabberd.yml', 'EJABBERD_LOG_PATH': folder + '/log', 'HOME': folder,
                   'ERL_LIBS': '/usr/lib/x86_64-linux-gnu'}
            out = subprocess.run(['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', 'erl', '-noinput', '-boot', 'start_sasl',
                                  '-mnesia', 'dir', '"%s/spool"' % folder, '-s', 'ejabberd', '-eval', script],
                                 capture_output=True, env=env, cwd=folder, timeout=120).stdout.decode()
            for name, text in re.findall(r'REC (\S+) (\{scram.*\})', out):
                add(source, text, PASSWORDS[int(name[1:])], scheme, 'ejabberd')
        finally:
            shutil.rmtree(folder)


for make in (dovecot, htpasswd, slappasswd, openssl, mkpasswd, crypt_with, gsasl, passlib, argon2_old, hashlib_forms, postgresql, prosody,
             ejabberd):
    make()
json.dump({'about': 'made by tools/make-stored-credentials.py with the programs that each source names', 'credentials': CREDENTIALS},
          sys.stdout, ensure_ascii=False, indent=1)
print()
