/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli-link.h"

#include <cc/base/cc-error.h>
#include <cc/intake/cc-import.h>
#include <cc/practice/cc-practice.h>
#include <cc/report/cc-report-chart.h>
#include <cc/report/cc-workbook.h>
#include <cc/stats/cc-bounds.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-population.h>

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

/* The passphrase of demonstration files; it protects nothing, because nothing in them is real. */
#define PRACTICE_PASSPHRASE "practice"

/* Practice data is made so that pairs above this probability are safe to join without a person;
 * everything else waits for review and shows as a range. */
#define DEMO_ACCEPT 0.9

static const char *const questionnaires[] = { "ecowas-tip", "unodc-glotip", "sdg-16-2-2" };
static const char *const charts[] = { "victims-by-year-agesex", "forms-by-sex" };

typedef struct
{
  CcCli            *cli;
  const char       *directory;
  CcPracticeResult *world;
  CcCaseFile       *file;
  CcProgress       *progress;
  GArray           *periods;
  GPtrArray        *outputs;
  gint64            rows, accepted, parked, rejected;
} Demo;

static char *
demo_path (Demo *demo, const char *name)
{
  return g_build_filename (demo->directory, name, NULL);
}

/* Makes room for the demonstration's own file; anything else of that name is left alone. */
static gboolean
remove_old_file (Demo *demo, const char *path, const char *passphrase, GError **error)
{
  g_autoptr (CcCaseFile) old = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  old = cc_case_file_open (path, passphrase, demo->cli->pack, CC_OPEN_READ_ONLY, NULL);
  if (!old || !cc_case_file_is_practice (old))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                   _ ("“%s” is there already and is no demonstration file, so it was left as it "
                      "is. Please choose another folder with --out."),
                   path);
      return FALSE;
    }
  if (!cc_case_file_close (old, error))
    return FALSE;
  return g_unlink (path) == 0 || g_file_error_from_errno (errno) == G_FILE_ERROR_NOENT;
}

static gboolean
create_file (Demo *demo, GError **error)
{
  CcCli           *cli = demo->cli;
  gboolean         own = cli->passphrase_file || g_getenv ("CASECOUNT_PASSPHRASE_FILE");
  g_autofree char *path = demo_path (demo, "demo.casecount");
  g_autoptr (CcSecret) passphrase =
      own ? cc_cli_read_passphrase (cli, TRUE, error) : cc_secret_dup_text (PRACTICE_PASSPHRASE);

  if (!passphrase || !remove_old_file (demo, path, passphrase, error))
    return FALSE;
  demo->file = cc_case_file_create (path, passphrase, cli->pack, demo->world->country, TRUE, error);
  if (demo->file)
    g_ptr_array_add (demo->outputs, g_steal_pointer (&path));
  return demo->file && cc_facts_attach (demo->file, error);
}

static gboolean
import_one (Demo *demo, const CcPracticeFile *source, GError **error)
{
  CcImportOptions options = { .entity = source->entity,
                              .period = source->period,
                              .today = CC_DAY_NONE };
  g_autoptr (CcMap) map = NULL;
  g_autoptr (CcImportResult) result = NULL;

  if (source->map_path && !(map = cc_map_load (source->map_path, error)))
    return FALSE;
  options.map = map;
  result = cc_import_file (demo->file, source->path, &options, demo->progress, error);
  if (!result)
    return FALSE;
  demo->rows += result->rows;
  demo->accepted += cc_import_count_total (result->fresh);
  demo->parked += result->n_parked;
  demo->rejected += result->n_rejected;
  cc_cli_print (demo->cli,
                _ ("  %-44s %6" PRId64 " rows  %6" PRId64 " accepted  %4" PRId64
                   " parked  %4" PRId64 " rejected"),
                source->name, result->rows, cc_import_count_total (result->fresh), result->n_parked,
                result->n_rejected);
  return TRUE;
}

static gboolean
import_all (Demo *demo, GError **error)
{
  for (guint i = 0; i < demo->world->files->len; i++)
    {
      const CcPracticeFile *source = demo->world->files->pdata[i];
      const CcCode         *type = cc_pack_find_code (demo->cli->pack, "RETYPE", source->type);
      g_autoptr (CcEntity) entity = NULL;

      if (!cc_entity_add (demo->file, source->entity, source->name, type, error))
        return FALSE;
      if (!source->nil)
        {
          if (!import_one (demo, source, error))
            return FALSE;
          continue;
        }
      entity = cc_entity_find (demo->file, source->entity, error);
      if (!entity || !cc_submission_add_nil (demo->file, entity->id, source->period, error))
        return FALSE;
      cc_cli_print (demo->cli, _ ("  %-44s no case (nil return)"), source->name);
    }
  return !demo->world->population_path
         || cc_population_import (demo->file, demo->world->population_path, NULL, error);
}

static gboolean
write_workbooks (Demo *demo, GError **error)
{
  CcCountOptions options = { .periods = demo->periods };

  for (guint i = 0; i < G_N_ELEMENTS (questionnaires); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.xlsx", questionnaires[i]);
      g_autofree char *path = demo_path (demo, name);
      CcQuestionnaire *questionnaire =
          cc_questionnaire_find (demo->cli->pack, questionnaires[i], NULL, error);
      CcWorkbookRequest request = { questionnaire, &options, demo->cli->language,
                                    CC_AUDIENCE_AUTHORITY, 0 };
      g_autoptr (CcWorkbookSummary) summary = NULL;

      if (!questionnaire)
        return FALSE;
      summary =
          cc_workbook_export (demo->file, &request, demo->cli->texts, path, demo->progress, error);
      cc_questionnaire_unref (questionnaire);
      if (!summary)
        return FALSE;
      g_ptr_array_add (demo->outputs, g_steal_pointer (&path));
    }
  return TRUE;
}

