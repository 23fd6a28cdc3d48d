// Cyrus SASL (libsasl2) as a contestant. Its client cannot keep SCRAM keys: for "keys cached", the least client that can
// be written stands in, so that the figure flatters Cyrus.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sasl/sasl.h>
#include <sasl/saslplug.h>
#include <sasl/saslutil.h>
#include "serve.h"

static const char SALT[] = "W22ZaJ0SNY7soEsUEjb6gQ==";

struct scram {
  const char *name;
  const EVP_MD *(*hash)(void);
  int size;
  unsigned char client_key[64], server_key[64], stored_key[64];
  char stored[400];  // as authPassword holds it: SCRAM-SHA-256$4096:salt$StoredKey:ServerKey
};

static struct scram scrams[] = {
    {.name = "SCRAM-SHA-1", .hash = EVP_sha1},
    {.name = "SCRAM-SHA-256", .hash = EVP_sha256},
    {.name = "SCRAM-SHA-512", .hash = EVP_sha512},
};
enum { SCRAMS = sizeof scrams / sizeof *scrams };

static int by_keys;  // whether the account is held as SCRAM keys, or as cleartext

static void fill(sasl_server_params_t *params, const char *property) {
  const sasl_utils_t *utils = params->utils;
  const char *name = *property == '*' ? property + 1 : property;
  if (!by_keys && !strcmp(name, "userPassword")) utils->prop_set(params->propctx, property, "pencil", 6);
  if (by_keys && !strcmp(name, "authPassword"))
    for (int i = 0; i < SCRAMS; i++)
      utils->prop_set(params->propctx, property, scrams[i].stored, strlen(scrams[i].stored));
}

static int lookup(void *glob, sasl_server_params_t *params, unsigned flags, const char *user, unsigned length) {
  (void)glob;
  if (length < 4 || strncmp(user, "user", 4)) return SASL_NOUSER;
  int authorization = flags & SASL_AUXPROP_AUTHZID;
  for (const struct propval *p = params->utils->prop_get(params->propctx); p && p->name; p++)
    if (!p->values && (*p->name == '*') != !!authorization) fill(params, p->name);
  return SASL_OK;
}

static sasl_auxprop_plug_t directory = {.auxprop_lookup = lookup, .name = "memory"};

static int register_directory(const sasl_utils_t *utils, int max, int *version, sasl_auxprop_plug_t **plug,
                              const char *name) {
  (void)utils, (void)max, (void)name;
  *version = SASL_AUXPROP_PLUG_VERSION;
  *plug = &directory;
  return SASL_OK;
}

static int option(void *context, const char *plugin, const char *name, const char **value, unsigned *length) {
  (void)context, (void)plugin;
  if (!strcmp(name, "auxprop_plugin")) *value = "memory";
  else if (!strcmp(name, "pwcheck_method")) *value = "auxprop";
  else if (!strcmp(name, "log_level")) *value = "0";
  else return SASL_FAIL;
  if (length) *length = strlen(*value);
  return SASL_OK;
}

static int quiet(void *context, int level, const char *message) {
  (void)context, (void)level, (void)message;
  return SASL_OK;
}

static int name_of(void *context, int id, const char **value, unsigned *length) {
  (void)context;
  *value = id == SASL_CB_AUTHNAME ? "user" : "";
  if (length) *length = strlen(*value);
  return SASL_OK;
}

static sasl_secret_t *secret;
static int secret_of(sasl_conn_t *connection, void *context, int id, sasl_secret_t **value) {
  (void)connection, (void)context, (void)id;
  *value = secret;
  return SASL_OK;
}

typedef int (*callback)(void);
static sasl_callback_t server_callbacks[] = {
    {SASL_CB_GETOPT, (callback)option, NULL}, {SASL_CB_LOG, (callback)quiet, NULL}, {SASL_CB_LIST_END, NULL, NULL}};
static sasl_callback_t client_callbacks[] = {
    {SASL_CB_GETOPT, (callback)option, NULL},    {SASL_CB_LOG, (callback)quiet, NULL},
    {SASL_CB_AUTHNAME, (callback)name_of, NULL}, {SASL_CB_USER, (callback)name_of, NULL},
    {SASL_CB_PASS, (callback)secret_of, NULL},   {SASL_CB_LIST_END, NULL, NULL}};

static void configure(sasl_conn_t *connection, const char *mechanism) {
  sasl_security_properties_t no_layer = {0};
  sasl_setprop(connection, SASL_SEC_PROPS, &no_layer);
  if (strcmp(mechanism, "EXTERNAL")) return;
  sasl_ssf_t strength = 128;
  sasl_setprop(connection, SASL_SSF_EXTERNAL, &strength);
  sasl_setprop(connection, SASL_AUTH_EXTERNAL, "user");
}

static void going(int result, const char *mechanism, sasl_conn_t *connection) {
  expect(result == SASL_OK || result == SASL_CONTINUE, mechanism, sasl_errdetail(connection));
}

