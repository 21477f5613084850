/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cc-history-item.h"

G_BEGIN_DECLS

#define CC_TYPE_HISTORY_MODEL (cc_history_model_get_type ())
G_DECLARE_FINAL_TYPE (CcHistoryModel, cc_history_model, CC, HISTORY_MODEL, GObject)

/* Which acts are listed. */
typedef struct
{
  guint  kind;   /* of cc_history_get_kind_label () */
  char  *user;   /* NULL: everybody */
  char  *text;   /* NULL: all */
  gint64 record; /* not 0: the life of this record, and nothing else counts */
  gint64 seek;   /* an act whose place is wanted, 0 for none */
} CcHistoryQuery;

void cc_history_query_free (CcHistoryQuery *self);

/* A GListModel of CcHistoryItem, newest first. Only the places that are looked at are read, forty
 * at a time, off the main loop. */
CcHistoryModel *cc_history_model_new (void);

/* Lists anew; what was listed stays until the new list is counted. Finish gives the place of the
 * act sought, GTK_INVALID_LIST_POSITION where it is not in the list. */
void     cc_history_model_load_async (CcHistoryModel     *self,
                                      CcSession          *session,
                                      CcHistoryQuery     *query,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean cc_history_model_load_finish (CcHistoryModel *self,
                                       GAsyncResult   *result,
                                       guint          *place,
                                       GError        **error);

/* The names people gave, as of the last load; borrowed. */
const char *const *cc_history_model_get_users (CcHistoryModel *self);

G_END_DECLS
