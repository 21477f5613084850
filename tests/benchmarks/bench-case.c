/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-case.h"

#include <cc/stats/cc-facts.h>
#include <cc/store/cc-decision.h>
#include <cc/store/cc-finding.h>

#include <stdlib.h>

#define N_PROPOSALS   20000
#define N_FINDINGS    20000
#define N_ROWS        20000
#define N_OPEN_RECORD 1000

static void
die (const char *what, const GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

/* What nothing in a file of invented victims makes by itself: pairs to review, findings. */
static gboolean
add_work (CcAct *act, gpointer data, GError **error)
{
  static const char *const rules[] = { "intake.finding.value-unmapped", "R1", "R2", "R3" };
  CcConnection            *connection = cc_act_get_connection (act);
  const gint64             run = cc_act_add_link_run (act, "VI", 0, 1, -1, 0, N_PROPOSALS, error);
  g_autoptr (CcStatement) rows = NULL;
  g_autoptr (GArray) pairs = g_array_new (FALSE, TRUE, sizeof (CcProposal));
  gint64   before = 0;
  gboolean has_row;

  rows = run != 0 ? cc_connection_prepare (
             connection, "SELECT id FROM record WHERE unit = 'VI' AND state = 0 ORDER BY id", error)
                  : NULL;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < N_PROPOSALS + N_FINDINGS; i++)
    {
      CcFinding finding = { .severity = (char *) (i % 2 ? "warning" : "error") };
      gint64    id;

      if (!cc_statement_step (rows, &has_row, error) || !has_row)
        return *error == NULL;
      id = cc_statement_int64 (rows, 0);
      finding.record = id;
      finding.rule = (char *) rules[i % G_N_ELEMENTS (rules)];
      if (i % 2 == 1)
        {
          const CcProposal pair = { .a = before,
                                    .b = id,
                                    .weight = 5.0 + i % 7,
                                    .probability = 0.5 + i % 40 / 100.0 };

          g_array_append_val (pairs, pair);
        }
      if (i < N_FINDINGS && !cc_act_add_finding (act, &finding, error))
        return FALSE;
      if (i == N_OPEN_RECORD)
        *(gint64 *) data = id;
      before = id;
    }
  return cc_act_replace_proposals (act, run, "VI", pairs, NULL, error);
}

/**
 * folder: where the copy goes
 * path: what `bench-records 200000 1 FILE` wrote
 * record: (out): of a victim
 *
 * Returns: (transfer full): the path of the copy
 */
char *
bench_case_prepare (const char *folder, const char *path, gint64 *record)
{
  g_autoptr (GError) error = NULL;
  char *copy = g_build_filename (folder, "benin.casecount", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcCaseFile) file = NULL;

  if (pack == NULL || !g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    die ("copying", error);
  file = cc_case_file_open (copy, BENCH_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  if (file == NULL || !cc_facts_attach (file, &error)
      || !cc_case_file_act (file, "test", add_work, record, NULL, &error)
      || !cc_case_file_close (file, &error))
    die ("preparing", error);
  return copy;
}

/* A list of victims as an agency sends it. */
char *
bench_case_write_list (const char *folder)
{
  static const char *const families[] = { "Diallo", "Mensah", "Traor\303\251", "Okafor", "Ba" };
  static const char *const givens[] = { "Awa", "Kofi", "Moussa", "Marie", "Fatou", "Amina" };
  static const char *const countries[] = { "B\303\251nin", "Togo", "Nigeria", "Ghana" };
  g_autoptr (GString) text = g_string_new ("N\302\260;Nom;Pr\303\251noms;Sexe;\303\202ge;"
                                           "Nationalit\303\251;Date d'identification;Statut\n");
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, "victimes.csv", NULL);

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "%u;%s%c;%s;%s;%u;%s;%u/%u/%u;Identifi\303\251e\n", i + 1,
                            families[i % 5], 'a' + (char) (i % 26), givens[i / 3 % 6],
                            i % 4 ? "F" : "M", 5 + i % 50, countries[i / 7 % 4], 1 + i % 28,
                            1 + i / 28 % 12, 2019 + i % 5);
  if (!g_file_set_contents (path, text->str, -1, &error))
    die ("list", error);
  return path;
}
