// Cyrus SASL's halves (libsasl2), with one account in a directory of our own.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sasl/sasl.h>
#include <sasl/saslplug.h>
#include <sasl/saslutil.h>
#include "lines.h"

static sasl_conn_t *connections[2];
static int started[2];
static char mechanisms[2][64];
static sasl_channel_binding_t bindings[2];

static const EVP_MD *hash_of(const char *mechanism) {
  if (strstr(mechanism, "SHA-512")) return EVP_sha512();
  if (strstr(mechanism, "SHA-384")) return EVP_sha384();
  if (strstr(mechanism, "SHA-256")) return EVP_sha256();
  if (strstr(mechanism, "SHA-224")) return EVP_sha224();
  return EVP_sha1();
}

static int append64(char *text, int at, const unsigned char *data, size_t length) {
  return at + EVP_EncodeBlock((unsigned char *)text + at, data, (int)length);
}

// SCRAM-SHA-256$4096:salt$StoredKey:ServerKey (RFC 5803). Cyrus has no function that makes it of a password.
static int stored_keys(char *text, const struct fields *account) {
  const EVP_MD *hash = hash_of(mechanisms[1]);
  unsigned size = EVP_MD_size(hash);
  unsigned char salted[64], client[64], stored[64], server[64];
  const struct octets *password = field(account, "password"), *salt = field(account, "salt");
  int iterations = atoi(text_field(account, "iterations"));
  PKCS5_PBKDF2_HMAC(password->data, password->length, (unsigned char *)salt->data, salt->length, iterations, hash, size,
                    salted);
  HMAC(hash, salted, size, (unsigned char *)"Client Key", 10, client, NULL);
  HMAC(hash, salted, size, (unsigned char *)"Server Key", 10, server, NULL);
  EVP_Digest(client, size, stored, NULL, hash, NULL);
  char name[64];
  strcpy(name, mechanisms[1]);
  char *plus = strstr(name, "-PLUS");
  if (plus) *plus = 0;
  int at = sprintf(text, "%s$%d:", name, iterations);
  at = append64(text, at, (unsigned char *)salt->data, salt->length);
  text[at++] = '$';
  at = append64(text, at, stored, size);
  text[at++] = ':';
  return append64(text, at, server, size);
}

static void fill(sasl_server_params_t *params, const char *property) {
  const struct fields *account = &fields_of[1];
  const sasl_utils_t *utils = params->utils;
  const char *name = *property == '*' ? property + 1 : property;
  const struct octets *password = field(account, "password");
  int keys = text_field(account, "keys") != NULL;
  if (!keys && password && !strcmp(name, "userPassword"))
    utils->prop_set(params->propctx, property, password->data, password->length);
  if (keys && password && !strcmp(name, "authPassword")) {
    char text[2048];
    utils->prop_set(params->propctx, property, text, stored_keys(text, account));
  }
}

static int lookup(void *glob, sasl_server_params_t *params, unsigned flags, const char *user, unsigned length) {
  (void)glob;
  const struct octets *name = field(&fields_of[1], "name");
  int authorization = flags & SASL_AUXPROP_AUTHZID;
  if (authorization || !strcmp(mechanisms[1], "ANONYMOUS")) return SASL_OK;
  if (!name || name->length != length || memcmp(name->data, user, length)) return SASL_NOUSER;
  for (const struct propval *p = params->utils->prop_get(params->propctx); p && p->name; p++)
    if (!p->values && *p->name == '*') fill(params, p->name);
  return SASL_OK;
}

static sasl_auxprop_plug_t directory = {.auxprop_lookup = lookup, .name = (char *)"memory"};

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
  else if (!strcmp(name, "scram_iteration_counter") && text_field(&fields_of[1], "iterations"))
    *value = text_field(&fields_of[1], "iterations");
  else return SASL_FAIL;
  if (length) *length = strlen(*value);
  return SASL_OK;
}

static int quiet(void *context, int level, const char *text) {
  (void)context, (void)level, (void)text;
  return SASL_OK;
}

// Anybody may act as anybody: what is compared is who came in and as whom.
static int allow(sasl_conn_t *connection, void *context, const char *user, unsigned user_length, const char *auth,
                 unsigned auth_length, const char *realm, unsigned realm_length, struct propctx *properties) {
  (void)connection, (void)context, (void)user, (void)user_length, (void)auth, (void)auth_length;
  (void)realm, (void)realm_length, (void)properties;
  return SASL_OK;
}

static int name_of(void *context, int id, const char **value, unsigned *length) {
  (void)context;
  const char *anonymous = text_field(&fields_of[0], "trace");
  const struct octets *found = field(&fields_of[0], id == SASL_CB_AUTHNAME ? (anonymous ? "trace" : "name") : "authzid");
  *value = found ? found->data : "";
  if (length) *length = found ? found->length : 0;
  return SASL_OK;
}

