"""GNU SASL's server half on standard input and output, for what its own program cannot do on that side: take anybody
for ANONYMOUS or EXTERNAL, and say who came in. Its lines are those of `gsasl --server`.

usage: gsasl-server.py MECHANISM PASSWORD EXTERNAL_IDENTITY      (the last two may be empty)
"""
import ctypes
import sys

sys.stderr.reconfigure(encoding='utf-8')
mechanism, password, external = sys.argv[1:]

OK, NEEDS_MORE, AUTHENTICATION_ERROR, NO_CALLBACK = 0, 1, 31, 51
AUTHID, AUTHZID, PASSWORD, ANONYMOUS_TOKEN, SERVICE, HOSTNAME, REALM = 1, 2, 3, 4, 5, 6, 11
VALIDATE_EXTERNAL, VALIDATE_ANONYMOUS = 501, 502

gsasl = ctypes.CDLL('libgsasl.so.18')
pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
gsasl.gsasl_server_start.argtypes = [pointer, text, ctypes.POINTER(pointer)]
gsasl.gsasl_step64.argtypes = [pointer, text, ctypes.POINTER(pointer)]
gsasl.gsasl_property_set.argtypes = [pointer, number, text]
gsasl.gsasl_property_fast.argtypes = [pointer, number]
gsasl.gsasl_property_fast.restype = text
gsasl.gsasl_strerror.restype = text
gsasl.gsasl_free.argtypes = [pointer]


def answer(session, what, value):
    if not value:
        return NO_CALLBACK
    gsasl.gsasl_property_set(session, what, value.encode())
    return OK


@ctypes.CFUNCTYPE(number, pointer, pointer, number)
def callback(_, session, what):
    if what == VALIDATE_EXTERNAL:
        asked = gsasl.gsasl_property_fast(session, AUTHZID)
        good = external and asked in (None, b'', external.encode())
        return OK if good else AUTHENTICATION_ERROR
    if what == VALIDATE_ANONYMOUS:
        return OK if gsasl.gsasl_property_fast(session, ANONYMOUS_TOKEN) else AUTHENTICATION_ERROR
    known = {PASSWORD: password, SERVICE: 'imap', HOSTNAME: 'localhost', REALM: 'localhost'}
    return answer(session, what, known.get(what))


def check(status):
    if status not in (OK, NEEDS_MORE):
        sys.exit('mechanism error: ' + gsasl.gsasl_strerror(status).decode())
    return status


context, session = pointer(), pointer()
check(gsasl.gsasl_init(ctypes.byref(context)))
gsasl.gsasl_callback_set(context, callback)
check(gsasl.gsasl_server_start(context, mechanism.encode(), ctypes.byref(session)))
print(mechanism, flush=True)
message = None
while True:
    output = pointer()
    status = check(gsasl.gsasl_step64(session, message, ctypes.byref(output)))
    print(ctypes.string_at(output).decode() if output else '', flush=True)
    gsasl.gsasl_free(output)
    line = sys.stdin.buffer.readline()
    if status == OK:
        for name, what in (('authcid', AUTHID), ('authzid', AUTHZID)):
            print(name, (gsasl.gsasl_property_fast(session, what) or b'').decode(), file=sys.stderr)
        sys.exit(0)
    if not line:
        sys.exit('the client went away')
    message = line.rstrip(b'\n')
