"""Python's client halves, as Debian packages them: slixmpp, aiosasl, pure-sasl; and two SASLpreps. Its lines are those
of lines.h.

usage: clients.py slixmpp|aiosasl|puresasl
"""
import sys


class Slixmpp:
    """Its own way of preparing and choosing is used, so that what it refuses is refused here."""

    def __init__(self, mechanism, fields):
        from slixmpp.util.sasl import client

        names = {'name': 'username', 'password': 'password', 'authzid': 'authzid', 'cb': 'channel_binding'}
        credentials = {names[name]: value.decode() for name, value in fields.items() if name in names and name != 'cb'}
        if 'cb' in fields:
            credentials['channel_binding'] = fields['cb']
        allowed = {key: True for key in
                   ('encrypted', 'encrypted_plain', 'unencrypted_plain', 'unencrypted_scram', 'unencrypted_cram')}
        self.mechanism = client.choose({mechanism}, lambda *_: dict(credentials), lambda _: allowed)

    def step(self, message):
        done = self.mechanism.process(message) if message is not None else self.mechanism.process()
        scram = self.mechanism.base_name == 'SCRAM'
        return done, not scram or self.mechanism._mutual_auth


class Puresasl:
    def __init__(self, mechanism, fields):
        from puresasl.client import SASLClient

        text = {name: value.decode() for name, value in fields.items() if name in ('name', 'password', 'authzid')}
        self.client = SASLClient('localhost', 'imap', mechanism=mechanism, authorization_id=text.get('authzid'),
                                 username=text.get('name'), password=text.get('password'))

    def step(self, message):
        answer = self.client.process(message)
        return answer, self.client.complete or self.client.mechanism == 'EXTERNAL'


class Asked:
    """What its coroutine waits for: the reply to a message."""

    def __init__(self, message):
        self.message = message

    def __await__(self):
        return (yield self.message)


class Aiosasl:
    """Its coroutine sends and waits; here each step resumes it with what came. It calls success what a server says."""

    def __init__(self, mechanism, fields):
        import aiosasl

        async def credentials():
            return fields['name'].decode(), fields['password'].decode()

        class Provider(aiosasl.channel_binding.ChannelBindingProvider):
            @property
            def cb_name(self):
                return fields['cbtype']

            def extract_cb_data(self):
                return fields['cb']

        class Wire(aiosasl.SASLInterface):
            async def initiate(self, mechanism, payload=None):
                return await Asked(payload)

            async def respond(self, payload):
                return await Asked(payload)

            async def abort(self):
                raise aiosasl.SASLFailure(None)

        least = int(fields.get('least', b'1'))
        if mechanism == 'PLAIN':
            half = aiosasl.PLAIN(credentials)
        elif mechanism == 'ANONYMOUS':
            half = aiosasl.ANONYMOUS(fields.get('trace', b'').decode())
        elif mechanism.endswith('-PLUS'):
            half = aiosasl.SCRAMPLUS(credentials, Provider(), enforce_minimum_iteration_count=least > 1)
        else:
            half = aiosasl.SCRAM(credentials, after_scram_plus='cb' in fields,
                                 enforce_minimum_iteration_count=least > 1)
        token = half.any_supported([mechanism])
        self.states = aiosasl.SASLState
        self.run = half.authenticate(aiosasl.SASLStateMachine(Wire()), token)
        self.first = True

    def step(self, message):
        state = self.states.CHALLENGE
        if self.first:
            self.first = False
            return self.run.send(None), False
        return self.resume((state, message))

    def success(self, message):
        return self.resume((self.states.SUCCESS, message))

    def resume(self, reply):
        try:
            return self.run.send(reply), False
        except StopIteration:
            return None, True


LIBRARIES = {'slixmpp': Slixmpp, 'aiosasl': Aiosasl, 'puresasl': Puresasl}


def prepare(library, form, text):
    if library == 'slixmpp':
        from slixmpp.util.sasl.client import saslprep
        return saslprep(text)
    from aiosasl.stringprep import saslprep
    return saslprep(text, allow_unassigned=form == 'query')


def octets(word):
    return None if word == '-' else bytes.fromhex(word[1:])


def word(value):
    return '-' if value is None else '=' + value.hex()


def answer(library, words):
    global half
    if words[0] == 'prepare':
        return 'done ' + word(prepare(library, words[1], octets(words[2]).decode()).encode())
    if words[0] == 'client':
        fields = {name: bytes.fromhex(value) for name, value in (pair.split('=') for pair in words[2:])}
        half = LIBRARIES[library](words[1], fields)
        return 'ok'
    # "ok" is the server's word that we are in, with what came along; most have no ear for it.
    take = half.success if words[0] == 'ok' and hasattr(half, 'success') else half.step
    message, done = take(octets(words[1]))
    return ('done ' if done else 'more ') + word(message)


half = None
for line in sys.stdin:
    try:
        reply = answer(sys.argv[1], line.split())
    except Exception as error:  # what a library throws for a message is its verdict on it
        reply = 'fail ' + type(error).__name__ + ' ' + ' '.join(str(error).split())
    print(reply, flush=True)
