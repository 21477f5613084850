/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <string.h>
#include <sys/resource.h>

#include <cc/linkage/cc-link-csv.h>
#include <cc/linkage/cc-link-encode.h>
#include <cc/linkage/cc-link-evaluate.h>

typedef struct
{
  char    *schema;
  char    *out;
  char    *pairs;
  char    *truth;
  gboolean link_only;
  int      threads;
  gint64   seed;
} Wishes;

static void
append_cell (GString *text, const char *value)
{
  if (!strpbrk (value, ",\"\r\n"))
    {
      g_string_append (text, value);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *p = value; *p; p++)
    {
      if (*p == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static void
append_record (GString *text, const CcLinkCsv *csv, guint record)
{
  append_cell (text, csv->sources->pdata[record]);
  g_string_append_c (text, ',');
  append_cell (text, csv->ids->pdata[record]);
}

static gboolean
write_clusters (const char *path, const CcLinkCsv *csv, const CcLinkResult *result, GError **error)
{
  g_autoptr (GString) text = g_string_new ("source,id,cluster\n");

  for (guint i = 0; i < result->n_records; i++)
    {
      append_record (text, csv, i);
      g_string_append_printf (text, ",%u\n", result->cluster_of[i] + 1);
    }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

static gboolean
write_pairs (const char *path, const CcLinkCsv *csv, const CcLinkResult *result, GError **error)
{
  g_autoptr (GString) text = g_string_new ("source_a,id_a,source_b,id_b,probability,weight\n");

  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      char                  probability[G_ASCII_DTOSTR_BUF_SIZE];
      char                  weight[G_ASCII_DTOSTR_BUF_SIZE];

      append_record (text, csv, at->a);
      g_string_append_c (text, ',');
      append_record (text, csv, at->b);
      g_ascii_formatd (probability, sizeof probability, "%.6f", at->probability);
      g_ascii_formatd (weight, sizeof weight, "%.3f", at->weight / 64.0);
      g_string_append_printf (text, ",%s,%s\n", probability, weight);
    }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

static void
add_score (CcCli *cli, const char *key, const CcLinkScore *score)
{
  cc_cli_json_begin_object (cli, key);
  cc_cli_json_double (cli, "p", score->precision);
  cc_cli_json_double (cli, "r", score->recall);
  cc_cli_json_double (cli, "f1", score->f1);
  cc_cli_json_end_object (cli);
}

static void
say_score (CcCli *cli, const char *name, const CcLinkScore *score)
{
  cc_cli_print (cli, "%-12s %.4f %.4f %.4f", name, score->precision, score->recall, score->f1);
}

static void
report_evaluation (CcCli *cli, const CcLinkCsv *csv, const CcLinkResult *result)
{
  CcLinkEvaluation e;

  cc_link_evaluate (csv->table, result, csv->truth, &e);
  cc_cli_json_double (cli, "reach", e.reach);
  cc_cli_json_double (cli, "covered", e.covered);
  cc_cli_json_int (cli, "open", e.n_open);
  cc_cli_json_begin_object (cli, "pairs");
  add_score (cli, "0.5", &e.pairs50);
  add_score (cli, "0.9", &e.pairs90);
  add_score (cli, "0.99", &e.pairs99);
  cc_cli_json_end_object (cli);
  add_score (cli, "clusters", &e.clusters);
  cc_cli_json_double (cli, "bcubed", e.bcubed);
  cc_cli_json_double (cli, "exact", e.exact);
  cc_cli_json_double (cli, "calibration_error", e.calibration_error);
  cc_cli_json_int (cli, "largest", e.largest);
  cc_cli_print (cli, _ ("Against the truth: precision, recall, F1"));
  say_score (cli, _ ("pairs 0.5"), &e.pairs50);
  say_score (cli, _ ("pairs 0.9"), &e.pairs90);
  say_score (cli, _ ("pairs 0.99"), &e.pairs99);
  say_score (cli, _ ("clusters"), &e.clusters);
  cc_cli_print (cli, _ ("Reach of the blocks %.4f, B-cubed %.4f, largest cluster %u."), e.reach,
                e.bcubed, e.largest);
}

static double
cpu_seconds (const struct rusage *usage)
{
  return (double) (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec)
         + (double) (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static gboolean
link_tables (CcCli *cli, const char *const *paths, const Wishes *wishes, GError **error)
{
  const gint64 began = g_get_monotonic_time ();
  g_autoptr (CcLinkCsv) csv = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  g_autoptr (CcProgress) progress = NULL;
  CcLinkParams  params;
  struct rusage usage = { 0 };

  csv = wishes->schema ? cc_link_csv_load (cli->pack, paths, wishes->schema, wishes->truth, error)
                       : cc_link_encoded_load (cli->pack, paths, error);
  if (!csv)
    return FALSE;
  cc_link_params_init (&params);
  params.n_threads = (guint) wishes->threads;
  params.seed = (guint64) wishes->seed;
  params.link_only = wishes->link_only;
  progress = cc_cli_progress_new (cli);
  result = cc_link_engine_run (csv->table, &params, progress, error);
  cc_cli_progress_end ();
  if (!result || !write_clusters (wishes->out, csv, result, error)
      || (wishes->pairs && !write_pairs (wishes->pairs, csv, result, error)))
    return FALSE;
  (void) getrusage (RUSAGE_SELF, &usage);
  cc_cli_json_int (cli, "records", result->n_records);
  cc_cli_json_int (cli, "pairs_compared", (gint64) result->n_compared);
  cc_cli_json_int (cli, "proposals", result->proposals->len);
  cc_cli_json_int (cli, "undecidable", result->n_undecidable);
  cc_cli_json_int (cli, "persons", result->n_clusters);
  cc_cli_json_double (cli, "seconds", (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  cc_cli_json_double (cli, "cpu_seconds", cpu_seconds (&usage));
  cc_cli_json_double (cli, "peak_mib", usage.ru_maxrss / 1024.0);
  cc_cli_print (cli, _ ("%u records are %u persons."), result->n_records, result->n_clusters);
  if (csv->truth)
    report_evaluation (cli, csv, result);
  return TRUE;
}

/* link-table IN.csv.. --schema SCHEMA.ini --out CLUSTERS.csv [--pairs PAIRS.csv] [--truth COL]
 * [--link-only] [--threads N] [--seed N] */
gboolean
cc_cli_link_table (CcCli *cli, int argc, char **argv, GError **error)
{
  Wishes             wishes = { .seed = 1 };
  const GOptionEntry entries[] = {
    { "schema", 0, 0, G_OPTION_ARG_FILENAME, &wishes.schema,
      N_ ("Key file that names the roles of the columns; none for tables of keys"),
      N_ ("SCHEMA.ini") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &wishes.out, N_ ("Where the clusters go"),
      N_ ("CLUSTERS.csv") },
    { "pairs", 0, 0, G_OPTION_ARG_FILENAME, &wishes.pairs, N_ ("Where the scored pairs go"),
      N_ ("PAIRS.csv") },
    { "truth", 0, 0, G_OPTION_ARG_STRING, &wishes.truth,
      N_ ("Column that names the true person, to compare with"), N_ ("COLUMN") },
    { "link-only", 0, 0, G_OPTION_ARG_NONE, &wishes.link_only,
      N_ ("Only pairs of different sources"), NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &wishes.threads, N_ ("Threads to use"), N_ ("N") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &wishes.seed, N_ ("Seed of the training samples"),
      N_ ("N") },
    { NULL }
  };
  gboolean ok;

  ok = cc_cli_parse (cli, &argc, &argv, entries, error);
  if (ok
      && (argc < 2 || !wishes.out || wishes.threads < 0
          || (!wishes.schema && (wishes.truth || !cc_link_is_encoded (argv[1])))))
    ok = cc_cli_usage (error, _ ("Please name a table, --schema and --out."));
  ok = ok && cc_cli_need_pack (cli, error)
       && link_tables (cli, (const char *const *) argv + 1, &wishes, error);
  g_free (wishes.schema);
  g_free (wishes.out);
  g_free (wishes.pairs);
  g_free (wishes.truth);
  return ok;
}
