// GNU SASL's halves (libgsasl), and its SASLprep.
#include <gsasl.h>
#include "lines.h"

static Gsasl *library;
static Gsasl_session *sessions[2];

static int has_account(Gsasl_session *session, const struct fields *account) {
  const char *authcid = gsasl_property_fast(session, GSASL_AUTHID), *name = text_field(account, "name");
  return authcid && name && !strcmp(authcid, name);
}

static int set(Gsasl_session *session, Gsasl_property property, const struct octets *value) {
  if (!value) return GSASL_NO_CALLBACK;
  return gsasl_property_set_raw(session, property, value->data, value->length);
}

static int set_base64(Gsasl_session *session, Gsasl_property property, const char *data, size_t length) {
  char *encoded;
  if (gsasl_base64_to(data, length, &encoded, NULL) != GSASL_OK) return GSASL_NO_CALLBACK;
  int result = gsasl_property_set(session, property, encoded);
  gsasl_free(encoded);
  return result;
}

static Gsasl_hash hash_of(Gsasl_session *session) {
  return strstr(gsasl_mechanism_name(session), "SHA-256") ? GSASL_HASH_SHA256 : GSASL_HASH_SHA1;
}

// The keys, as a server holds them that does not know the password.
static int set_key(Gsasl_session *session, const struct fields *account, Gsasl_property property) {
  if (!text_field(account, "keys") || !has_account(session, account)) return GSASL_NO_CALLBACK;
  char salted[GSASL_HASH_MAX_SIZE], client[GSASL_HASH_MAX_SIZE], server[GSASL_HASH_MAX_SIZE], stored[GSASL_HASH_MAX_SIZE];
  const struct octets *salt = field(account, "salt");
  Gsasl_hash hash = hash_of(session);
  int made = gsasl_scram_secrets_from_password(hash, text_field(account, "password"), atoi(text_field(account, "iterations")),
                                               salt->data, salt->length, salted, client, server, stored);
  if (made != GSASL_OK) return GSASL_NO_CALLBACK;
  return set_base64(session, property, property == GSASL_SCRAM_STOREDKEY ? stored : server, gsasl_hash_length(hash));
}

static int binding(Gsasl_session *session, const struct fields *fields, Gsasl_property property) {
  const char *type = text_field(fields, "cbtype");
  const struct octets *data = field(fields, "cb");
  const char *wanted = property == GSASL_CB_TLS_UNIQUE ? "tls-unique" : "tls-exporter";
  if (!type || !data || strcmp(type, wanted)) return GSASL_NO_CALLBACK;
  return set_base64(session, property, data->data, data->length);
}

static int answer_client(Gsasl_session *session, const struct fields *fields, Gsasl_property property) {
  switch ((int)property) {
    case GSASL_AUTHID: return set(session, property, field(fields, "name"));
    case GSASL_AUTHZID: return set(session, property, field(fields, "authzid"));
    case GSASL_PASSWORD: return set(session, property, field(fields, "password"));
    case GSASL_ANONYMOUS_TOKEN: return set(session, property, field(fields, "trace"));
    case GSASL_CB_TLS_UNIQUE:
    case GSASL_CB_TLS_EXPORTER: return binding(session, fields, property);
    default: return GSASL_NO_CALLBACK;
  }
}

static int answer_server(Gsasl_session *session, const struct fields *account, Gsasl_property property) {
  const struct octets *salt = field(account, "salt");
  switch ((int)property) {
    case GSASL_PASSWORD:
      return has_account(session, account) && !text_field(account, "keys")
                 ? set(session, property, field(account, "password"))
                 : GSASL_NO_CALLBACK;
    case GSASL_SCRAM_ITER: return set(session, property, field(account, "iterations"));
    case GSASL_SCRAM_SALT:
      return salt ? set_base64(session, property, salt->data, salt->length) : GSASL_NO_CALLBACK;
    case GSASL_SCRAM_STOREDKEY:
    case GSASL_SCRAM_SERVERKEY: return set_key(session, account, property);
    case GSASL_CB_TLS_UNIQUE:
    case GSASL_CB_TLS_EXPORTER: return binding(session, account, property);
    case GSASL_VALIDATE_ANONYMOUS: return GSASL_OK;
    case GSASL_VALIDATE_EXTERNAL: return text_field(account, "external") ? GSASL_OK : GSASL_AUTHENTICATION_ERROR;
    default: return GSASL_NO_CALLBACK;
  }
}

static int answer(Gsasl *context, Gsasl_session *session, Gsasl_property property) {
  (void)context;
  return session == sessions[1] ? answer_server(session, &fields_of[1], property)
                                : answer_client(session, &fields_of[0], property);
}

static void begin(int is_server, const char *mechanism) {
  if (sessions[is_server]) gsasl_finish(sessions[is_server]);
  sessions[is_server] = NULL;
  int result = (is_server ? gsasl_server_start : gsasl_client_start)(library, mechanism, &sessions[is_server]);
  if (result == GSASL_OK)
    printf("ok");
  else
    failed(gsasl_strerror(result));
}

static void step(int is_server, struct octets input) {
  char *output = NULL;
  size_t length = 0;
  Gsasl_session *session = sessions[is_server];
  int result = gsasl_step(session, input.data, input.length, &output, &length);
  if (result != GSASL_OK && result != GSASL_NEEDS_MORE) {
    failed(gsasl_strerror(result));
    return;
  }
  reply(result == GSASL_OK ? "done" : "more", output != NULL, output, length);
  gsasl_free(output);
  if (!is_server || result != GSASL_OK) return;
  int external = !strcmp(gsasl_mechanism_name(session), "EXTERNAL");
  putchar(' ');
  print_text(external ? text_field(&fields_of[1], "external") : gsasl_property_fast(session, GSASL_AUTHID));
  putchar(' ');
  print_text(gsasl_property_fast(session, GSASL_AUTHZID));
}

static void prepare(const char *form, struct octets input) {
  char *prepared = NULL;
  int result = gsasl_saslprep(input.data, strcmp(form, "query") ? 0 : GSASL_ALLOW_UNASSIGNED, &prepared, NULL);
  if (result == GSASL_OK)
    reply("done", 1, prepared, strlen(prepared));
  else
    failed(gsasl_strerror(result));
  gsasl_free(prepared);
}

int main(void) {
  if (gsasl_init(&library) != GSASL_OK) return 1;
  gsasl_callback_set(library, answer);
  return answer_lines();
}
