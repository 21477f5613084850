/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli-cells.h"

#include <cc/base/cc-error.h>

#include <inttypes.h>
#include <string.h>

/* One record as {uuid, unit, entity, submission, row}. */
static gboolean
add_record (CcCli *cli, CcConnection *connection, gint64 id, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (
      connection,
      "SELECT lower(hex(r.uuid)), r.unit, e.key, r.submission, s.sheet, s.row FROM record r "
      "LEFT JOIN entity e ON e.id = r.entity LEFT JOIN source_row s ON s.id = r.source_row "
      "WHERE r.id = ?1",
      error);
  const CcUnit *unit;
  gboolean      has_row;

  if (!statement)
    return FALSE;
  cc_statement_bind_int64 (statement, 1, id);
  if (!cc_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  unit = cc_pack_find_unit (cli->pack, cc_statement_text (statement, 1));
  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "uuid", cc_statement_text (statement, 0));
  cc_cli_json_text (cli, "unit", unit->name);
  cc_cli_json_text (cli, "entity", cc_statement_text (statement, 2));
  cc_cli_json_int (cli, "submission", cc_statement_int64 (statement, 3));
  cc_cli_json_int (cli, "row", cc_statement_int64 (statement, 5));
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, "  %s  %-10s %s, row %" PRId64, cc_statement_text (statement, 0),
                cc_statement_text (statement, 2) ? cc_statement_text (statement, 2) : "",
                cc_statement_text (statement, 4) ? cc_statement_text (statement, 4) : "",
                cc_statement_int64 (statement, 5));
  return TRUE;
}

static gboolean
add_persons (CcCli *cli, CcConnection *connection, GPtrArray *persons, GError **error)
{
  for (guint i = 0; i < persons->len; i++)
    {
      const CcCellPerson *person = persons->pdata[i];

      for (guint j = 0; j < person->records->len; j++)
        if (!add_record (cli, connection, g_array_index (person->records, gint64, j), error))
          return FALSE;
    }
  return TRUE;
}

/* Why other persons are not in the cell, one line per reason. */
static void
add_reasons (CcCli *cli, const CcCellPersons *persons)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < persons->outside->len; i++)
    {
      const CcCellPerson *person = persons->outside->pdata[i];
      guint               count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, person->reason));

      if (count == 0)
        g_ptr_array_add (keys, (gpointer) person->reason);
      g_hash_table_insert (counts, (gpointer) person->reason, GUINT_TO_POINTER (count + 1));
    }
  cc_cli_json_begin_array (cli, "notes");
  for (guint i = 0; i < keys->len; i++)
    {
      guint            count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, keys->pdata[i]));
      g_autofree char *line =
          g_strdup_printf ("%u: %s", count,
                           cc_texts_get (cli->texts, keys->pdata[i], cli->language));

      cc_cli_json_item (cli, line);
      cc_cli_print (cli, "  %s", line);
    }
  cc_cli_json_end_array (cli);
}

/* The records behind one cell: ROW,COL with the period last in COL ("women,2023"). */
static gboolean
show_cell (CcCli                   *cli,
           CcCaseFile              *file,
           CcQuestionnaire         *questionnaire,
           const CcTableDefinition *table,
           const CcCountOptions    *options,
           const char              *cell,
           GError                 **error)
{
  g_auto (GStrv) parts = g_strsplit (cell, ",", 2);
  g_autofree char *col = NULL;
  const char      *period = NULL;
  g_autoptr (CcCellPersons) persons = NULL;
  CcConnection *connection;
  gboolean      good;

  if (g_strv_length (parts) != 2)
    return cc_cli_usage (error, _ ("--cell takes a row and a column: women,2023."));
  col = g_strdup (parts[1]);
  for (guint i = 0; i < options->periods->len; i++)
    {
      const char *code = g_array_index (options->periods, CcPeriod, i).code;

      if (g_str_equal (col, code) || (g_str_has_prefix (col, code) && col[strlen (code)] == ';'))
        {
          g_autofree char *rest = g_strdup (col[strlen (code)] ? col + strlen (code) + 1 : "total");

          period = code;
          g_free (col);
          col = g_steal_pointer (&rest);
          break;
        }
    }
  persons = cc_count_cell (file, questionnaire, table, options, parts[0], col, period, 0,
                           cli->cancellable, error);
  if (!persons || !(connection = cc_case_file_acquire_reader (file, error)))
    return FALSE;
  cc_cli_print (cli, _ ("%" PRId64 " counted; their records:"), persons->n_inside);
  cc_cli_json_int (cli, "count", persons->n_inside);
  cc_cli_json_begin_array (cli, "records");
  good = add_persons (cli, connection, persons->inside, error);
  cc_cli_json_end_array (cli);
  cc_case_file_release_reader (file, connection);
  cc_cli_print (cli, _ ("%" PRId64 " not in this cell, because:"), persons->n_outside);
  add_reasons (cli, persons);
  return good;
}

/* count FILE --questionnaire ID --table T [--years A-B] [--cell ROW,COL] */
gboolean
cc_cli_count (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *id = NULL, *table_id = NULL, *years = NULL, *cell = NULL;
  const GOptionEntry entries[] = {
    { "questionnaire", 0, 0, G_OPTION_ARG_STRING, &id, N_ ("Questionnaire"), N_ ("ID") },
    { "table", 0, 0, G_OPTION_ARG_STRING, &table_id, N_ ("Table of the questionnaire"), N_ ("ID") },
    { "years", 0, 0, G_OPTION_ARG_STRING, &years, N_ ("First and last year"), N_ ("A-B") },
    { "cell", 0, 0, G_OPTION_ARG_STRING, &cell, N_ ("List the records behind one cell"),
      N_ ("ROW,COL") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  CcQuestionnaire         *questionnaire;
  const CcTableDefinition *table;
  g_autoptr (GArray) periods = NULL;
  CcCountOptions options = { 0 };
  gboolean       good;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !id || !table_id)
    return cc_cli_usage (error, _ ("Please say: count FILE --questionnaire ID --table T "
                                   "--years 2021-2023."));
  if (!(file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error))
      || !cc_cli_choose_years (file, years, &periods, error)
      || !(questionnaire = cc_questionnaire_find (cli->pack, id, NULL, error)))
    return FALSE;
  options.periods = periods;
  table = cc_questionnaire_find_table (questionnaire, table_id);
  if (!table)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   _ ("The questionnaire “%s” has no table “%s”."), id, table_id);
      good = FALSE;
    }
  else if (cell)
    good = show_cell (cli, file, questionnaire, table, &options, cell, error);
  else
    {
      g_autoptr (CcTableResult) result =
          cc_count_table (file, questionnaire, table, &options, cli->cancellable, error);

      good = result != NULL;
      if (good)
        {
          cc_cli_print (cli, "%s  %s", table->id,
                        cc_questionnaire_get_table_title (questionnaire, table, cli->language));
          cc_cli_add_table (cli, result);
          cc_cli_print_table (cli, result);
        }
    }
  cc_questionnaire_unref (questionnaire);
  return good && cc_case_file_close (file, error);
}
