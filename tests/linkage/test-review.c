/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-case.h"

#include <cc/base/cc-error.h>
#include <cc/linkage/cc-review.h>
#include <cc/store/cc-choice.h>
#include <cc/store/cc-history.h>

#include <locale.h>
#include <string.h>

static void
search (LinkCase *self)
{
  g_autoptr (GError) error = NULL;
  CcLinkParams params;
  CcLinkCounts counts;

  cc_link_params_init (&params);
  params.accept = 2;
  cc_link_run (self->file, "victim", &params, NULL, &counts, &error);
  g_assert_no_error (error);
}

static CcReviewQueue *
read_queue (LinkCase *self)
{
  g_autoptr (GError) error = NULL;
  CcConnection  *reader = cc_case_file_acquire_reader (self->file, &error);
  CcReviewQueue *queue = cc_review_read_queue (reader, "VI", &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  return queue;
}

static gint64
count_queue (LinkCase *self)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  const gint64  n = cc_review_count_queue (reader, "VI", &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  return n;
}

static CcReviewState
read_state (LinkCase *self)
{
  g_autoptr (GError) error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  CcReviewState state;

  cc_review_read_state (reader, "VI", &state, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  return state;
}

typedef struct
{
  gint64            records[CC_REVIEW_MOST_RECORDS];
  guint             n;
  CcVerdict         verdict;
  gint64            taken_out;
  gboolean          take_back;
  gint64            cluster;
  const CcVariable *variable;
} Decision;

static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  Decision          *self = data;
  const CcReviewPair pair = { self->records[0], self->records[1] };

  if (self->take_back)
    return cc_act_decide (act, &pair, 1, CC_VERDICT_UNDECIDED, NULL, error);
  if (self->variable != NULL)
    return cc_act_choose_value (act, self->cluster, self->variable, self->records[0], error);
  if (self->taken_out != 0)
    return cc_act_take_out (act, self->taken_out, self->records, self->n, "twins", error);
  return cc_act_decide_records (act, self->records, self->n, self->verdict, "twins", error);
}

static gboolean
run (LinkCase *self, Decision *decision, GError **error)
{
  return cc_case_file_act (self->file, "decide", decide, decision, NULL, error);
}

static Decision
take_item (const CcReviewItem *item, CcVerdict verdict)
{
  Decision decision = { .n = item->n_records, .verdict = verdict };

  memcpy (decision.records, item->records, sizeof decision.records);
  return decision;
}

static gint64
find_cluster (LinkCase *self, gint64 record)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (cluster), 0) FROM membership"
                                          " WHERE to_act IS NULL AND record = %" G_GINT64_FORMAT,
                                          record);

  return link_case_count (self, sql);
}

static gboolean
has_item (const CcReviewQueue *queue, gint64 proposal)
{
  for (guint i = 0; i < queue->items->len; i++)
    if (g_array_index (queue->items, CcReviewItem, i).proposal == proposal)
      return TRUE;
  return FALSE;
}

static const CcReviewItem *
find_group (const CcReviewQueue *queue)
{
  for (guint i = 0; i < queue->items->len; i++)
    if (g_array_index (queue->items, CcReviewItem, i).n_persons > 2)
      return &g_array_index (queue->items, CcReviewItem, i);
  return NULL;
}

/* Groups come first, each pair of persons is asked about once, and nobody is asked about more than
 * five records. */
