/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

#include "fault-disk.h"
#include "fault-plan.h"

G_BEGIN_DECLS

/* One operation on a case file, tried with its first call failing, its second, its third ... until
 * the failure no longer happens; and what must be true after each. */

#define FAULT_PASSPHRASE "four quiet river stones"

typedef struct
{
  CcPack     *pack;
  char       *folder;
  char       *path;
  const char *passphrase; /* that the file has if the operation succeeded */
  CcCaseFile *file;       /* open for writing, except before create and open */
  char       *old_hash;   /* content before the operation */
  char       *extra;      /* a file that the operation made, such as a backup */
  char       *damaged;    /* bytes of a file that does not open before the operation */
  gsize       damaged_size;
} FaultTry;

typedef struct
{
  const char *name;
  gboolean    absent;   /* there is no file before */
  gboolean    closed;   /* the file is not opened beforehand */
  gboolean    examines; /* copies are examined in it */
  gboolean    settles;  /* the next opening completes what it did */
  gboolean    network;  /* the file lies on the disk of another machine */
  const char *stored;   /* a file of an older format to begin with, NULL for none */
  /* Before the failures begin; NULL for nothing. Where it closes the file and damages it, it sets
   * `damaged`. */
  void (*prepare) (FaultTry *self);
  gboolean (*run) (FaultTry *self, GError **error);
  /* More that must hold, whether it succeeded or not; the file is closed. NULL for nothing. */
  void (*check) (FaultTry *self, gboolean ok);
  const char *new_passphrase; /* NULL for the same as before */
} FaultOperation;

/* Sets the test program up; makes the file that all tries begin with. */
void fault_loop_init (CcPack *pack, void (*fill) (CcCaseFile *file));
void fault_loop_add (const char *prefix, const FaultOperation *operation);
void fault_loop_free (void);

G_END_DECLS
