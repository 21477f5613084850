/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <cc/store/cc-kept.h>

/* Returns: (transfer full) (nullable): NULL where it is not set or an error is set */
char *
cc_store_get_setting (CcConnection *connection, const char *key, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT value FROM setting WHERE key = ?1", error);
  gboolean has_row;

  if (find == NULL)
    return NULL;
  cc_statement_bind_text (find, 1, key);
  if (!cc_statement_step (find, &has_row, error) || !has_row)
    return NULL;
  return g_strdup (cc_statement_text (find, 0));
}

gboolean
cc_act_set_setting (CcAct *act, const char *key, const char *value, GError **error)
{
  g_autoptr (CcStatement) change = NULL;
  g_autofree char *before = NULL;
  GError          *problem = NULL;

  before = cc_store_get_setting (act->connection, key, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (g_strcmp0 (before, value) == 0)
    return TRUE;
  change = cc_connection_prepare (act->connection,
                                  value != NULL ? "INSERT OR REPLACE INTO setting VALUES (?1, ?2)"
                                                : "DELETE FROM setting WHERE key = ?1",
                                  error);
  if (change == NULL)
    return FALSE;
  cc_statement_bind_text (change, 1, key);
  if (value != NULL)
    cc_statement_bind_text (change, 2, value);
  return cc_statement_run (change, error) && cc_act_log (act, "setting", key, before, value, error);
}

void
cc_population_free (CcPopulation *self)
{
  if (self == NULL)
    return;
  g_free (self->sex);
  g_free (self->age_class);
  g_free (self->source);
  g_free (self);
}

static gboolean
set_figure (CcAct *act, const CcPopulation *figure, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;
  g_autofree char *key = NULL;
  g_autofree char *after = NULL;

  insert = cc_connection_prepare (
      act->connection,
      "INSERT INTO population (year, sex, age_class, count, source) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (year, sex, age_class) DO UPDATE SET count = ?4, source = ?5",
      error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, figure->year);
  cc_statement_bind_text (insert, 2, figure->sex);
  cc_statement_bind_text (insert, 3, figure->age_class);
  cc_statement_bind_int64 (insert, 4, figure->count);
  cc_statement_bind_text (insert, 5, figure->source);
  key = g_strdup_printf ("%d/%s/%s", figure->year, figure->sex, figure->age_class);
  after = g_strdup_printf ("%" G_GINT64_FORMAT " (%s)", figure->count, figure->source);
  return cc_statement_run (insert, error)
         && cc_act_log (act, "population", key, NULL, after, error);
}

gboolean
cc_act_set_population (CcAct *act, GPtrArray *figures, GError **error)
{
  for (guint i = 0; i < figures->len; i++)
    if (!set_figure (act, g_ptr_array_index (figures, i), error))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (element-type CcPopulation): by year, sex and age class */
GPtrArray *
cc_store_list_population (CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) figures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_population_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT year, sex, age_class, count, source FROM population"
                                " ORDER BY year, sex, age_class",
                                error);
  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      CcPopulation *figure;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      figure = g_new0 (CcPopulation, 1);
      figure->year = (int) cc_statement_int64 (rows, 0);
      figure->sex = g_strdup (cc_statement_text (rows, 1));
      figure->age_class = g_strdup (cc_statement_text (rows, 2));
      figure->count = cc_statement_int64 (rows, 3);
      figure->source = g_strdup (cc_statement_text (rows, 4));
      g_ptr_array_add (figures, figure);
    }
  return g_steal_pointer (&figures);
}