static void run(const char *mechanism) {
  sasl_conn_t *client, *server;
  expect(sasl_client_new("imap", "localhost", NULL, NULL, client_callbacks, 0, &client) == SASL_OK, mechanism, "client");
  expect(sasl_server_new("imap", "localhost", NULL, NULL, NULL, server_callbacks, 0, &server) == SASL_OK, mechanism,
         "server");
  configure(client, mechanism);
  configure(server, mechanism);

  const char *response = NULL, *challenge = NULL, *chosen;
  unsigned response_length = 0, challenge_length = 0;
  int ours = sasl_client_start(client, mechanism, NULL, &response, &response_length, &chosen);
  going(ours, mechanism, client);
  int theirs = sasl_server_start(server, mechanism, response, response_length, &challenge, &challenge_length);
  going(theirs, mechanism, server);
  while (theirs == SASL_CONTINUE || (ours == SASL_CONTINUE && challenge)) {
    ours = sasl_client_step(client, challenge, challenge_length, NULL, &response, &response_length);
    going(ours, mechanism, client);
    if (theirs == SASL_OK) break;
    theirs = sasl_server_step(server, response, response_length, &challenge, &challenge_length);
    going(theirs, mechanism, server);
  }
  expect(ours == SASL_OK && theirs == SASL_OK, mechanism, "not complete");
  sasl_dispose(&client);
  sasl_dispose(&server);
}

static void with_cleartext(const void *mechanism) {
  by_keys = 0;
  run(mechanism);
}

static void with_keys(const void *mechanism) {
  by_keys = 1;
  run(mechanism);
}

static void server_half(const void *argument) {
  const struct scram *scram = argument;
  static unsigned long nonce;
  sasl_conn_t *server;
  const char *challenge;
  unsigned length;
  char first[128], final[600], message[900];
  unsigned char proof[64];

  by_keys = 1;
  expect(sasl_server_new("imap", "localhost", NULL, NULL, NULL, server_callbacks, SASL_SUCCESS_DATA, &server) == SASL_OK,
         scram->name, "server");
  int first_length = sprintf(first, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO%lu", nonce++);
  int result = sasl_server_start(server, scram->name, first, first_length, &challenge, &length);
  expect(result == SASL_CONTINUE, scram->name, sasl_errdetail(server));

  const char *comma = memchr(challenge, ',', length);
  int at = sprintf(final, "c=biws,%.*s", (int)(comma - challenge), challenge);
  int total = sprintf(message, "%s,%.*s,%s", first + 3, (int)length, challenge, final);
  HMAC(scram->hash(), scram->stored_key, scram->size, (unsigned char *)message, total, proof, NULL);
  for (int i = 0; i < scram->size; i++) proof[i] ^= scram->client_key[i];
  memcpy(final + at, ",p=", 3);
  unsigned encoded;
  sasl_encode64((char *)proof, scram->size, final + at + 3, 200, &encoded);

  result = sasl_server_step(server, final, at + 3 + encoded, &challenge, &length);
  expect(result == SASL_OK && length > 2 && challenge[0] == 'v', scram->name, sasl_errdetail(server));
  sasl_dispose(&server);
}

static void make_keys(struct scram *scram) {
  unsigned char salt[64], salted[64];
  unsigned salt_length, written;
  char stored[128], server[128];
  const EVP_MD *hash = scram->hash();
  scram->size = EVP_MD_size(hash);
  sasl_decode64(SALT, strlen(SALT), (char *)salt, sizeof salt, &salt_length);
  PKCS5_PBKDF2_HMAC("pencil", 6, salt, salt_length, 4096, hash, scram->size, salted);
  HMAC(hash, salted, scram->size, (unsigned char *)"Client Key", 10, scram->client_key, NULL);
  HMAC(hash, salted, scram->size, (unsigned char *)"Server Key", 10, scram->server_key, NULL);
  EVP_Digest(scram->client_key, scram->size, scram->stored_key, NULL, hash, NULL);
  sasl_encode64((char *)scram->stored_key, scram->size, stored, sizeof stored, &written);
  sasl_encode64((char *)scram->server_key, scram->size, server, sizeof server, &written);
  sprintf(scram->stored, "%s$4096:%s$%s:%s", scram->name, SALT, stored, server);
}

int main(void) {
  static const struct contest contests[] = {
      {"PLAIN", with_cleartext, "PLAIN"},
      {"LOGIN", with_cleartext, "LOGIN"},
      {"CRAM-MD5", with_cleartext, "CRAM-MD5"},
      {"EXTERNAL", with_cleartext, "EXTERNAL"},
      {"SCRAM-SHA-1", server_half, &scrams[0]},
      {"SCRAM-SHA-256", server_half, &scrams[1]},
      {"SCRAM-SHA-512", server_half, &scrams[2]},
      {"SCRAM-SHA-1-4096", with_keys, "SCRAM-SHA-1"},
      {"SCRAM-SHA-256-4096", with_keys, "SCRAM-SHA-256"},
      {"SCRAM-SHA-512-4096", with_keys, "SCRAM-SHA-512"},
  };
  secret = malloc(sizeof *secret + 16);
  secret->len = 6;
  strcpy((char *)secret->data, "pencil");
  expect(sasl_client_init(client_callbacks) == SASL_OK, "libsasl2", "cannot initialise the client");
  expect(sasl_server_init(server_callbacks, "bench") == SASL_OK, "libsasl2", "cannot initialise the server");
  expect(sasl_auxprop_add_plugin("memory", register_directory) == SASL_OK, "libsasl2", "cannot add a directory");
  for (int i = 0; i < SCRAMS; i++) make_keys(&scrams[i]);
  return serve(contests, sizeof contests / sizeof *contests);
}