static gboolean
draw_charts (Demo *demo, GError **error)
{
  static const char *const suffixes[] = { "png", "svg" };

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (suffixes); j++)
      {
        g_autofree char *name = g_strdup_printf ("%s.%s", charts[i], suffixes[j]);
        g_autofree char *path = demo_path (demo, name);
        g_autoptr (CcReportChartSummary) summary =
            cc_report_chart (demo->file, charts[i], demo->periods, demo->cli->texts,
                             demo->cli->language, path, demo->cli->cancellable, error);

        if (!summary)
          return FALSE;
        g_ptr_array_add (demo->outputs, g_steal_pointer (&path));
      }
  return TRUE;
}

static gboolean
summarise (Demo *demo, const CcCliLinkTotals *totals, gint64 began, GError **error)
{
  CcCli         *cli = demo->cli;
  CcPersonBounds persons;
  double         seconds = (g_get_monotonic_time () - began) / (double) G_USEC_PER_SEC;

  if (!cc_bounds_persons (demo->file, "victim", &persons, cli->cancellable, error))
    return FALSE;
  cc_cli_json_int (cli, "files", demo->world->files->len);
  cc_cli_json_int (cli, "rows", demo->rows);
  cc_cli_json_int (cli, "accepted", demo->accepted);
  cc_cli_json_int (cli, "parked", demo->parked);
  cc_cli_json_int (cli, "rejected", demo->rejected);
  cc_cli_json_int (cli, "records", totals->victim_records);
  cc_cli_json_int (cli, "persons", persons.value);
  cc_cli_json_int (cli, "persons_low", persons.low);
  cc_cli_json_int (cli, "persons_high", persons.high);
  cc_cli_json_int (cli, "undecided", totals->undecided);
  cc_cli_print (cli, "%s", "");
  cc_cli_print (cli,
                _ ("%" PRId64 " victim records are %" PRId64 " persons (between %" PRId64
                   " and %" PRId64 "; %" PRId64 " pairs wait for review)."),
                totals->victim_records, persons.value, persons.low, persons.high,
                totals->undecided);
  cc_cli_json_begin_array (cli, "outputs");
  cc_cli_print (cli, "%s", _ ("Written:"));
  for (guint i = 0; i < demo->outputs->len; i++)
    {
      cc_cli_json_item (cli, demo->outputs->pdata[i]);
      cc_cli_print (cli, "  %s", (char *) demo->outputs->pdata[i]);
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_double (cli, "seconds", seconds);
  cc_cli_print (cli, _ ("Done in %.1f seconds. All of it is invented; the passphrase is “%s”."),
                seconds, PRACTICE_PASSPHRASE);
  return TRUE;
}

static gboolean
run_demo (Demo *demo, const CcPracticeParams *params, GError **error)
{
  g_autofree char *agencies = demo_path (demo, "agencies");
  CcCliLinkTotals  totals = { 0 };
  gint64           began = g_get_monotonic_time ();

  demo->world = cc_practice_generate (params, agencies, demo->progress, error);
  if (!demo->world)
    return FALSE;
  cc_cli_print (demo->cli, _ ("An invented country: %u agencies, their files in %s"),
                demo->world->files->len, agencies);
  return create_file (demo, error) && import_all (demo, error)
         && cc_cli_link_all (demo->cli, demo->file, DEMO_ACCEPT, params->seed, demo->progress,
                             &totals, error)
         && write_workbooks (demo, error) && draw_charts (demo, error)
         && summarise (demo, &totals, began, error) && cc_case_file_close (demo->file, error);
}

/* demo [--out DIR] [--seed N] [--victims N] */
gboolean
cc_cli_demo (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *out = NULL;
  gint64             seed = 1;
  int                victims = -1;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("Folder that takes the results"), N_ ("DIR") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("Another number, another country"), N_ ("N") },
    { "victims", 0, 0, G_OPTION_ARG_INT, &victims, N_ ("Number of true victims"), N_ ("N") },
    { NULL }
  };
  CcPracticeParams params;
  Demo             demo = { .cli = cli };
  gboolean         good;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 1)
    return cc_cli_usage (error, _ ("“demo” takes options only."));
  if (!cc_cli_need_pack (cli, error))
    return FALSE;
  cc_practice_params_init (&params);
  params.seed = (guint64) seed;
  if (victims == 0 || victims < -1)
    return cc_cli_usage (error, _ ("--victims takes a number above zero."));
  if (victims > 0)
    params.victims = victims;
  demo.directory = out ? out : "casecount-demo";
  demo.progress = cc_cli_progress_new (cli);
  demo.outputs = g_ptr_array_new_with_free_func (g_free);
  demo.periods =
      cc_periods_new_years (params.first_year, params.first_year + params.n_years - 1, 1);
  good = run_demo (&demo, &params, error);
  g_clear_pointer (&demo.file, cc_case_file_free);
  g_clear_pointer (&demo.world, cc_practice_result_free);
  g_array_unref (demo.periods);
  g_ptr_array_unref (demo.outputs);
  cc_progress_free (demo.progress);
  return good;
}
