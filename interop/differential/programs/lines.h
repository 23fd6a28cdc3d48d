// A peer as a program: each line of standard input asks for something, and is answered with one line.
//
//   client MECHANISM field=HEX …     begins that half; one of each at a time        ok | fail TEXT
//   server MECHANISM field=HEX …
//   c MESSAGE | s MESSAGE            one step of it                                 more MESSAGE | done MESSAGE [AUTHCID AUTHZID] | fail TEXT
//   prepare stored|query MESSAGE     SASLprep                                       done MESSAGE | fail TEXT
//
// A MESSAGE is "-" where there is none, or "=" and its octets in hexadecimal.
#pragma once
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct octets {
  int present;
  size_t length;
  char *data;  // followed by a NUL
};

enum { MOST_FIELDS = 16 };

struct fields {
  int count;
  const char *names[MOST_FIELDS];
  struct octets values[MOST_FIELDS];
};

static int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

static struct octets from_hex(const char *hex) {
  size_t length = strlen(hex) / 2;
  struct octets octets = {1, length, malloc(length + 1)};
  for (size_t i = 0; i < length; i++) octets.data[i] = (char)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
  octets.data[length] = 0;
  return octets;
}

static struct octets message(const char *word) {
  if (word && *word == '=') return from_hex(word + 1);
  return (struct octets){0, 0, NULL};
}

static void print_octets(int present, const char *data, size_t length) {
  putchar(present ? '=' : '-');
  for (size_t i = 0; present && i < length; i++) printf("%02x", (unsigned char)data[i]);
}

static inline void print_text(const char *text) { print_octets(text != NULL, text, text ? strlen(text) : 0); }

static void reply(const char *word, int present, const char *data, size_t length) {
  printf("%s ", word);
  print_octets(present, data, length);
}

static void failed(const char *why) { printf("fail %s", why ? why : "no reason given"); }

static const struct octets *field(const struct fields *fields, const char *name) {
  for (int i = 0; i < fields->count; i++)
    if (!strcmp(fields->names[i], name)) return &fields->values[i];
  return NULL;
}

static inline const char *text_field(const struct fields *fields, const char *name) {
  const struct octets *found = field(fields, name);
  return found ? found->data : NULL;
}

static void forget(struct fields *fields) {
  for (int i = 0; i < fields->count; i++) free(fields->values[i].data), free((char *)fields->names[i]);
  fields->count = 0;
}

static void read_fields(struct fields *fields) {
  forget(fields);
  for (char *word; fields->count < MOST_FIELDS && (word = strtok(NULL, " \n"));) {
    char *equals = strchr(word, '=');
    if (!equals) continue;
    *equals = 0;
    fields->names[fields->count] = strdup(word);
    fields->values[fields->count++] = from_hex(equals + 1);
  }
}

// What a peer's program defines: each prints a reply without its end of line.
static void begin(int is_server, const char *mechanism);
static void step(int is_server, struct octets input);
static void prepare(const char *form, struct octets input);

static struct fields fields_of[2];

static int answer_lines(void) {
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, stdin) > 0) {
    char *word = strtok(line, " \n");
    if (!word) continue;
    if (!strcmp(word, "client") || !strcmp(word, "server")) {
      int is_server = *word == 's';
      char *mechanism = strtok(NULL, " \n");
      read_fields(&fields_of[is_server]);
      begin(is_server, mechanism);
    } else if (!strcmp(word, "c") || !strcmp(word, "s")) {
      struct octets input = message(strtok(NULL, " \n"));
      step(*word == 's', input);
      free(input.data);
    } else {
      char *form = strtok(NULL, " \n");
      struct octets input = message(strtok(NULL, " \n"));
      prepare(form, input);
      free(input.data);
    }
    putchar('\n');
    fflush(stdout);
  }
  return 0;
}
