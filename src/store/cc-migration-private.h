/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>

#include "cc-connection-private.h"

G_BEGIN_DECLS

/* One step from a format to the next. A fresh case file does not take these steps: cc-schema.c
 * creates the newest format at once, and a test compares both ways.
 *
 * How to add a table or a column to the format in the making stands in CONTRIBUTING.md. */
typedef struct
{
  int version; /* that the step leads to */

  /* Statements in order, NULL-terminated. They are frozen with the version: never shared with
   * cc-schema.c, which goes on changing. */
  const char *const *sql;

  /* (nullable): what SQL alone cannot do, after it. */
  gboolean (*func) (CcConnection *connection, CcProgress *progress, GError **error);

  /* (nullable): statements that make a connection which only reads see an older file as if it had
   * been migrated, without a byte of it changed: empty temporary tables under the new tables'
   * names, temporary views over tables that got columns. NULL-terminated. */
  const char *const *look;
} CcMigration;

extern const CcMigration cc_migration_2;

/* Leads a file of format `from` to the newest, in one transaction of its own that is also an act of
 * the chain. progress: (nullable); cancelled or failed, the file is as it was. */
gboolean
cc_migration_run (CcConnection *connection, int from, CcProgress *progress, GError **error);

/* Prepares a connection for reading a file that may be older, see `look`. */
gboolean cc_migration_look (CcConnection *connection, GError **error);

/* Whether a table came with a format later than `from`. */
gboolean cc_migration_makes_table (int from, const char *table);

G_END_DECLS
