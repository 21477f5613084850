/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"
#include "cc-bind-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

GHashTable *
cc_merge_get_map (CcMerge *self, const char *kind)
{
  GHashTable *map = g_hash_table_lookup (self->maps, kind);

  if (map == NULL)
    {
      map = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      g_hash_table_insert (self->maps, g_strdup (kind), map);
    }
  return map;
}

void
cc_merge_map (CcMerge *self, const char *kind, gint64 there, gint64 here)
{
  g_hash_table_insert (cc_merge_get_map (self, kind), g_memdup2 (&there, sizeof there),
                       g_memdup2 (&here, sizeof here));
}

/* Returns: 0 where it is not here */
gint64
cc_merge_find (CcMerge *self, const char *kind, gint64 there)
{
  const gint64 *here = g_hash_table_lookup (cc_merge_get_map (self, kind), &there);

  return here != NULL ? *here : 0;
}

/* Equal words on both sides are one thing. */
static gboolean
map_by_name (CcMerge *self, const char *kind, const char *sql, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  CcConnection *const sides[] = { self->here, self->there };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (CcStatement) rows = cc_connection_prepare (sides[i], sql, error);
      gboolean has_row = TRUE;

      if (rows == NULL)
        return FALSE;
      while (has_row)
        {
          const gint64 *here;
          gint64        id;

          if (!cc_statement_step (rows, &has_row, error))
            return FALSE;
          if (!has_row)
            break;
          id = cc_statement_int64 (rows, 0);
          if (i == 0)
            g_hash_table_insert (names, g_strdup (cc_statement_text (rows, 1)),
                                 g_memdup2 (&id, sizeof id));
          else if ((here = g_hash_table_lookup (names, cc_statement_text (rows, 1))) != NULL)
            cc_merge_map (self, kind, id, *here);
        }
    }
  return TRUE;
}

/* Variables and codes have the same words in both files, and perhaps other numbers. */
gboolean
cc_merge_codes (CcMerge *self, GError **error)
{
  return map_by_name (self, "variable", "SELECT id, key FROM variable", error)
         && map_by_name (self, "code", "SELECT id, list || ' ' || code FROM code", error);
}

/* Rows of one delivery here, by sheet, number and how often that came before. */
static gboolean
load_delivery (CcMerge *self, gint64 submission, GHashTable *rows, GError **error)
{
  g_autoptr (CcStatement) statement = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_row = TRUE;

  g_hash_table_remove_all (rows);
  statement = cc_connection_prepare (self->here,
                                     "SELECT id, sheet || ' ' || row FROM source_row"
                                     " WHERE submission = ?1 ORDER BY id",
                                     error);
  if (statement == NULL)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, submission);
  while (has_row)
    {
      const char *name;
      gint64      id;
      guint       n;

      if (!cc_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      id = cc_statement_int64 (statement, 0);
      name = cc_statement_text (statement, 1);
      n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, name != NULL ? name : "")) + 1;
      g_hash_table_insert (seen, g_strdup (name != NULL ? name : ""), GUINT_TO_POINTER (n));
      g_hash_table_insert (rows, g_strdup_printf ("%s %u", name != NULL ? name : "", n),
                           g_memdup2 (&id, sizeof id));
    }
  return TRUE;
}

static gboolean
insert_source_row (CcMerge *self, CcStatement *theirs, gint64 submission, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;

  insert = cc_connection_prepare (self->here,
                                  "INSERT INTO source_row (submission, sheet, row, cells, state,"
                                  " reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                  error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, submission);
  cc_statement_bind_text (insert, 2, cc_statement_text (theirs, 2));
  cc_statement_bind_int64 (insert, 3, cc_statement_int64 (theirs, 3));
  cc_statement_bind_text (insert, 4, cc_statement_text (theirs, 4));
  cc_statement_bind_text (insert, 5, cc_statement_text (theirs, 5));
  cc_statement_bind_text (insert, 6, cc_statement_text (theirs, 6));
  if (!cc_statement_run (insert, error))
    return FALSE;
  cc_merge_map (self, "source_row", cc_statement_int64 (theirs, 0),
                cc_connection_last_id (self->here));
  return TRUE;
}

/* A parked row that was decided there is decided here. */
static gboolean
follow_state (CcMerge *self, CcStatement *theirs, gint64 here, GError **error)
{
  g_autoptr (CcStatement) update = NULL;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, cc_statement_int64 (theirs, 0));
  g_autofree char *my_key = g_strdup_printf ("%" G_GINT64_FORMAT, here);
  const CcTouch   *touch = cc_touches_find_row (self->there_touches, "source_row", key);
  const CcTouch   *mine = cc_touches_find_row (self->here_touches, "source_row", my_key);

  if (touch == NULL || (mine != NULL && mine->time >= touch->time))
    return TRUE;
  update = cc_connection_prepare (self->here,
                                  "UPDATE source_row SET state = ?2, reason = ?3 WHERE id = ?1"
                                  " AND (state IS NOT ?2 OR reason IS NOT ?3)",
                                  error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, here);
  cc_statement_bind_text (update, 2, cc_statement_text (theirs, 5));
  cc_statement_bind_text (update, 3, cc_statement_text (theirs, 6));
  return cc_statement_run (update, error);
}

/* Raw rows are never changed: what is known of a delivery is only recognised. */
gboolean
cc_merge_source_rows (CcMerge *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64   delivery = 0;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (self->there,
                                "SELECT id, submission, sheet, row, cells, state, reason,"
                                " coalesce (sheet || ' ' || row, '')"
                                " FROM source_row ORDER BY submission, id",
                                error);
  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      g_autofree char *name = NULL;
      const gint64    *id;
      gint64           here;
      guint            n;

      if (!cc_statement_step (rows, &has_row, error)
          || g_cancellable_set_error_if_cancelled (self->act->cancellable, error))
        return FALSE;
      if (!has_row)
        break;
      here = cc_merge_find (self, "submission", cc_statement_int64 (rows, 1));
      if (here == 0)
        continue;
      if (delivery != cc_statement_int64 (rows, 1))
        {
          delivery = cc_statement_int64 (rows, 1);
          g_hash_table_remove_all (seen);
          if (!load_delivery (self, here, known, error))
            return FALSE;
        }
      n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, cc_statement_text (rows, 7))) + 1;
      g_hash_table_insert (seen, g_strdup (cc_statement_text (rows, 7)), GUINT_TO_POINTER (n));
      name = g_strdup_printf ("%s %u", cc_statement_text (rows, 7), n);
      id = g_hash_table_lookup (known, name);
      if (id != NULL)
        cc_merge_map (self, "source_row", cc_statement_int64 (rows, 0), *id);
      if (!(id != NULL ? follow_state (self, rows, *id, error)
                       : insert_source_row (self, rows, here, error)))
        return FALSE;
    }
  return TRUE;
}