static void
test_queue (LinkCase *self, gconstpointer data)
{
  g_autoptr (CcReviewQueue) queue = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean pairs = FALSE;
  guint    n_groups = 0;
  double   last = 1;

  link_case_add_rows (self, 0, 1500);
  g_assert_cmpint (read_state (self).n_runs, ==, 0);
  search (self);
  g_assert_cmpint (read_state (self).n_runs, ==, 1);
  g_assert_cmpint (read_state (self).last_run, >, 0);
  g_assert_cmpint (read_state (self).n_new, ==, 0);
  queue = read_queue (self);
  g_assert_cmpuint (queue->items->len, >, 100);
  g_assert_cmpint (count_queue (self), ==, queue->items->len);
  for (guint i = 0; i < queue->items->len; i++)
    {
      CcReviewItem *item = &g_array_index (queue->items, CcReviewItem, i);

      g_assert_true (g_hash_table_add (seen, &item->proposal));
      g_assert_cmpuint (item->n_records, >=, item->n_persons);
      g_assert_cmpuint (item->n_records, <=, CC_REVIEW_MOST_RECORDS);
      if (item->n_persons == 2 && !pairs)
        {
          pairs = TRUE;
          last = 1;
        }
      g_assert_true (pairs == (item->n_persons == 2));
      g_assert_cmpfloat (item->probability, <=, last);
      g_assert_cmpint (item->band, ==,
                       item->probability >= 0.95f  ? CC_REVIEW_VERY_LIKELY
                       : item->probability >= 0.7f ? CC_REVIEW_LIKELY
                       : item->probability >= 0.3f ? CC_REVIEW_POSSIBLE
                                                   : CC_REVIEW_UNLIKELY);
      last = item->probability;
      n_groups += item->n_persons > 2;
    }
  g_assert_cmpuint (n_groups, >, 10);
  /* Records that came later wait for a search. */
  link_case_add_rows (self, 1500, 12);
  g_assert_cmpint (read_state (self).n_new, ==, 12);
}

