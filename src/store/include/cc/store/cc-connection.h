/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One connection to an open case file and its statement cache. A connection belongs to one thread
 * at a time. Statements are always prepared and bound; no SQL is built from values. */
typedef struct _CcConnection CcConnection;
typedef struct _CcStatement  CcStatement;

CcStatement *cc_connection_prepare (CcConnection *self, const char *sql, GError **error);
gboolean     cc_connection_execute (CcConnection *self, const char *sql, GError **error);
gint64       cc_connection_last_id (CcConnection *self);
gint64
cc_connection_get_int64 (CcConnection *self, const char *sql, gint64 fallback, GError **error);

/* Queries on the connection stop with G_IO_ERROR_CANCELLED when it is cancelled; NULL ends that. */
void cc_connection_set_cancellable (CcConnection *self, GCancellable *cancellable);

/* Binding counts from 1, columns from 0. Texts and blobs are copied at binding; results are valid
 * until the next step. A released statement goes back to the cache. */
void          cc_statement_bind_int64 (CcStatement *self, int index, gint64 value);
void          cc_statement_bind_double (CcStatement *self, int index, double value);
void          cc_statement_bind_text (CcStatement *self, int index, const char *value);
void          cc_statement_bind_blob (CcStatement *self, int index, gconstpointer data, gsize size);
void          cc_statement_bind_null (CcStatement *self, int index);
gboolean      cc_statement_step (CcStatement *self, gboolean *has_row, GError **error);
gboolean      cc_statement_run (CcStatement *self, GError **error);
GArray       *cc_statement_list_ids (CcStatement *self, GError **error);
void          cc_statement_reset (CcStatement *self);
gboolean      cc_statement_is_null (CcStatement *self, int column);
gint64        cc_statement_int64 (CcStatement *self, int column);
double        cc_statement_double (CcStatement *self, int column);
const char   *cc_statement_text (CcStatement *self, int column);
gboolean      cc_statement_check (CcStatement *self, GError **error);
gconstpointer cc_statement_blob (CcStatement *self, int column, gsize *size);
void          cc_statement_release (CcStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcStatement, cc_statement_release)

G_END_DECLS
