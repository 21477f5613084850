/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include "cc-cli-import.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <inttypes.h>

static void
add_counts (CcCli *cli, const char *key, GPtrArray *counts)
{
  cc_cli_json_begin_object (cli, key);
  for (guint i = 0; i < counts->len; i++)
    {
      const CcImportCount *count = counts->pdata[i];

      cc_cli_json_int (cli, count->key, count->count);
    }
  cc_cli_json_end_object (cli);
}

static void
add_unmapped (CcCli *cli, const CcImportResult *result)
{
  cc_cli_json_begin_array (cli, "unmapped_columns");
  for (guint i = 0; result->unmapped_columns[i]; i++)
    cc_cli_json_item (cli, result->unmapped_columns[i]);
  cc_cli_json_end_array (cli);
  cc_cli_json_begin_array (cli, "unmapped_values");
  for (guint i = 0; i < result->unmapped_values->len; i++)
    {
      const CcImportUnmapped *value = result->unmapped_values->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "table", value->table);
      cc_cli_json_text (cli, "header", value->header);
      cc_cli_json_text (cli, "variable", value->variable);
      cc_cli_json_text (cli, "text", value->text);
      cc_cli_json_int (cli, "count", value->count);
      cc_cli_json_end_object (cli);
    }
  cc_cli_json_end_array (cli);
}

/* The keys of one delivery's result, into the object that is open. */
void
cc_cli_add_import (CcCli *cli, const char *path, const CcImportResult *result)
{
  cc_cli_json_text (cli, "file", path);
  cc_cli_json_int (cli, "submission", result->submission);
  cc_cli_json_int (cli, "rows", result->rows);
  add_counts (cli, "new", result->fresh);
  add_counts (cli, "updated", result->updated);
  add_counts (cli, "unchanged", result->unchanged);
  add_counts (cli, "woken", result->woken);
  add_counts (cli, "records", result->records);
  cc_cli_json_int (cli, "parked", result->n_parked);
  add_counts (cli, "parked_reasons", result->parked);
  cc_cli_json_int (cli, "rejected", result->n_rejected);
  add_counts (cli, "rejected_reasons", result->rejected);
  cc_cli_json_int (cli, "withdrawn", result->withdrawn);
  add_unmapped (cli, result);
  add_counts (cli, "findings", result->findings);
  cc_cli_json_text (cli, "profile", result->profile);
}

static void
print_reasons (CcCli *cli, GPtrArray *counts)
{
  for (guint i = 0; i < counts->len; i++)
    {
      const CcImportCount *count = counts->pdata[i];

      cc_cli_print (cli, "      %6" PRId64 "  %s", count->count,
                    cc_texts_get (cli->texts, count->key, cli->language));
    }
}

static void
print_import (CcCli *cli, const char *path, const CcImportResult *result)
{
  g_autofree char *name = g_path_get_basename (path);

  cc_cli_print (cli,
                _ ("%s: %" PRId64 " rows read: %" PRId64 " new, %" PRId64 " updated, %" PRId64
                   " unchanged, %" PRId64 " parked, %" PRId64 " rejected."),
                name, result->rows, cc_import_count_total (result->fresh),
                cc_import_count_total (result->updated), cc_import_count_total (result->unchanged),
                result->n_parked, result->n_rejected);
  if (result->backup_problem)
    cc_cli_say (cli, _ ("No backup was made before it. %s"), result->backup_problem);
  if (result->woken->len > 0)
    cc_cli_print (cli,
                  ngettext ("    %" PRId64 " row had been taken back and counts again.",
                            "    %" PRId64 " rows had been taken back and count again.",
                            (gulong) cc_import_count_total (result->woken)),
                  cc_import_count_total (result->woken));
  if (result->same_file)
    cc_cli_print (cli, "    %s", _ ("This very file had been imported before."));
  if (result->n_parked > 0)
    {
      cc_cli_print (cli, "    %s", _ ("Parked, not counted until somebody decides:"));
      print_reasons (cli, result->parked);
    }
  if (result->n_rejected > 0)
    {
      cc_cli_print (cli, "    %s", _ ("Rejected:"));
      print_reasons (cli, result->rejected);
    }
  for (guint i = 0; result->unmapped_columns[i]; i++)
    cc_cli_print (cli, _ ("    Nobody knows what the column “%s” is; its texts were kept."),
                  result->unmapped_columns[i]);
  for (guint i = 0; i < result->unmapped_values->len; i++)
    {
      const CcImportUnmapped *value = result->unmapped_values->pdata[i];

      cc_cli_print (cli,
                    _ ("    “%s” in the column “%s” has no meaning yet (%" PRId64
                       " times); it was kept as text."),
                    value->text, value->header, value->count);
    }
  if (result->findings->len > 0)
    {
      cc_cli_print (cli, "    %s", _ ("Findings:"));
      print_reasons (cli, result->findings);
    }
}

