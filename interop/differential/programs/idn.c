// GNU Libidn's SASLprep (GNU SASL has its own built from it, or calls it).
#include <stringprep.h>
#include "lines.h"

static void begin(int is_server, const char *mechanism) {
  (void)is_server, (void)mechanism;
  failed("no mechanisms");
}

static void step(int is_server, struct octets input) {
  (void)is_server, (void)input;
  failed("no mechanisms");
}

static void prepare(const char *form, struct octets input) {
  char *prepared = NULL;
  int result = stringprep_profile(input.data, &prepared, "SASLprep", strcmp(form, "query") ? STRINGPREP_NO_UNASSIGNED : 0);
  if (result == STRINGPREP_OK)
    reply("done", 1, prepared, strlen(prepared));
  else
    failed(stringprep_strerror(result));
  free(prepared);
}

int main(void) { return answer_lines(); }
