/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "network-place.h"
#include "store-fixture.h"

/* Another program at work on the same file: this test program, started anew. */
typedef struct
{
  GPid pid;
  int  in;  /* a byte written here: go on; closed: end in order */
  int  out; /* a line read here: done */
} Child;

/* work: "write", "read" (hold it open), "lock" (hold SQLite's own lock, as a program that is not
 * ours), "look" (try to open it, in vain). */
void child_start (Child *child, const char *work, const char *path, Place place);

/* Has it do one act, and waits until that is done. */
void child_act (Child *child);
void child_end (Child *child);

/* "crash-log", "crash-journal": leaves the file unfinished, and returns when that is done. */
void child_crash (const char *work, const char *path, Place place);

/* Ends at once, without any order. */
void child_kill (Child *child);

/* Whether the arguments are those of a child; then it does its work and never returns. */
void child_run (int argc, char **argv);
