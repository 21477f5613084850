/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-csv.h>
#include <cc/model/cc-data-dir.h>
#include <cc/practice/cc-practice.h>

GPtrArray *
cc_practice_list_countries (GError **error)
{
  g_autoptr (GPtrArray) countries = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = cc_data_dir_build ("practice", "countries.csv", NULL);
  g_autoptr (CcCsvTable) table = cc_csv_table_load (path, error);
  int column;

  if (table == NULL)
    return NULL;
  column = cc_csv_table_find_column (table, "alpha3");
  for (guint row = 0; column >= 0 && row < cc_csv_table_get_n_rows (table); row++)
    g_ptr_array_add (countries, g_strdup (cc_csv_table_get (table, row, column)));
  return g_steal_pointer (&countries);
}
