// A contestant in C: each line of standard input is "CASE SECONDS", and is answered with exchanges a second of CPU
// time, or "-" where the case is unknown.
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// One whole exchange. Ends the process unless the login worked.
typedef void (*exchange_fn)(const void *argument);

struct contest {
  const char *name;
  exchange_fn exchange;
  const void *argument;
};

static double cpu_seconds(void) {
  struct timespec spent;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return spent.tv_sec + spent.tv_nsec * 1e-9;
}

static void expect(int good, const char *what, const char *detail) {
  if (good) return;
  fprintf(stderr, "%s: %s\n", what, detail ? detail : "failed");
  exit(1);
}

static double rate(const struct contest *contest, double seconds) {
  contest->exchange(contest->argument);
  double start = cpu_seconds(), spent;
  long done = 0, batch = 1;
  for (;;) {
    for (long i = 0; i < batch; i++) contest->exchange(contest->argument);
    done += batch;
    spent = cpu_seconds() - start;
    if (spent >= seconds) return done / spent;
    if (spent < seconds / 20) batch *= 2;
  }
}

static int serve(const struct contest *contests, size_t count) {
  char name[64];
  double seconds;
  while (scanf("%63s %lf", name, &seconds) == 2) {
    const struct contest *found = NULL;
    for (size_t i = 0; i < count; i++)
      if (!strcmp(contests[i].name, name)) found = &contests[i];
    if (found)
      printf("%.1f\n", rate(found, seconds));
    else
      puts("-");
    fflush(stdout);
  }
  return 0;
}
