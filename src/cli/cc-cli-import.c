/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include "cc-cli-import.h"
#include "cc-cli-difference.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <inttypes.h>

/* Said of a delivery of invented persons that goes on all the same: an import asks nothing. */
#define PRACTICE "intake.file.practice"

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

static void
add_texts (CcCli *cli, const char *key, char **texts)
{
  cc_cli_json_begin_array (cli, key);
  for (guint i = 0; texts && texts[i]; i++)
    cc_cli_json_item (cli, texts[i]);
  cc_cli_json_end_array (cli);
}

/* What is other than the profile knows it; empty lists where there was no profile. */
static void
add_drift (CcCli *cli, const CcDrift *drift)
{
  cc_cli_json_begin_object (cli, "drift");
  add_texts (cli, "moved", drift ? drift->moved : NULL);
  add_texts (cli, "renamed", drift ? drift->renamed : NULL);
  add_texts (cli, "missing", drift ? drift->missing : NULL);
  add_texts (cli, "added", drift ? drift->added : NULL);
  add_texts (cli, "new_values", drift ? drift->new_values : NULL);
  cc_cli_json_end_object (cli);
}

/* Why the file was read as it was. */
static void
add_reading (CcCli *cli, const CcReading *reading)
{
  static const char *const hows[] = { "first", "known", "partly", "anew" };

  cc_cli_json_begin_object (cli, "reading");
  cc_cli_json_text (cli, "how", reading ? hows[reading->how] : "map");
  cc_cli_json_text (cli, "nearest", reading ? reading->profile : NULL);
  cc_cli_json_int (cli, "columns", reading ? reading->n_columns : 0);
  cc_cli_json_int (cli, "known", reading ? reading->n_known : 0);
  cc_cli_json_int (cli, "common", reading ? reading->n_common : 0);
  cc_cli_json_end_object (cli);
}

