/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-dump.h"

#include <string.h>

/* All rows of a table, written out. */
static void
dump_table (CcConnection *connection, const char *table, const char *columns, GString *dump)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat (x, char (10)) FROM (SELECT %s AS x "
                                          "FROM \"%s\" ORDER BY x)",
                                          columns, table);
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, NULL);
  gboolean has_row;

  g_assert_nonnull (rows);
  g_assert_true (cc_statement_step (rows, &has_row, NULL) && has_row);
  g_string_append_printf (dump, "%s\n%s\n", table,
                          cc_statement_is_null (rows, 0) ? "" : cc_statement_text (rows, 0));
}

static char *
list_columns (CcConnection *connection, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat ('quote (\"' || name || '\")', "
                                          "'||'';''||') FROM pragma_table_info "
                                          "('%s')",
                                          table);
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, NULL);
  gboolean has_row;

  g_assert_nonnull (rows);
  g_assert_true (cc_statement_step (rows, &has_row, NULL) && has_row);
  return g_strdup (cc_statement_text (rows, 0));
}

char *
record_dump_make (CcCaseFile *file)
{
  static const char *const more[] = { "answer", "multi_value", "no_value", "identifier",
                                      "source_row" };
  CcPack                  *pack = cc_case_file_get_pack (file);
  CcConnection            *connection = cc_case_file_acquire_reader (file, NULL);
  GString                 *dump = g_string_new (NULL);

  for (guint i = 0; i < cc_pack_get_n_units (pack); i++)
    {
      const char      *name = cc_pack_get_unit (pack, i)->name;
      g_autofree char *columns = list_columns (connection, name);

      if (columns != NULL && strcmp (name, "submission") != 0
          && strcmp (name, "reporting_entity") != 0)
        dump_table (connection, name, columns, dump);
    }
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree char *columns = list_columns (connection, more[i]);

      dump_table (connection, more[i], columns, dump);
    }
  cc_case_file_release_reader (file, connection);
  return g_string_free (dump, FALSE);
}
