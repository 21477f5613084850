/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>
#include <cc/base/cc-progress.h>
#include <cc/base/cc-raw-file.h>
#include <cc/store/cc-connection.h>

#include "cc-crypto-private.h"

G_BEGIN_DECLS

/* The end of the name of a file that is being made. */
#define CC_PART_SUFFIX ".part"

struct _CcConnection
{
  sqlite3      *db;
  char         *name;    /* the file's name, for messages */
  gboolean      opening; /* the file is not open yet: failures are those of opening it */
  gboolean      reading; /* it never writes: what fails is no act */
  gboolean      making;  /* there was no such file, or it is a copy under way */
  GHashTable   *idle;    /* SQL text to CcStatement: only statements that nobody uses */
  GQueue        recent;  /* the same, most recently used first */
  GCancellable *cancellable;
  CcProgress   *progress; /* instead of it, for queries of a whole file */
  guint64       progress_total;
  CcRawHold    *hold; /* of the file, while it is open */
};

struct _CcStatement
{
  CcConnection *connection;
  sqlite3_stmt *statement;
  GList         link;  /* in the connection's list of idle statements */
  int           bound; /* first result code of binding that was not OK */
};

void cc_sqlite_wipe_memory (void);

CcConnection *cc_connection_open (const char *path, const CcKey *key, int flags, GError **error);
CcConnection *cc_connection_open_alone (const char *path, const CcKey *key, GError **error);
void          cc_connection_leave_log (CcConnection *self);
void          cc_connection_close (CcConnection *self);
gboolean      cc_connection_fail (CcConnection *self, int code, GError **error);
void          cc_statement_clear (CcStatement *self);
void          cc_connection_set_progress (CcConnection *self, CcProgress *progress, guint64 total);
gboolean      cc_connection_in_transaction (CcConnection *self);
char         *cc_connection_get_text (CcConnection *self, const char *sql, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcConnection, cc_connection_close)

G_END_DECLS
