/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-retention-dates.h>

#include "cc-pack-private.h"

typedef struct
{
  const char       *from;
  const char       *unit;
  const CcVariable *variable;
} RetentionDate;

/* Loads retention.csv, which a pack may lack: then periods of retention are counted from the day a
 * record was received. Variables are there already. */
gboolean
cc_pack_load_retention_dates (CcPack *self, GError **error)
{
  const char *const columns[] = { "from", "unit", "variable", NULL };
  g_autofree char  *path = g_build_filename (self->directory, "retention.csv", NULL);
  g_autoptr (CcCsvTable) table = NULL;

  self->retention_dates = g_ptr_array_new_with_free_func (g_free);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  table = cc_pack_load_table (self, "retention.csv", columns, error);
  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *from = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "from"));
      const char *unit = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "unit"));
      const char *id = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "variable"));
      const CcVariable *variable = cc_pack_find_variable (self, id);
      RetentionDate    *date;

      if (!cc_pack_find_unit (self, unit))
        return cc_pack_fail (table, row, error, "there is no unit “%s”.", unit);
      if (!variable || variable->type != CC_VARIABLE_DATE || variable->storage != CC_STORAGE_COLUMN)
        return cc_pack_fail (table, row, error, "“%s” is no variable that holds a date.", id);
      date = g_new0 (RetentionDate, 1);
      date->from = cc_pack_keep (self, from);
      date->unit = cc_pack_keep (self, unit);
      date->variable = variable;
      g_ptr_array_add (self->retention_dates, date);
    }
  return TRUE;
}

/**
 * cc_pack_get_retention_dates:
 * @from: what a period of retention is counted from: last-contact, case-closed
 * @unit: name of the unit whose identifiers are kept for that period
 *
 * The dates of which the latest counts. They belong to the unit itself, to rows below it or to a
 * unit that it is linked with.
 *
 * Returns: (transfer container) (element-type CcVariable): empty where the pack has none
 */
GPtrArray *
cc_pack_get_retention_dates (CcPack *self, const char *from, const char *unit)
{
  GPtrArray *variables = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL && from != NULL && unit != NULL, variables);

  for (guint i = 0; i < self->retention_dates->len; i++)
    {
      const RetentionDate *date = self->retention_dates->pdata[i];

      if (g_str_equal (date->from, from) && g_str_equal (date->unit, unit))
        g_ptr_array_add (variables, (gpointer) date->variable);
    }
  return variables;
}