/* Of a list that came back with answers. */
static void
add_answers (CcCli *cli, const CcImportAnswers *answers)
{
  if (!answers)
    return;
  cc_cli_json_begin_object (cli, "answers");
  cc_cli_json_int (cli, "submission", answers->submission);
  cc_cli_json_int (cli, "asked", answers->asked);
  cc_cli_json_int (cli, "answered", answers->answered);
  cc_cli_json_int (cli, "touched", answers->touched);
  cc_cli_json_int (cli, "untouched", answers->untouched);
  cc_cli_json_int (cli, "added", answers->added);
  cc_cli_json_int (cli, "gone", answers->gone);
  cc_cli_json_end_object (cli);
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
  cc_cli_json_begin_array (cli, "notices");
  for (guint i = 0; result->notices[i]; i++)
    cc_cli_json_item (cli, cc_texts_get (cli->texts, result->notices[i], cli->language));
  if (result->practice)
    cc_cli_json_item (cli, cc_texts_get (cli->texts, PRACTICE, cli->language));
  cc_cli_json_end_array (cli);
  cc_cli_json_text (cli, "profile", result->profile);
  add_reading (cli, result->reading);
  add_drift (cli, result->drift);
  cc_cli_add_difference (cli, result->difference);
  add_answers (cli, result->answers);
  cc_cli_json_begin_object (cli, "vanished");
  cc_cli_json_int (cli, "earlier", result->earlier);
  cc_cli_json_int (cli, "again", result->n_again);
  cc_cli_json_int (cli, "persons", result->n_vanished);
  cc_cli_add_rows (cli, "rows", result->vanished);
  cc_cli_json_end_object (cli);
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
print_reading (CcCli *cli, const CcImportResult *result)
{
  const CcReading *reading = result->reading;

  if (!reading)
    return;
  switch (reading->how)
    {
    case CC_READING_KNOWN:
      cc_cli_print (cli, _ ("    Read as before, with the profile “%s”."), reading->profile);
      break;
    case CC_READING_PARTLY:
      cc_cli_print (cli,
                    _ ("    A layout of its own: %u of its %u columns are among the %u of the "
                       "profile “%s”, and were read as there. Kept as “%s”."),
                    reading->n_common, reading->n_columns, reading->n_known, reading->profile,
                    result->profile);
      break;
    case CC_READING_ANEW:
      cc_cli_print (cli,
                    _ ("    Read anew, because only %u of its %u columns are among the %u of the "
                       "profile “%s”. Kept as “%s”; to read it with the other, say --profile."),
                    reading->n_common, reading->n_columns, reading->n_known, reading->profile,
                    result->profile);
      break;
    case CC_READING_FIRST:
    default:
      break;
    }
}

/* New values are told with those that have no meaning yet. */
static void
print_drift (CcCli *cli, const CcImportResult *result)
{
  const CcDrift *drift = result->drift;

  if (!drift)
    return;
  if (drift->moved[0])
    {
      g_autofree char *moved = g_strjoinv ("”, “", drift->moved);

      cc_cli_print (cli, _ ("    Columns stand elsewhere than before, and were found: “%s”."),
                    moved);
    }
  for (guint i = 0; drift->renamed[i]; i++)
    /* Translators: %s is "Old header → New header". */
    cc_cli_print (cli, _ ("    A column has a new name and was read as before: %s."),
                  drift->renamed[i]);
  for (guint i = 0; drift->missing[i]; i++)
    cc_cli_print (cli,
                  _ ("    The column “%s” of earlier deliveries is missing; what it said counts as "
                     "not collected."),
                  drift->missing[i]);
  for (guint i = 0; drift->added[i]; i++)
    cc_cli_print (cli, _ ("    The column “%s” is new; decide in a map file what it is."),
                  drift->added[i]);
}

/* Whoever left a list may have been taken off it, or forgotten: that is for a person to say. */
static void
print_vanished (CcCli *cli, const CcImportResult *result)
{
  g_autofree char *names = NULL;

  if (result->n_vanished == 0)
    return;
  names = cc_cli_list_rows (result->vanished, result->n_vanished);
  cc_cli_print (cli,
                ngettext ("    %" PRId64 " person of delivery %" PRId64 ", which covers the same "
                          "period, is not in this one and counts on: %s.",
                          "    %" PRId64 " persons of delivery %" PRId64 ", which covers the same "
                          "period, are not in this one and count on: %s.",
                          (gulong) result->n_vanished),
                result->n_vanished, result->earlier, names);
  cc_cli_print (cli,
                _ ("    If this delivery is to stand for it, take this one back and say --replaces "
                   "%" PRId64 "."),
                result->earlier);
}

static void
print_answers (CcCli *cli, const CcImportAnswers *answers)
{
  if (!answers)
    return;
  cc_cli_print (cli,
                _ ("    It answers the questions about delivery %" PRId64 ": %" PRId64
                   " of %" PRId64 " cells that were asked about say something else now."),
                answers->submission, answers->answered, answers->asked);
  cc_cli_print (cli,
                _ ("    Rows that were changed: %" PRId64 "; new: %" PRId64
                   "; left as they were, and not read again: %" PRId64 "."),
                answers->touched, answers->added, answers->untouched);
  if (answers->gone > 0)
    cc_cli_print (cli,
                  ngettext ("    %" PRId64 " row was taken out of the list. What it said counts on "
                            "until somebody takes it back.",
                            "    %" PRId64
                            " rows were taken out of the list. What they said counts "
                            "on until somebody takes it back.",
                            (gulong) answers->gone),
                  answers->gone);
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
  if (result->practice)
    cc_cli_say (cli, "%s: %s", name, cc_texts_get (cli->texts, PRACTICE, cli->language));
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
  for (guint i = 0; result->notices[i]; i++)
    cc_cli_print (cli, "    %s", cc_texts_get (cli->texts, result->notices[i], cli->language));
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
  if (result->replaced || cc_import_count_total (result->updated) > 0)
    cc_cli_print_difference (cli, result->difference);
  print_answers (cli, result->answers);
  print_vanished (cli, result);
  print_reading (cli, result);
  print_drift (cli, result);
  for (guint i = 0; result->unmapped_columns[i]; i++)
    if (!result->drift
        || !g_strv_contains ((const char *const *) result->drift->added,
                             result->unmapped_columns[i]))
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
  gboolean           whole = FALSE;
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
    { "whole", 0, 0, G_OPTION_ARG_NONE, &whole,
      N_ ("Read a list that was sent back with questions like any other list"), NULL },
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
  options.whole = whole;
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