/* A group that is one becomes one person by as few ties as can be; undo brings it back. */
static void
test_same (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcReviewQueue) queue = NULL;
  g_autoptr (CcReviewQueue) after = NULL;
  g_autoptr (CcReviewQueue) again = NULL;
  const CcReviewItem *item;
  Decision            decision;
  gint64              seq;

  link_case_add_rows (self, 0, 1500);
  search (self);
  queue = read_queue (self);
  item = find_group (queue);
  decision = take_item (item, CC_VERDICT_SAME);
  g_assert_true (run (self, &decision, &error));
  g_assert_no_error (error);
  for (guint i = 1; i < item->n_records; i++)
    g_assert_cmpint (find_cluster (self, item->records[i]), ==,
                     find_cluster (self, item->records[0]));
  g_assert_cmpint (link_case_count (self, "SELECT count (*) FROM pair_decision"
                                          " WHERE verdict = 'same'"),
                   ==, item->n_persons - 1);
  after = read_queue (self);
  g_assert_false (has_item (after, item->proposal));
  /* Nothing is left to decide. */
  g_assert_false (run (self, &decision, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  seq = link_case_count (self, "SELECT max (seq) FROM audit");
  g_assert_true (cc_history_undo (self->file, seq, NULL, NULL, &error));
  g_assert_no_error (error);
  again = read_queue (self);
  g_assert_cmpuint (again->items->len, ==, queue->items->len);
  for (guint i = 0; i < queue->items->len; i++)
    g_assert_cmpint (g_array_index (again->items, CcReviewItem, i).proposal, ==,
                     g_array_index (queue->items, CcReviewItem, i).proposal);
}

/* What is taken out stays out: an earlier "different" forbids that all are one, and says so. */
static void
test_take_out (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcReviewQueue) queue = NULL;
  g_autoptr (CcReviewQueue) after = NULL;
  const CcReviewItem *item;
  Decision            decision;
  gint64              last;

  link_case_add_rows (self, 0, 1500);
  search (self);
  queue = read_queue (self);
  item = find_group (queue);
  last = item->records[item->n_records - 1];
  decision = take_item (item, CC_VERDICT_DIFFERENT);
  decision.taken_out = last;
  g_assert_true (run (self, &decision, &error));
  g_assert_no_error (error);
  decision = take_item (item, CC_VERDICT_SAME);
  g_assert_false (run (self, &decision, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (find_cluster (self, item->records[0]), !=,
                   find_cluster (self, item->records[1]));
  decision.n--;
  g_assert_true (run (self, &decision, &error));
  g_assert_no_error (error);
  g_assert_cmpint (find_cluster (self, item->records[0]), ==,
                   find_cluster (self, item->records[1]));
  g_assert_cmpint (find_cluster (self, item->records[0]), !=, find_cluster (self, last));
  after = read_queue (self);
  for (guint i = 0; i < after->items->len; i++)
    {
      const CcReviewItem *left = &g_array_index (after->items, CcReviewItem, i);
      gboolean            first = FALSE;
      gboolean            second = FALSE;

      for (guint k = 0; k < left->n_records; k++)
        {
          first = first || left->records[k] == item->records[0];
          second = second || left->records[k] == last;
        }
      g_assert_false (first && second && left->n_persons == 2);
    }
}

/* "Cannot tell" puts a question to the end; "related" parts; a verdict taken back asks again. */
static void
test_other_verdicts (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcReviewQueue) queue = NULL;
  g_autoptr (CcReviewQueue) after = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;
  CcConnection *reader;
  CcReviewItem  first;
  CcReviewItem  second;
  Decision      decision;

  link_case_add_rows (self, 0, 600);
  search (self);
  queue = read_queue (self);
  first = g_array_index (queue->items, CcReviewItem, queue->items->len / 2);
  second = g_array_index (queue->items, CcReviewItem, queue->items->len / 2 + 1);
  g_assert_cmpuint (first.n_persons, ==, 2);
  decision = take_item (&first, CC_VERDICT_UNDECIDED);
  g_assert_true (run (self, &decision, &error));
  decision = take_item (&second, CC_VERDICT_RELATED);
  g_assert_true (run (self, &decision, &error));
  g_assert_no_error (error);
  after = read_queue (self);
  g_assert_cmpuint (after->items->len, ==, queue->items->len - 1);
  g_assert_false (has_item (after, second.proposal));
  g_assert_cmpint (g_array_index (after->items, CcReviewItem, after->items->len - 1).proposal, ==,
                   first.proposal);
  g_assert_true (g_array_index (after->items, CcReviewItem, after->items->len - 1).undecided);

  reader = cc_case_file_acquire_reader (self->file, &error);
  verdicts = cc_review_list_verdicts (reader, "VI", NULL, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdicts->len, ==, 2);
  g_assert_cmpint (((CcReviewVerdict *) verdicts->pdata[0])->verdict, ==, CC_VERDICT_RELATED);
  g_assert_cmpint (cc_review_count_verdicts (reader, "VI", "win", &error), ==, 2);
  g_assert_cmpint (cc_review_count_verdicts (reader, "VI", "%", &error), ==, 0);
  cc_case_file_release_reader (self->file, reader);

  decision.take_back = TRUE;
  g_assert_true (run (self, &decision, &error));
  g_assert_no_error (error);
  g_clear_pointer (&after, cc_review_queue_free);
  after = read_queue (self);
  g_assert_cmpuint (after->items->len, ==, queue->items->len);
  g_assert_true (has_item (after, second.proposal));
}

/* One person with the values that count; a choice changes them and can be given back. */
static void
test_person (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcReviewQueue) queue = NULL;
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  CcConnection *reader;
  Decision      decision;
  gint64        cluster;

  g_assert_no_error (error);
  link_case_add_rows (self, 0, 1500);
  search (self);
  queue = read_queue (self);
  decision = take_item (find_group (queue), CC_VERDICT_SAME);
  g_assert_true (run (self, &decision, &error));
  cluster = find_cluster (self, decision.records[0]);
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (CcReviewPerson) person = NULL;
      const CcReviewField *sex = NULL;
      guint                n_taken = 0;

      reader = cc_case_file_acquire_reader (self->file, &error);
      person = cc_review_read_person (self->file, reader, texts, "en", cluster, &error);
      g_assert_no_error (error);
      cc_case_file_release_reader (self->file, reader);
      g_assert_cmpuint (person->records->len, ==, decision.n);
      g_assert_cmpuint (person->steps->len, ==, decision.n);
      for (guint i = 0; i < person->fields->len; i++)
        if (strcmp (((CcReviewField *) person->fields->pdata[i])->row->variable->id, "VI03") == 0)
          sex = person->fields->pdata[i];
      g_assert_nonnull (sex);
      g_assert_true (sex->choosable);
      g_assert_cmpstr (sex->rule, ==, "first-known");
      for (guint i = 0; i < person->records->len; i++)
        n_taken += sex->taken[i];
      g_assert_cmpuint (n_taken, ==, 1);
      g_assert_cmpint (sex->choice != 0, ==, round == 1);
      if (round == 1)
        g_assert_cmpint (sex->choice, ==, decision.records[0]);
      decision.cluster = cluster;
      decision.variable = cc_pack_find_variable (self->pack, "VI03");
      decision.records[0] = round == 0 ? ((CcReviewRecord *) person->records->pdata[1])->id : 0;
      g_assert_true (run (self, &decision, &error));
      g_assert_no_error (error);
    }
  /* Only its own records have values to choose. */
  decision.records[0] = link_case_find (self, 1499);
  if (find_cluster (self, decision.records[0]) != cluster)
    {
      g_assert_false (run (self, &decision, &error));
      g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
    }
}

