/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-load.h"

#include "cc-history-entry.h"
#include "cc-history-texts.h"

void
cc_history_query_free (CcHistoryQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->text);
  g_free (self);
}

void
cc_history_list_free (CcHistoryList *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->acts, g_array_unref);
  g_strfreev (self->users);
  g_free (self);
}

static GArray *
find_life (CcConnection *connection, gint64 record, GError **error)
{
  g_autoptr (GPtrArray) life = cc_history_list_record (connection, record, error);
  GArray *acts;

  if (life == NULL)
    return NULL;
  acts = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < life->len; i++)
    g_array_append_val (acts, ((CcHistoryAct *) g_ptr_array_index (life, i))->seq);
  return acts;
}

static GArray *
find_acts (CcConnection *connection, const CcHistoryQuery *query, GError **error)
{
  g_auto (GStrv) present = cc_history_list_names (connection, error);
  g_auto (GStrv) names = NULL;
  CcHistoryFilter filter = { .user = query->user, .text = query->text };

  if (present == NULL)
    return NULL;
  names = cc_history_get_kind_names (query->kind, (const char *const *) present);
  filter.names = (const char *const *) names;
  return cc_history_find (connection, &filter, error);
}

gpointer
cc_history_read_list (CcSession    *session,
                      CcConnection *connection,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  const CcHistoryQuery *query = data;
  g_autoptr (CcHistoryList) list = g_new0 (CcHistoryList, 1);

  list->users = cc_history_list_users (connection, error);
  if (list->users == NULL)
    return NULL;
  list->acts = query->record != 0 ? find_life (connection, query->record, error)
                                  : find_acts (connection, query, error);
  if (list->acts == NULL)
    return NULL;
  for (guint i = 0; i < list->acts->len; i++)
    if (g_array_index (list->acts, gint64, i) == query->seek)
      list->seek = query->seek;
  return g_steal_pointer (&list);
}

GPtrArray *
cc_history_read_entries (CcCaseFile   *file,
                         CcConnection *connection,
                         gpointer      data,
                         const gint64 *acts,
                         guint         n_acts,
                         GError      **error)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_history_entry_free);

  for (guint i = 0; i < n_acts; i++)
    {
      g_autoptr (GError) problem = NULL;
      CcHistoryEntry *entry = cc_history_entry_load (connection, acts[i], &problem);

      if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      /* One that a damaged page holds takes none of the others along. */
      g_ptr_array_add (entries, entry != NULL ? entry : cc_history_entry_new_unreadable (acts[i]));
    }
  return g_steal_pointer (&entries);
}
