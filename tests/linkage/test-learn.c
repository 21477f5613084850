/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-case.h"

#include <cc/base/cc-error.h>
#include <cc/linkage/cc-link-csv.h>
#include <cc/linkage/cc-link-evaluate.h>
#include <cc/linkage/cc-link-learn.h>

#include <locale.h>
#include <math.h>
#include <string.h>

static CcLinkCounts
run (LinkCase *self)
{
  g_autoptr (GError) error = NULL;
  CcLinkParams params;
  CcLinkCounts counts;

  cc_link_params_init (&params);
  cc_link_run (self->file, "victim", &params, NULL, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static guint
row_of (const guint8 uuid[16])
{
  return uuid[0] | uuid[1] << 8;
}

static const char *
entity_of (LinkCase *self, guint row)
{
  return cc_csv_table_get (self->csv, row, cc_csv_table_find_column (self->csv, "entity_id"));
}

/* Decides pairs of the queue, from the most to the least probable, as somebody who knows. */
static guint
decide_some (LinkCase *self, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queue = cc_link_queue (self->file, "victim", 0.05, 1, &error);
  guint n_same = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (queue->len, >=, n);
  for (guint i = 0; i < n; i++)
    {
      const CcLinkItem *item = queue->pdata[i * queue->len / n];
      const guint       a = row_of (item->uuid_a);
      const guint       b = row_of (item->uuid_b);
      const gboolean    same = strcmp (entity_of (self, a), entity_of (self, b)) == 0;

      link_case_decide (self, a, b, same ? CC_VERDICT_SAME : CC_VERDICT_DIFFERENT);
      n_same += same;
    }
  return n_same;
}

/* What the last run scored by. */
static char *
read_last_model (LinkCase *self)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;
  char    *body;

  g_assert_no_error (error);
  find = cc_connection_prepare (reader,
                                "SELECT m.body FROM link_run r JOIN link_model m ON m.id = r.model"
                                " ORDER BY r.id DESC LIMIT 1",
                                &error);
  g_assert_no_error (error);
  g_assert_true (cc_statement_step (find, &has_row, &error) && has_row);
  body = g_strdup (cc_statement_text (find, 0));
  g_clear_pointer (&find, cc_statement_release);
  cc_case_file_release_reader (self->file, reader);
  return body;
}

/* From the first comparison on: what levels weigh. */
static const char *
levels_of (const char *body)
{
  const char *levels = strstr (body, "\n[name]\n");

  g_assert_nonnull (levels);
  return levels;
}

static gboolean
learn (LinkCase *self, CcLinkLearning *learning, GError **error)
{
  return cc_link_learn (self->file, "victim", 1, NULL, learning, error);
}

static CcLinkStoredModel *
find_only_model (LinkCase *self, GPtrArray **models)
{
  g_autoptr (GError) error = NULL;

  *models = cc_link_list_models (self->file, "victim", &error);
  g_assert_no_error (error);
  g_assert_cmpuint ((*models)->len, ==, 1);
  return (*models)->pdata[0];
}

static void
assert_fit (const CcLinkFit *fit, guint n)
{
  guint in_bands = 0;

  g_assert_cmpuint (fit->n, ==, n);
  for (guint i = 0; i < CC_LINK_BANDS; i++)
    {
      in_bands += fit->bands[i].n;
      g_assert_cmpfloat (fit->bands[i].same, <=, 1);
      if (fit->bands[i].n > 0)
        {
          g_assert_cmpfloat (fit->bands[i].stated, >=, i / 10.0 - 1e-9);
          g_assert_cmpfloat (fit->bands[i].stated, <=, (i + 1) / 10.0 + 1e-9);
        }
    }
  g_assert_cmpuint (in_bands, ==, n);
  g_assert_cmpfloat (fit->calibration_error, <=, 1);
  g_test_message ("%u verdicts: agreement %.3f, %.3f bits, calibration error %.3f", fit->n,
                  fit->agreement, fit->log_loss, fit->calibration_error);
}

/* A model is learnt, compared, kept; nothing changes until somebody accepts it, and going back is
 * one act. */
static void
test_accepted (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = NULL;
  CcLinkLearning     learning;
  CcLinkStoredModel *model;
  g_autofree char   *own = NULL;
  g_autofree char   *still = NULL;
  g_autofree char   *accepted = NULL;
  g_autofree char   *again = NULL;
  guint              n_same;

  link_case_add_rows (self, 0, 900);
  run (self);
  g_assert_false (learn (self, &learning, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_clear_error (&error);
  n_same = decide_some (self, 80);
  run (self);
  own = read_last_model (self);
  g_assert_true (learn (self, &learning, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (learning.labels, ==, 80);
  g_assert_cmpuint (learning.same, ==, n_same);
  assert_fit (&learning.before, 80);
  assert_fit (&learning.after, 80);
  g_assert_true (learning.better == (learning.after.log_loss < learning.before.log_loss));

  model = find_only_model (self, &models);
  g_assert_cmpint (model->id, ==, learning.model);
  g_assert_cmpuint (model->labels, ==, 80);
  g_assert_false (model->accepted);
  run (self);
  still = read_last_model (self);
  g_assert_cmpstr (levels_of (still), ==, levels_of (own));

  g_assert_true (cc_link_accept_model (self->file, "victim", model->id, NULL, &error));
  g_clear_pointer (&models, g_ptr_array_unref);
  model = find_only_model (self, &models);
  g_assert_true (model->accepted);
  g_assert_cmpint (model->time, >, 0);
  run (self);
  accepted = read_last_model (self);
  g_assert_cmpstr (levels_of (accepted), !=, levels_of (own));
  /* More records: the weights are those that were accepted all the same. */
  link_case_add_rows (self, 900, 200);
  run (self);
  again = read_last_model (self);
  g_assert_cmpstr (levels_of (again), ==, levels_of (accepted));
  g_assert_cmpstr (again, !=, accepted);

  g_assert_false (cc_link_accept_model (self->file, "victim", 999, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (cc_link_accept_model (self->file, "victim", 0, NULL, &error));
  g_assert_no_error (error);
  g_clear_pointer (&models, g_ptr_array_unref);
  model = find_only_model (self, &models);
  g_assert_false (model->accepted);
}

/* ---- signed off by a sample ---- */

static GPtrArray *
list_sample (LinkCase *self, gint64 *model)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = cc_link_list_sample (self->file, "victim", model, &error);

  g_assert_no_error (error);
  return items;
}

static gboolean
sample (LinkCase *self, gint64 model, guint n, GError **error)
{
  return cc_link_sample_model (self->file, "victim", model, n, 3, NULL, error);
}

static void
refuse_signature (LinkCase *self, gint64 model, int code)
{
  g_autoptr (GError) error = NULL;
  CcLinkSignature signature;

  g_assert_false (cc_link_sign_model (self->file, "victim", model, &signature, NULL, &error));
  g_assert_error (error, CC_ERROR, code);
}

/* Pairs that nobody decided are drawn and looked at; each must be decided before the model can be
 * signed, the counts are those of the truth, and what was signed stays with the model. */
static void
test_signed (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) models = NULL;
  CcLinkLearning     learning;
  CcLinkSignature    signature;
  CcLinkStoredModel *model;
  gint64             of;
  guint              same[CC_LINK_SAMPLE_BANDS] = { 0 };
  guint              drawn[CC_LINK_SAMPLE_BANDS] = { 0 };
  guint              n_bands = 0;
  const gint64       before = link_case_count (self, "SELECT count(*) FROM pair_decision");

  link_case_add_rows (self, 0, 900);
  run (self);
  decide_some (self, 80);
  g_assert_true (learn (self, &learning, &error));
  g_assert_null (cc_link_list_sample (self->file, "victim", &of, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  refuse_signature (self, learning.model, CC_ERROR_NOT_FOUND);
  g_assert_false (sample (self, 999, 40, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (sample (self, learning.model, 40, &error));
  g_assert_no_error (error);
  items = list_sample (self, &of);
  g_assert_cmpint (of, ==, learning.model);
  g_assert_cmpuint (items->len, ==, 40);
  g_assert_true (sample (self, learning.model, 40, &error));
  again = list_sample (self, &of);
  for (guint i = 0; i < items->len; i++)
    {
      const CcLinkSampleItem *item = items->pdata[i];
      const CcLinkSampleItem *other = again->pdata[i];

      g_assert_cmpmem (item->uuid_a, 16, other->uuid_a, 16);
      g_assert_cmpmem (item->uuid_b, 16, other->uuid_b, 16);
      g_assert_true (item->is_open && !item->gone);
    }
  refuse_signature (self, learning.model, CC_ERROR_REFUSED);
  for (guint i = 0; i < items->len; i++)
    {
      const CcLinkSampleItem *item = items->pdata[i];
      const guint             a = row_of (item->uuid_a);
      const guint             b = row_of (item->uuid_b);
      const gboolean          one = strcmp (entity_of (self, a), entity_of (self, b)) == 0;

      link_case_decide (self, a, b,
                        i == 0 ? CC_VERDICT_UNDECIDED
                        : one  ? CC_VERDICT_SAME
                               : CC_VERDICT_DIFFERENT);
      drawn[item->band]++;
      same[item->band] += one && i > 0;
    }
  g_assert_cmpint (link_case_count (self, "SELECT count(*) FROM pair_decision"), ==,
                   before + 80 + 40);
  g_assert_true (
      cc_link_sign_model (self->file, "victim", learning.model, &signature, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    {
      const CcLinkSampleBand *band = &signature.bands[i];

      g_assert_cmpuint (band->drawn, ==, drawn[i]);
      g_assert_cmpuint (band->same, ==, same[i]);
      g_assert_cmpuint (band->same + band->different + band->undecided, ==, band->drawn);
      g_assert_cmpuint (band->pairs, >=, band->drawn);
      n_bands += band->drawn > 0;
    }
  g_assert_cmpuint (n_bands, >=, 3);
  g_assert_cmpfloat (signature.low, <, signature.precision);
  g_assert_cmpfloat (signature.precision, <, signature.high);
  g_assert_cmpfloat (signature.found, >, 0.5);
  g_assert_cmpfloat (signature.found, <=, 1);

  model = find_only_model (self, &models);
  g_assert_true (model->is_signed);
  g_assert_cmpfloat_with_epsilon (model->signature.precision, signature.precision, 1e-12);
  g_assert_cmpint (model->signature.time, >, 0);
  g_assert_false (model->accepted);
  /* A record that changes after it was looked at is to be looked at again. */
  link_case_change_phone (self, row_of (((CcLinkSampleItem *) items->pdata[1])->uuid_a),
                          "+22177123456");
  refuse_signature (self, learning.model, CC_ERROR_REFUSED);
  g_clear_pointer (&models, g_ptr_array_unref);
  g_assert_true (find_only_model (self, &models)->is_signed);
}

/* Bounds hold what is asked of them: nothing known is everything possible, and a sample without a
 * fault does not say that there is none. */
static void
test_bounds (void)
{
  CcLinkSignature signature = { 0 };

  g_assert_true (cc_link_signature_from_text (&signature,
                                              "[signed]\nband0=100;20;1;19;0\nband1=50;20;5;15;"
                                              "0\nband2=10;10;5;5;0\n"
                                              "band3=30;20;20;0;0\nband4=160;20;20;0;0\n"));
  g_assert_cmpfloat_with_epsilon (signature.precision, 195 / 200.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (signature.found, 195 / (195 + 5 + 12.5), 1e-9);
  g_assert_cmpfloat_with_epsilon (signature.low, (10 * 0.236593 + 190 * 0.838875) / 200, 1e-5);
  g_assert_cmpfloat_with_epsilon (signature.high, (10 * 0.763407 + 190) / 200, 1e-5);
  g_assert_true (
      cc_link_signature_from_text (&signature,
                                   "[signed]\nband0=0;0;0;0;0\nband1=0;0;0;0;0\nband2=0;0;0;0;0\n"
                                   "band3=0;0;0;0;0\nband4=7;3;0;0;3\n"));
  g_assert_cmpfloat (signature.low, ==, 0);
  g_assert_cmpfloat (signature.high, ==, 1);
  g_assert_false (cc_link_signature_from_text (&signature, "[signed]\nband0=1;2\n"));
  g_assert_false (cc_link_signature_from_text (&signature, "nonsense"));
}

/* ---- the development set, by an oracle ---- */

static CcLinkResult *
run_table (CcLinkTable *table, GArray *verdicts, gboolean from_labels)
{
  g_autoptr (GError) error = NULL;
  CcLinkParams  params;
  CcLinkResult *result;

  cc_link_params_init (&params);
  params.n_threads = 2;
  params.verdicts = (const CcLinkVerdict *) verdicts->data;
  params.n_verdicts = verdicts->len;
  params.learn = from_labels;
  result = cc_link_engine_run (table, &params, NULL, &error);
  g_assert_no_error (error);
  return result;
}

/* A question: whether two groups of the best guess are one person, by the likeliest pair. */
typedef struct
{
  double  gain; /* true pairs that a "same" is expected to bring */
  guint32 a;
  guint32 b;
  guint64 groups;
} Question;

static int
order_questions (gconstpointer a, gconstpointer b)
{
  const Question *x = a;
  const Question *y = b;

  if (x->gain != y->gain)
    return x->gain > y->gain ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static GArray *
list_questions (const CcLinkResult *result)
{
  GArray             *questions = g_array_new (FALSE, FALSE, sizeof (Question));
  g_autofree guint32 *sizes = g_new0 (guint32, result->n_records);

  for (guint i = 0; i < result->n_records; i++)
    sizes[result->cluster_of[i]]++;
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      guint32               x = result->cluster_of[at->a];
      guint32               y = result->cluster_of[at->b];
      Question              question = { at->probability * sizes[x] * sizes[y], at->a, at->b,
                                         (guint64) MIN (x, y) << 32 | MAX (x, y) };

      if (x != y)
        g_array_append_val (questions, question);
    }
  g_array_sort (questions, order_questions);
  return questions;
}

/* Asks about groups that the best guess keeps apart, those first of which an answer would bring
 * most together; once about any two. */
static void
ask (const CcLinkCsv *csv, const CcLinkResult *result, guint n, GArray *verdicts)
{
  g_autoptr (GArray) questions = list_questions (result);
  g_autoptr (GHashTable) asked = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < questions->len && verdicts->len < n; i++)
    {
      Question     *at = &g_array_index (questions, Question, i);
      CcLinkVerdict verdict = { at->a, at->b, csv->truth[at->a] == csv->truth[at->b] };

      if (g_hash_table_add (asked, &at->groups))
        g_array_append_val (verdicts, verdict);
    }
  g_assert_cmpuint (verdicts->len, ==, n);
}

static CcLinkEvaluation
evaluate (const CcLinkCsv *csv, const CcLinkResult *result, const char *what)
{
  CcLinkEvaluation e;

  cc_link_evaluate (csv->table, result, csv->truth, &e);
  g_test_message ("%s: clusters precision %.4f recall %.4f F1 %.4f, pairs at 0.5 F1 %.4f, "
                  "calibration error %.4f",
                  what, e.clusters.precision, e.clusters.recall, e.clusters.f1, e.pairs50.f1,
                  e.calibration_error);
  return e;
}

static void
test_two_hundred (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency_sim_dev.csv", NULL);
  g_autofree char *schema =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency-sim.ini", NULL);
  const char *paths[] = { path, NULL };
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcLinkCsv) csv = cc_link_csv_load (pack, paths, schema, "entity_id", &error);
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  g_autoptr (CcLinkResult) first = NULL;
  g_autoptr (CcLinkResult) bound = NULL;
  g_autoptr (CcLinkResult) taught = NULL;
  CcLinkEvaluation before;
  CcLinkEvaluation after;

  g_assert_no_error (error);
  first = run_table (csv->table, verdicts, FALSE);
  before = evaluate (csv, first, "no verdict");
  ask (csv, first, 200, verdicts);
  bound = run_table (csv->table, verdicts, FALSE);
  evaluate (csv, bound, "200 verdicts that bind");
  taught = run_table (csv->table, verdicts, TRUE);
  after = evaluate (csv, taught, "200 verdicts that bind and teach");
  g_assert_cmpfloat (before.clusters.f1, >=, 0.94);
  g_assert_cmpfloat (after.clusters.f1, >=, 0.97);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/learn/accepted", LinkCase, NULL, link_case_set_up, test_accepted,
              link_case_tear_down);
  g_test_add ("/learn/signed", LinkCase, NULL, link_case_set_up, test_signed, link_case_tear_down);
  g_test_add_func ("/learn/bounds", test_bounds);
  g_test_add_func ("/learn/two-hundred", test_two_hundred);
  return g_test_run ();
}
