// GNU SASL (libgsasl) as a contestant: both halves in one process, as its own callers would run them.
#include <gsasl.h>
#include "serve.h"

static const char SALT[] = "W22ZaJ0SNY7soEsUEjb6gQ==";

struct mechanism {
  const char *name;
  int server_first;
  Gsasl_hash hash;
  int keys_cached;
};

// What each side keeps for SCRAM: hexadecimal on the client's, base64 on the server's.
struct keys {
  char salted[2 * 64 + 1], stored[128], server[128];
};

static Gsasl *library;
static struct keys sha1, sha256;
static const struct mechanism *running;

static const struct keys *keys(void) { return running->hash == GSASL_HASH_SHA256 ? &sha256 : &sha1; }

static int answer(Gsasl *context, Gsasl_session *session, Gsasl_property property) {
  (void)context;
  const char *value = NULL;
  switch (property) {
    case GSASL_AUTHID: value = "user"; break;
    case GSASL_PASSWORD: value = "pencil"; break;
    case GSASL_ANONYMOUS_TOKEN: value = "t"; break;
    case GSASL_SCRAM_ITER: value = "4096"; break;
    case GSASL_SCRAM_SALT: value = SALT; break;
    case GSASL_SCRAM_SALTED_PASSWORD: value = running->keys_cached ? keys()->salted : NULL; break;
    case GSASL_SCRAM_STOREDKEY: value = keys()->stored; break;
    case GSASL_SCRAM_SERVERKEY: value = keys()->server; break;
    case GSASL_VALIDATE_SIMPLE: {
      const char *authcid = gsasl_property_fast(session, GSASL_AUTHID);
      const char *password = gsasl_property_fast(session, GSASL_PASSWORD);
      int good = authcid && password && !strcmp(authcid, "user") && !strcmp(password, "pencil");
      return good ? GSASL_OK : GSASL_AUTHENTICATION_ERROR;
    }
    case GSASL_VALIDATE_EXTERNAL:
    case GSASL_VALIDATE_ANONYMOUS: return GSASL_OK;
    default: break;
  }
  if (!value) return GSASL_NO_CALLBACK;
  gsasl_property_set(session, property, value);
  return GSASL_OK;
}

static void step(Gsasl_session *session, const char *input, size_t length, char **output, size_t *written, int *state) {
  *state = gsasl_step(session, input, length, output, written);
  expect(*state == GSASL_OK || *state == GSASL_NEEDS_MORE, running->name, gsasl_strerror(*state));
}

static void exchange(const void *argument) {
  running = argument;
  Gsasl_session *client, *server;
  int started = gsasl_client_start(library, running->name, &client) == GSASL_OK &&
                gsasl_server_start(library, running->name, &server) == GSASL_OK;
  expect(started, running->name, "cannot start");

  char *response = NULL, *challenge = NULL;
  size_t response_length = 0, challenge_length = 0;
  int ours = GSASL_NEEDS_MORE, theirs = GSASL_NEEDS_MORE;
  if (running->server_first) step(server, NULL, 0, &challenge, &challenge_length, &theirs);
  while (ours != GSASL_OK || theirs != GSASL_OK) {
    if (ours == GSASL_NEEDS_MORE) {
      step(client, challenge, challenge_length, &response, &response_length, &ours);
      free(challenge);
      challenge = NULL;
      challenge_length = 0;
    }
    if (theirs == GSASL_OK) break;
    step(server, response, response_length, &challenge, &challenge_length, &theirs);
    free(response);
    response = NULL;
    response_length = 0;
  }
  free(response);
  free(challenge);
  expect(ours == GSASL_OK && theirs == GSASL_OK, running->name, "not complete");
  gsasl_finish(client);
  gsasl_finish(server);
}

static void base64(char *target, const char *octets, size_t length) {
  char *encoded;
  size_t written;
  gsasl_base64_to(octets, length, &encoded, &written);
  memcpy(target, encoded, written + 1);
  gsasl_free(encoded);
}

static void make_keys(struct keys *made, Gsasl_hash hash) {
  char salted[64], client[64], server[64], stored[64], *salt;
  size_t salt_length, size = gsasl_hash_length(hash);
  gsasl_base64_from(SALT, strlen(SALT), &salt, &salt_length);
  gsasl_scram_secrets_from_password(hash, "pencil", 4096, salt, salt_length, salted, client, server, stored);
  gsasl_free(salt);
  for (size_t i = 0; i < size; i++) sprintf(made->salted + 2 * i, "%02x", (unsigned char)salted[i]);
  base64(made->stored, stored, size);
  base64(made->server, server, size);
}

int main(void) {
  static const struct mechanism plain = {"PLAIN"}, login = {"LOGIN", 1}, cram = {"CRAM-MD5", 1},
      external = {"EXTERNAL"}, anonymous = {"ANONYMOUS"},
      scram1 = {"SCRAM-SHA-1", 0, GSASL_HASH_SHA1, 1}, scram256 = {"SCRAM-SHA-256", 0, GSASL_HASH_SHA256, 1},
      fresh1 = {"SCRAM-SHA-1", 0, GSASL_HASH_SHA1, 0}, fresh256 = {"SCRAM-SHA-256", 0, GSASL_HASH_SHA256, 0};
  static const struct contest contests[] = {
      {"PLAIN", exchange, &plain},           {"LOGIN", exchange, &login},
      {"CRAM-MD5", exchange, &cram},         {"EXTERNAL", exchange, &external},
      {"ANONYMOUS", exchange, &anonymous},   {"SCRAM-SHA-1", exchange, &scram1},
      {"SCRAM-SHA-256", exchange, &scram256}, {"SCRAM-SHA-1-4096", exchange, &fresh1},
      {"SCRAM-SHA-256-4096", exchange, &fresh256},
  };
  expect(gsasl_init(&library) == GSASL_OK, "libgsasl", "cannot initialise");
  gsasl_callback_set(library, answer);
  make_keys(&sha1, GSASL_HASH_SHA1);
  make_keys(&sha256, GSASL_HASH_SHA256);
  return serve(contests, sizeof contests / sizeof *contests);
}
