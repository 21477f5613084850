/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-csv.h>
#include <cc/linkage/cc-link-evaluate.h>

#include <glib/gstdio.h>
#include <string.h>

static CcPack *pack;

static CcLinkCsv *
load (const char *path, const char *schema, const char *truth)
{
  g_autoptr (GError) error = NULL;
  const char      *paths[] = { path, NULL };
  g_autofree char *ini = g_test_build_filename (G_TEST_DIST, "linkage", "data", schema, NULL);
  CcLinkCsv       *csv = cc_link_csv_load (pack, paths, ini, truth, &error);

  g_assert_no_error (error);
  return csv;
}

static CcLinkCsv *
load_agency_sim (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency_sim_dev.csv", NULL);

  return load (path, "agency-sim.ini", "entity_id");
}

static CcLinkResult *
run (CcLinkTable *table, double accept, guint n_threads, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  CcLinkParams  params;
  CcLinkResult *result;

  cc_link_params_init (&params);
  params.accept = accept;
  params.n_threads = n_threads;
  params.seed = seed;
  /* Review effort is measured over the pairs that a person would look at; rarer chances stay open
   * only to make the ranges of figures honest. */
  params.drop = 0.1;
  result = cc_link_engine_run (table, &params, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static void
tell (const char *set, const CcLinkResult *result, const CcLinkEvaluation *e)
{
  const struct
  {
    const char        *name;
    const CcLinkScore *score;
  } scores[] = {
    { "pairs at 0.5", &e->pairs50 },  { "pairs at 0.9", &e->pairs90 },
    { "pairs at 0.99", &e->pairs99 }, { "clusters", &e->clusters },
    { "accepted", &e->accepted },
  };

  g_test_message ("%s: %u records, %" G_GUINT64_FORMAT " compared, reach %.4f, B-cubed %.4f, "
                  "exact %.4f, largest %u, calibration error %.4f",
                  set, result->n_records, result->n_compared, e->reach, e->bcubed, e->exact,
                  e->largest, e->calibration_error);
  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    g_test_message ("%s: %s: precision %.4f recall %.4f F1 %.4f", set, scores[i].name,
                    scores[i].score->precision, scores[i].score->recall, scores[i].score->f1);
  g_test_message ("%s: %.1f open pairs per 100 records, %.4f of true pairs joined or open", set,
                  100.0 * e->n_open / result->n_records, e->covered);
}

/* The figures that the reference method demands of the development set, without labels. */
static void
test_agency_sim (void)
{
  g_autoptr (CcLinkCsv) csv = load_agency_sim ();
  g_autoptr (CcLinkResult) result = run (csv->table, 2, 2, 1);
  CcLinkEvaluation e;

  cc_link_evaluate (csv->table, result, csv->truth, &e);
  tell ("agency_sim", result, &e);
  g_assert_cmpfloat (e.reach, >=, 0.99);
  g_assert_cmpfloat (e.pairs50.f1, >=, 0.94);
  g_assert_cmpfloat (e.clusters.f1, >=, 0.94);
  g_assert_cmpfloat (e.calibration_error, <=, 0.02);
  g_assert_cmpuint (e.largest, <=, 10);
  g_assert_cmpuint (e.accepted.found, ==, 0);
}

/* What an accept level joins is right; the rest of the truth waits for a person, and little else.
 * Pairs that contradict themselves or show few signs always wait, which costs a hundredth. */
static void
test_accept_levels (void)
{
  static const struct
  {
    double accept;
    double precision;
    double recall;
    double open; /* per 100 records */
  } levels[] = { { 0.99, 0.995, 0.70, 25 }, { 0.9, 0.993, 0.84, 12 }, { 0.8, 0.99, 0.87, 9 } };
  g_autoptr (CcLinkCsv) csv = load_agency_sim ();

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (CcLinkResult) result = run (csv->table, levels[i].accept, 2, 1);
      CcLinkEvaluation e;

      cc_link_evaluate (csv->table, result, csv->truth, &e);
      g_test_message ("accept %.2f: precision %.4f recall %.4f, %.1f open per 100 records, "
                      "%.4f of true pairs joined or open",
                      levels[i].accept, e.accepted.precision, e.accepted.recall,
                      100.0 * e.n_open / result->n_records, e.covered);
      g_assert_cmpfloat (e.accepted.precision, >=, levels[i].precision);
      g_assert_cmpfloat (e.accepted.recall, >=, levels[i].recall);
      g_assert_cmpfloat (e.covered, >=, 0.97);
      g_assert_cmpfloat (100.0 * e.n_open, <=, levels[i].open * result->n_records);
    }
}

/* Field by field: what lies between the fields means nothing. */
static gboolean
equal_proposals (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const CcLinkProposal *x = &g_array_index (a, CcLinkProposal, i);
      const CcLinkProposal *y = &g_array_index (b, CcLinkProposal, i);

      if (x->a != y->a || x->b != y->b || x->weight != y->weight || x->levels != y->levels
          || x->joined != y->joined
          || memcmp (&x->probability, &y->probability, sizeof x->probability) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
equal_results (const CcLinkResult *a, const CcLinkResult *b)
{
  gsize n = a->n_records * sizeof (guint32);

  return a->n_compared == b->n_compared && memcmp (a->cluster_of, b->cluster_of, n) == 0
         && memcmp (a->accept_of, b->accept_of, n) == 0
         && equal_proposals (a->proposals, b->proposals) && strcmp (a->model, b->model) == 0;
}

static void
test_threads (void)
{
  g_autoptr (CcLinkCsv) csv = load_agency_sim ();

  for (guint64 seed = 1; seed <= 3; seed++)
    {
      g_autoptr (CcLinkResult) one = run (csv->table, 0.99, 1, seed);
      g_autoptr (CcLinkResult) two = run (csv->table, 0.99, 2, seed);
      g_autoptr (CcLinkResult) five = run (csv->table, 0.99, 5, seed);
      CcLinkEvaluation e;

      g_assert_true (equal_results (one, two));
      g_assert_true (equal_results (one, five));
      cc_link_evaluate (csv->table, one, csv->truth, &e);
      g_assert_cmpfloat (e.clusters.f1, >=, 0.94);
    }
}

/* Verdicts bind: true pairs called different stay apart, false pairs called same come together. */
static void
test_verdicts (void)
{
  g_autoptr (CcLinkCsv) csv = load_agency_sim ();
  g_autoptr (CcLinkResult) before = run (csv->table, 0.99, 2, 1);
  g_autoptr (CcLinkResult) after = NULL;
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  g_autoptr (GError) error = NULL;
  CcLinkParams params;

  cc_link_params_init (&params);
  for (guint i = 0; i < before->proposals->len; i += 7)
    {
      const CcLinkProposal *at = &g_array_index (before->proposals, CcLinkProposal, i);
      CcLinkVerdict         verdict = { at->a, at->b, at->probability < 0.1 };

      if (at->probability > 0.9 || at->probability < 0.1)
        g_array_append_val (verdicts, verdict);
    }
  params.verdicts = (const CcLinkVerdict *) verdicts->data;
  params.n_verdicts = verdicts->len;
  params.accept = 0.99;
  after = cc_link_engine_run (csv->table, &params, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const CcLinkVerdict *at = &g_array_index (verdicts, CcLinkVerdict, i);

      if (!at->same)
        {
          g_assert_cmpuint (after->cluster_of[at->a], !=, after->cluster_of[at->b]);
          g_assert_cmpuint (after->accept_of[at->a], !=, after->accept_of[at->b]);
        }
    }
}

/* The published sets lie outside the project, in the folder named by CASECOUNT_SHARED_DATA. */
static const char *
shared_data (void)
{
  const char *folder = g_getenv ("CASECOUNT_SHARED_DATA");

  return folder && g_file_test (folder, G_FILE_TEST_IS_DIR) ? folder : NULL;
}

/* FEBRL keeps its truth in the record's name: rec-NNN-org, rec-NNN-dup-K. */
static char *
add_truth (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GString *out = g_string_new (NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strstrip (lines[i]), ",", -1);
      g_auto (GStrv) id = *cells ? g_strsplit (cells[0], "-", 3) : NULL;

      for (guint k = 0; cells[k]; k++)
        g_string_append_printf (out, "%s,", g_strstrip (cells[k]));
      if (*cells)
        g_string_append_printf (out, "%s\n", i == 0 ? "truth" : id[1]);
    }
  return g_string_free (out, FALSE);
}

static void
test_febrl (void)
{
  static const struct
  {
    const char *file;
    double      f1;
  } sets[] = { { "dataset1.csv", 1.0 }, { "dataset2.csv", 0.999 }, { "dataset3.csv", 0.999 } };
  const char *shared = shared_data ();

  if (!shared)
    {
      g_test_skip ("skipped: no shared data");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *from = g_build_filename (shared, "linkage", "febrl", sets[i].file, NULL);
      g_autofree char *text = add_truth (from);
      g_autofree char *path = NULL;
      g_autoptr (CcLinkCsv) csv = NULL;
      g_autoptr (CcLinkResult) result = NULL;
      g_autoptr (GError) error = NULL;
      CcLinkEvaluation e;
      int              fd = g_file_open_tmp ("febrl-XXXXXX.csv", &path, &error);

      g_assert_no_error (error);
      g_close (fd, NULL);
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      csv = load (path, "febrl.ini", "truth");
      g_unlink (path);
      result = run (csv->table, 0.99, 2, 1);
      cc_link_evaluate (csv->table, result, csv->truth, &e);
      tell (sets[i].file, result, &e);
      g_assert_cmpfloat (e.clusters.f1, >=, sets[i].f1);
      g_assert_cmpfloat (e.accepted.precision, >=, 0.999);
    }
}

static void
test_other_sets (void)
{
  static const struct
  {
    const char *folder;
    const char *file;
    const char *schema;
    const char *truth;
    double      f1;
  } sets[] = { { "rldata", "RLdata10000.csv", "rldata.ini", "ent_id", 0.97 },
               { "splink", "fake_1000.csv", "fake1000.ini", "cluster", 0.94 } };
  const char *shared = shared_data ();

  if (!shared)
    {
      g_test_skip ("skipped: no shared data");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *path =
          g_build_filename (shared, "linkage", sets[i].folder, sets[i].file, NULL);
      g_autoptr (CcLinkCsv) csv = load (path, sets[i].schema, sets[i].truth);
      g_autoptr (CcLinkResult) result = run (csv->table, 0.99, 2, 1);
      CcLinkEvaluation e;

      cc_link_evaluate (csv->table, result, csv->truth, &e);
      tell (sets[i].file, result, &e);
      g_assert_cmpfloat (e.clusters.f1, >=, sets[i].f1);
      g_assert_cmpfloat (e.accepted.precision, >=, 0.98);
    }
}

static void
test_cancel (void)
{
  g_autoptr (CcLinkCsv) csv = load_agency_sim ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, NULL, NULL);
  g_autoptr (GError) error = NULL;
  CcLinkParams params;

  cc_link_params_init (&params);
  g_cancellable_cancel (cancellable);
  g_assert_null (cc_link_engine_run (csv->table, &params, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/linkage/engine/agency-sim", test_agency_sim);
  g_test_add_func ("/linkage/engine/accept-levels", test_accept_levels);
  g_test_add_func ("/linkage/engine/threads", test_threads);
  g_test_add_func ("/linkage/engine/verdicts", test_verdicts);
  g_test_add_func ("/linkage/engine/febrl", test_febrl);
  g_test_add_func ("/linkage/engine/other-sets", test_other_sets);
  g_test_add_func ("/linkage/engine/cancel", test_cancel);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
