/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-load.h"

#include "cc-history-entry.h"
#include "cc-history-texts.h"

#include <cc/base/cc-text.h>

#include <string.h>

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

/* An act as a list shows it. */
static CcHistoryEntry *
load_entry (CcConnection *connection, gint64 act, GError **error)
{
  g_autoptr (GError) problem = NULL;
  CcHistoryEntry *entry = cc_history_entry_load (connection, act, &problem);

  if (entry != NULL)
    return entry;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  /* One that a damaged page holds takes none of the others along. */
  return cc_history_entry_new_unreadable (act);
}

/* Whether the sentence of an act or its day, as they are shown, has a folded text in it. */
static gboolean
is_said (CcSession *session, const CcHistoryEntry *entry, const char *folded)
{
  g_autofree char *sentence = cc_history_describe (session, entry);
  g_autofree char *day = entry->gist != CC_GIST_UNREADABLE
                             ? cc_session_format_time (session, entry->act->time)
                             : g_strdup ("");
  g_autofree char *shown = cc_text_fold (sentence);
  g_autofree char *when = cc_text_fold (day);

  return strstr (shown, folded) != NULL || strstr (when, folded) != NULL;
}

/* Those of `all` that are in `found`, or that say the text in the words of the window. Both are
 * ordered, newest first. */
static GArray *
add_said (CcSession    *session,
          CcConnection *connection,
          GArray       *all,
          GArray       *found,
          const char   *text,
          GCancellable *cancellable,
          GError      **error)
{
  g_autofree char *folded = cc_text_fold (text);
  g_autoptr (GArray) acts = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint next = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const gint64 act = g_array_index (all, gint64, i);
      g_autoptr (CcHistoryEntry) entry = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (next < found->len && g_array_index (found, gint64, next) == act)
        {
          g_array_append_val (acts, act);
          next++;
          continue;
        }
      entry = *folded != '\0' ? load_entry (connection, act, error) : NULL;
      if (entry == NULL && *folded != '\0')
        return NULL;
      if (entry != NULL && is_said (session, entry, folded))
        g_array_append_val (acts, act);
    }
  return g_steal_pointer (&acts);
}

/* What was noted is searched as it is, and the words of the act as they are shown: its own word is
 * English and for machines. */
static GArray *
find_acts (CcSession            *session,
           CcConnection         *connection,
           const CcHistoryQuery *query,
           GCancellable         *cancellable,
           GError              **error)
{
  g_auto (GStrv) present = cc_history_list_names (connection, error);
  g_auto (GStrv) names = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) all = NULL;
  CcHistoryFilter filter = { .user = query->user, .text = query->text, .not_in_word = TRUE };

  if (present == NULL)
    return NULL;
  names = cc_history_get_kind_names (query->kind, (const char *const *) present);
  filter.names = (const char *const *) names;
  found = cc_history_find (connection, &filter, error);
  if (found == NULL || query->text == NULL)
    return g_steal_pointer (&found);
  filter.text = NULL;
  all = cc_history_find (connection, &filter, error);
  return all != NULL ? add_said (session, connection, all, found, query->text, cancellable, error)
                     : NULL;
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
                                  : find_acts (session, connection, query, cancellable, error);
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
      CcHistoryEntry *entry = load_entry (connection, acts[i], error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}
