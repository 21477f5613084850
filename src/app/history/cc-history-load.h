/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session-work.h"

G_BEGIN_DECLS

/* Which acts are listed. */
typedef struct
{
  guint  kind;   /* of cc_history_get_kind_label () */
  char  *user;   /* NULL: everybody */
  char  *text;   /* NULL: all */
  gint64 record; /* not 0: the life of this record, and nothing else counts */
  gint64 seek;   /* an act that is to be chosen, 0 for none */
} CcHistoryQuery;

void cc_history_query_free (CcHistoryQuery *self);

typedef struct
{
  GArray *acts;  /* gint64: their numbers, newest first */
  GStrv   users; /* the names people gave */
  gint64  seek;  /* as asked; 0 where it is not in the list */
} CcHistoryList;

void cc_history_list_free (CcHistoryList *self);

/* A CcReadFunc: data is a CcHistoryQuery, the result a CcHistoryList. */
gpointer cc_history_read_list (CcSession    *session,
                               CcConnection *connection,
                               gpointer      data,
                               GCancellable *cancellable,
                               GError      **error);

/* A CcLazyRead without data: rows are CcHistoryEntry. */
GPtrArray *cc_history_read_entries (CcCaseFile   *file,
                                    CcConnection *connection,
                                    gpointer      data,
                                    const gint64 *acts,
                                    guint         n_acts,
                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryQuery, cc_history_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryList, cc_history_list_free)

G_END_DECLS
