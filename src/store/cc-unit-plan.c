/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-unit-plan-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Returns: (transfer full) (nullable): NULL for units that have no table */
CcUnitPlan *
cc_unit_plan_new (CcPack *pack, CcDictionary *dictionary, guint index)
{
  const CcUnit *unit = cc_pack_get_unit (pack, index);
  CcUnitPlan   *self;
  g_autoptr (GString) columns = g_string_new ("record");
  g_autoptr (GString) marks = g_string_new ("?1");
  g_autoptr (GString) match = g_string_new ("record = ?1");
  int n = 1;

  if (!cc_unit_has_table (pack, unit))
    return NULL;
  self = g_new0 (CcUnitPlan, 1);
  self->unit = unit;
  self->index = index;
  self->clustered = cc_unit_is_clustered (unit);
  self->variables = g_ptr_array_new ();
  self->first = g_new0 (int, cc_pack_get_n_variables (pack) + 1);
  self->n_parents = unit->parents != NULL ? g_strv_length (unit->parents) : 0;
  for (guint i = 0; i < self->n_parents; i++)
    {
      g_string_append_printf (columns, ", \"%s\"", unit->parents[i]);
      g_string_append_printf (marks, ", ?%d", ++n);
      g_string_append_printf (match, " AND \"%s\" IS ?%d", unit->parents[i], n);
    }
  if (self->n_parents > 0)
    self->parents_sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE record = ?1",
                                         columns->str + strlen ("record, "), unit->name);
  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);
      const gint64      id = cc_dictionary_get_variable (dictionary, variable);
      const guint       n_columns = cc_variable_get_n_columns (variable);

      if (n_columns == 0 || id == 0 || strcmp (variable->unit, unit->name) != 0)
        continue;
      self->first[variable->index] = n + 1;
      g_ptr_array_add (self->variables, (gpointer) variable);
      for (guint j = 0; j < n_columns; j++)
        {
          g_autofree char *column = cc_variable_get_column (variable, id, j);

          g_string_append_printf (columns, ", %s", column);
          g_string_append_printf (marks, ", ?%d", ++n);
          g_string_append_printf (match, " AND %s IS ?%d", column, n);
        }
    }
  self->insert_sql =
      g_strdup_printf ("INSERT INTO \"%s\" (%s) VALUES (%s)", unit->name, columns->str, marks->str);
  self->select_sql =
      g_strdup_printf ("SELECT %s FROM \"%s\" WHERE record = ?1", columns->str, unit->name);
  self->match_sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE %s", unit->name, match->str);
  self->delete_sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE record = ?1", unit->name);
  return self;
}

void
cc_unit_plan_free (CcUnitPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->variables);
  g_free (self->first);
  g_free (self->insert_sql);
  g_free (self->select_sql);
  g_free (self->match_sql);
  g_free (self->delete_sql);
  g_free (self->parents_sql);
  g_free (self);
}

/* The plan of a unit of this file's pack. */
const CcUnitPlan *
cc_case_file_find_plan (CcCaseFile *self, const CcUnit *unit, GError **error)
{
  for (guint i = 0; i < cc_pack_get_n_units (self->pack); i++)
    if (self->plans[i] != NULL && strcmp (self->plans[i]->unit->name, unit->name) == 0)
      return self->plans[i];
  g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
               "Records of unit “%s” are not kept in this case file. Nothing was changed.",
               unit->name);
  return NULL;
}

static gboolean
read_parents (const CcUnitPlan *plan,
              CcConnection     *connection,
              gint64            record,
              gint64            parents[2],
              GError          **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  parents[0] = parents[1] = 0;
  if (plan->parents_sql == NULL)
    return TRUE;
  find = cc_connection_prepare (connection, plan->parents_sql, error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  for (guint i = 0; has_row && i < MIN (plan->n_parents, 2); i++)
    parents[i] = cc_statement_int64 (find, (int) i);
  return TRUE;
}

/* Returns: (transfer none): NULL with CC_ERROR_NOT_FOUND where there is no such record */
const CcUnitPlan *
cc_case_file_find_record_plan (CcCaseFile   *self,
                               CcConnection *connection,
                               gint64        record,
                               gint64        parents[2],
                               GError      **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT unit FROM record WHERE id = ?1", error);
  const CcUnitPlan *plan = NULL;
  gboolean          has_row;

  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  for (guint i = 0; has_row && plan == NULL && i < cc_pack_get_n_units (self->pack); i++)
    if (self->plans[i] != NULL
        && strcmp (self->plans[i]->unit->abbr, cc_statement_text (find, 0)) == 0)
      plan = self->plans[i];
  if (plan == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "Record %" G_GINT64_FORMAT " is not in this case file.", record);
      return NULL;
    }
  return read_parents (plan, connection, record, parents, error) ? plan : NULL;
}