static int secret_of(sasl_conn_t *connection, void *context, int id, sasl_secret_t **value) {
  (void)connection, (void)context, (void)id;
  static sasl_secret_t *secret;
  const struct octets *password = field(&fields_of[0], "password");
  if (!password) return SASL_FAIL;
  secret = realloc(secret, sizeof *secret + password->length + 1);
  secret->len = password->length;
  memcpy(secret->data, password->data, password->length + 1);
  *value = secret;
  return SASL_OK;
}

typedef int (*callback)(void);
static sasl_callback_t server_callbacks[] = {{SASL_CB_GETOPT, (callback)option, NULL},
                                             {SASL_CB_LOG, (callback)quiet, NULL},
                                             {SASL_CB_PROXY_POLICY, (callback)allow, NULL},
                                             {SASL_CB_LIST_END, NULL, NULL}};
static sasl_callback_t client_callbacks[] = {
    {SASL_CB_GETOPT, (callback)option, NULL},    {SASL_CB_LOG, (callback)quiet, NULL},
    {SASL_CB_AUTHNAME, (callback)name_of, NULL}, {SASL_CB_USER, (callback)name_of, NULL},
    {SASL_CB_PASS, (callback)secret_of, NULL},   {SASL_CB_LIST_END, NULL, NULL}};

static void configure(int is_server) {
  sasl_conn_t *connection = connections[is_server];
  const struct fields *fields = &fields_of[is_server];
  sasl_security_properties_t no_layer = {0};
  sasl_setprop(connection, SASL_SEC_PROPS, &no_layer);
  const char *external = text_field(fields, "external");
  if (external) {
    sasl_ssf_t strength = 128;
    sasl_setprop(connection, SASL_SSF_EXTERNAL, &strength);
    sasl_setprop(connection, SASL_AUTH_EXTERNAL, external);
  }
  const struct octets *data = field(fields, "cb");
  if (!data) return;
  // What it does with an empty name is not asked for: a binding always comes with its type.
  bindings[is_server] = (sasl_channel_binding_t){
      text_field(fields, "cbtype"), 0, data->length, (const unsigned char *)data->data};
  sasl_setprop(connection, SASL_CHANNEL_BINDING, &bindings[is_server]);
}

static void begin(int is_server, const char *mechanism) {
  sasl_conn_t **connection = &connections[is_server];
  if (*connection) sasl_dispose(connection);
  *connection = NULL;
  started[is_server] = 0;
  snprintf(mechanisms[is_server], sizeof mechanisms[is_server], "%s", mechanism);
  int result = is_server ? sasl_server_new("imap", "localhost", NULL, NULL, NULL, server_callbacks, SASL_SUCCESS_DATA, connection)
                         : sasl_client_new("imap", "localhost", NULL, NULL, client_callbacks, SASL_SUCCESS_DATA, connection);
  if (result != SASL_OK) {
    failed(sasl_errstring(result, NULL, NULL));
    return;
  }
  configure(is_server);
  printf("ok");
}

static int take(int is_server, struct octets input, const char **output, unsigned *length) {
  sasl_conn_t *connection = connections[is_server];
  int first = !started[is_server];
  started[is_server] = 1;
  const char *data = input.present ? input.data : NULL, *chosen;
  if (is_server)
    return first ? sasl_server_start(connection, mechanisms[1], data, input.length, output, length)
                 : sasl_server_step(connection, data, input.length, output, length);
  if (!first) return sasl_client_step(connection, data, input.length, NULL, output, length);
  return sasl_client_start(connection, mechanisms[0], NULL, output, length, &chosen);
}

static void print_property(int property) {
  const void *value = NULL;
  putchar(' ');
  print_text(sasl_getprop(connections[1], property, &value) == SASL_OK ? value : NULL);
}

static void step(int is_server, struct octets input) {
  const char *output = NULL;
  unsigned length = 0;
  int result = take(is_server, input, &output, &length);
  if (result != SASL_OK && result != SASL_CONTINUE) {
    char why[256];
    snprintf(why, sizeof why, "%s", sasl_errdetail(connections[is_server]));
    for (char *c = why; *c; c++)
      if (*c == '\n' || *c == '\r') *c = ' ';
    failed(why);
    return;
  }
  reply(result == SASL_OK ? "done" : "more", output != NULL, output, length);
  if (!is_server || result != SASL_OK) return;
  print_property(SASL_AUTHUSER);
  print_property(SASL_USERNAME);
}

static void prepare(const char *form, struct octets input) {
  (void)form, (void)input;
  failed("Cyrus has no SASLprep");
}

int main(void) {
  if (sasl_client_init(client_callbacks) != SASL_OK || sasl_server_init(server_callbacks, "differential") != SASL_OK) return 1;
  if (sasl_auxprop_add_plugin("memory", register_directory) != SASL_OK) return 1;
  return answer_lines();
}
