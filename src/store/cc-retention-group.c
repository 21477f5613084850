/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-purge-private.h"

#include <string.h>

/* The due list in few lines: one for each kind of record and agency. */

void
cc_retention_group_free (CcRetentionGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->entity);
  g_ptr_array_unref (self->goes);
  g_ptr_array_unref (self->stays);
  g_free (self);
}

static void
add_text (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const CcRetentionGroup *x = *(CcRetentionGroup *const *) a;
  const CcRetentionGroup *y = *(CcRetentionGroup *const *) b;
  int                     order = g_strcmp0 (x->entity, y->entity);

  if (order == 0)
    order = strcmp (x->unit, y->unit);
  return order != 0 ? order : x->returned - y->returned;
}

/* Returns: (transfer full) (nullable): the agency as people call it */
static char *
find_name (CcConnection *connection, const char *key, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT name FROM entity WHERE key = ?1", error);
  gboolean has_row = FALSE;

  if (find == NULL)
    return NULL;
  cc_statement_bind_text (find, 1, key);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  return g_strdup (has_row ? cc_statement_text (find, 0) : key);
}

static CcRetentionGroup *
find_group (GHashTable *groups, CcConnection *connection, const CcRetentionDue *due, GError **error)
{
  g_autofree char  *key = g_strdup_printf ("%s|%d|%s", due->unit, due->rule == 0,
                                          due->entity != NULL ? due->entity : "");
  CcRetentionGroup *group = g_hash_table_lookup (groups, key);
  char             *name = NULL;

  if (group != NULL)
    return group;
  if (due->entity != NULL && (name = find_name (connection, due->entity, error)) == NULL)
    return NULL;
  group = g_new0 (CcRetentionGroup, 1);
  group->unit = g_strdup (due->unit);
  group->entity = name;
  group->returned = due->rule == 0;
  group->counted = CC_INTERVAL_UNKNOWN;
  group->goes = g_ptr_array_new_with_free_func (g_free);
  group->stays = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (groups, g_steal_pointer (&key), group);
  return group;
}

static void
count_in (CcRetentionGroup *group, const CcRetentionDue *due)
{
  const CcInterval day = { due->counted, due->counted };

  group->n++;
  if (due->counted != CC_DAY_NONE && !cc_interval_is_known (group->counted))
    group->counted = day;
  else if (due->counted != CC_DAY_NONE)
    {
      group->counted.first = MIN (group->counted.first, due->counted);
      group->counted.last = MAX (group->counted.last, due->counted);
    }
  for (guint i = 0; due->kinds[i] != NULL; i++)
    add_text (group->goes, due->kinds[i]);
}

/* What else points to the persons of these records, and is kept by another rule or by none. */
static gboolean
find_stays (CcConnection *connection, GHashTable *records, GHashTable *dues, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection,
                                                        "SELECT record, kind FROM identifier"
                                                        " WHERE value <> '" CC_PURGED_MARK "'",
                                                        error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      CcRetentionGroup     *group;
      const CcRetentionDue *due;
      gint64                record;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      record = cc_statement_int64 (rows, 0);
      due = g_hash_table_lookup (dues, &record);
      if (due == NULL
          || g_strv_contains ((const char *const *) due->kinds, cc_statement_text (rows, 1)))
        continue;
      group = g_hash_table_lookup (records, &record);
      add_text (group->stays, cc_statement_text (rows, 1));
    }
  return TRUE;
}

GPtrArray *
cc_retention_group_due (CcConnection *connection, GPtrArray *due, GError **error)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) records = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) dues = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_retention_group_free);
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < due->len; i++)
    {
      CcRetentionDue   *item = g_ptr_array_index (due, i);
      CcRetentionGroup *group = find_group (groups, connection, item, error);

      ok = group != NULL;
      if (!ok)
        break;
      if (group->n == 0)
        g_ptr_array_add (list, group);
      count_in (group, item);
      if (item->record != 0)
        {
          g_hash_table_insert (records, &item->record, group);
          g_hash_table_insert (dues, &item->record, item);
        }
    }
  if (!ok || !find_stays (connection, records, dues, error))
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      CcRetentionGroup *group = g_ptr_array_index (list, i);

      g_ptr_array_sort (group->goes, compare_texts);
      g_ptr_array_sort (group->stays, compare_texts);
    }
  g_ptr_array_sort (list, compare_groups);
  return g_steal_pointer (&list);
}