static gboolean
parse_replaces (const char *text, gint64 *replaces, GError **error)
{
  *replaces = CC_IMPORT_REPLACES_NONE;
  if (!text || g_str_equal (text, "none"))
    return TRUE;
  if (g_str_equal (text, "auto"))
    {
      *replaces = CC_IMPORT_REPLACES_AUTO;
      return TRUE;
    }
  if (cc_text_to_int (text, 1, G_MAXINT64, replaces))
    return TRUE;
  return cc_cli_usage (error, _ ("--replaces takes the number of a delivery, “auto” or “none”."));
}

/* import FILE SHEET.. --entity KEY ... */
gboolean
cc_cli_import (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *entity = NULL, *period = NULL, *profile = NULL, *map_path = NULL;
  g_autofree char   *replaces = NULL;
  gboolean           dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "entity", 0, 0, G_OPTION_ARG_STRING, &entity, N_ ("Reporting entity that sent it"),
      N_ ("KEY") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &period, N_ ("Period it covers"), N_ ("FROM..TO") },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, N_ ("Mapping profile to use"), N_ ("NAME") },
    { "map", 0, 0, G_OPTION_ARG_FILENAME, &map_path, N_ ("Map file: what a person would be asked"),
      N_ ("MAPFILE") },
    { "replaces", 0, 0, G_OPTION_ARG_STRING, &replaces, N_ ("Delivery it replaces"),
      N_ ("ID|auto|none") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Check everything, keep nothing"), NULL },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;
  g_autoptr (CcMap) map = NULL;
  CcImportOptions options = { .period = CC_INTERVAL_UNKNOWN, .today = CC_DAY_NONE };

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc < 3 || !entity)
    return cc_cli_usage (error, _ ("Please say: import FILE SHEET --entity KEY."));
  if (period && !cc_interval_from_iso (period, &options.period))
    return cc_cli_usage (error, _ ("“%s” is no period. Write 2023, 2023-05 or 2023-01..2023-06."),
                         period);
  if (!parse_replaces (replaces, &options.replaces, error)
      || (map_path && !(map = cc_map_load (map_path, error))))
    return FALSE;
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file)
    return FALSE;
  options.entity = entity;
  options.profile = profile;
  options.map = map;
  options.dry_run = dry_run;
  progress = cc_cli_progress_new (cli);
  cc_cli_json_begin_array (cli, "deliveries");
  for (int i = 2; i < argc; i++)
    {
      g_autoptr (CcImportResult) result = cc_import_file (file, argv[i], &options, progress, error);

      if (!result)
        return FALSE;
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_add_import (cli, argv[i], result);
      cc_cli_json_end_object (cli);
      print_import (cli, argv[i], result);
      if (argc == 3)
        {
          cc_cli_json_end_array (cli);
          cc_cli_add_import (cli, argv[i], result);
        }
    }
  if (argc > 3)
    cc_cli_json_end_array (cli);
  return cc_case_file_close (file, error);
}