#define N_LONG "100000"

static gboolean
fill_long (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (
      cc_act_get_connection (act),
      "INSERT INTO record (id, uuid, unit, entity) WITH RECURSIVE n (i) AS"
      " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2 * " N_LONG ")"
      " SELECT 1000000 + i, CAST (printf ('%016d', i) AS BLOB), 'VI', 1 FROM n;"
      "INSERT INTO victim (record) SELECT id FROM record WHERE id > 1000000;"
      "INSERT INTO cluster (id, kind) SELECT id, 'VI' FROM record WHERE id > 1000000;"
      "INSERT INTO membership (record, cluster, from_act) SELECT id, id, 1 FROM record"
      " WHERE id > 1000000;"
      "INSERT INTO link_run (id, kind, seed, records, pairs, time, act)"
      " VALUES (900, 'VI', 1, 0, 0, 1, 1);"
      "INSERT INTO proposal (run, kind, a, b, weight, probability) SELECT 900, 'VI', id, id + 1,"
      " 5, (id % 1000) / 1000.0 FROM record WHERE id > 1000000 AND id % 2 = 1;",
      error);
}

/* In a long queue the next question is there before a person notices: the act and the reading of a
 * question do not depend on how many others wait. The bars are wide, for machines under load. */
static void
test_long (LinkCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcReviewQueue) queue = NULL;
  g_autoptr (CcReviewCase) question = NULL;
  CcConnection *reader;
  CcReviewItem  item;
  Decision      decision;
  gint64        began;
  gint64        act_time = G_MAXINT64;
  gint64        read_time;

  cc_case_file_act (self->file, "test", fill_long, NULL, NULL, &error);
  g_assert_no_error (error);
  began = g_get_monotonic_time ();
  queue = read_queue (self);
  g_test_message ("queue read in %d ms", (int) ((g_get_monotonic_time () - began) / 1000));
  g_assert_cmpuint (queue->items->len, ==, 100000);
  for (guint i = 0; i < 5; i++)
    {
      item = g_array_index (queue->items, CcReviewItem, i);
      decision = take_item (&item, i % 2 == 0 ? CC_VERDICT_SAME : CC_VERDICT_DIFFERENT);
      began = g_get_monotonic_time ();
      g_assert_true (run (self, &decision, &error));
      act_time = MIN (act_time, g_get_monotonic_time () - began);
    }
  item = g_array_index (queue->items, CcReviewItem, 6);
  reader = cc_case_file_acquire_reader (self->file, &error);
  began = g_get_monotonic_time ();
  question = cc_review_read_case (self->file, reader, item.records, item.n_records, &error);
  read_time = g_get_monotonic_time () - began;
  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  g_assert_true (question->open);
  g_test_message ("decided in %.1f ms, read in %.1f ms", act_time / 1000.0, read_time / 1000.0);
  g_assert_cmpint (act_time, <, 400 * 1000);
  g_assert_cmpint (read_time, <, 100 * 1000);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/review/" name, LinkCase, NULL, link_case_set_up, func, link_case_tear_down)
  ADD ("queue", test_queue);
  ADD ("same", test_same);
  ADD ("take-out", test_take_out);
  ADD ("other-verdicts", test_other_verdicts);
  ADD ("person", test_person);
  ADD ("long", test_long);
  return g_test_run ();
}
