/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

#define MAX_PERIODS 60

/* What the scan fills. */
typedef struct
{
  const CcCountPlan *plan;
  CcTableResult     *result;
  CcHits            *hits;
  gint64             fates[CC_FATE_NOT_DETERMINED + 1];
} Tally;

static gboolean
tally_fact (CcFact *fact, gpointer data, GError **error)
{
  Tally *tally = data;

  cc_count_evaluate (tally->plan, fact, tally->hits);
  tally->result->base++;
  tally->fates[tally->hits->fate]++;
  for (guint i = 0; i < tally->hits->cells->len; i++)
    tally->result->cells[g_array_index (tally->hits->cells, guint, i)].count++;
  return TRUE;
}

/* The table's totals: a pass of their own that knows the filter and the date, and no axis. */
static gboolean
tally_total (CcFact *fact, gpointer data, GError **error)
{
  Tally  *tally = data;
  GArray *periods = tally->hits->periods;
  guint   n = tally->result->periods->len;

  if (cc_count_periods (tally->plan, fact, tally->hits) != CC_FATE_COUNTED)
    return TRUE;
  for (guint i = 0; i < periods->len; i++)
    if (g_array_index (periods, int, i) >= 0)
      tally->result->totals[g_array_index (periods, int, i)].count++;
  tally->result->totals[n].count++;
  return TRUE;
}

static void
add_note (CcTableResult *result, const char *key, gint64 count)
{
  CcNote note = { key, count };

  if (count > 0)
    g_array_append_val (result->notes, note);
}

static gboolean
has_each (const CcCountPlan *plan)
{
  GPtrArray *const sides[] = { plan->row_blocks, plan->col_blocks };

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < sides[side]->len; i++)
      {
        GPtrArray *axes = ((CcCountBlock *) sides[side]->pdata[i])->axes;

        for (guint j = 0; j < axes->len; j++)
          if (((CcCountAxis *) axes->pdata[j])->axis->each)
            return TRUE;
      }
  return FALSE;
}

static void
add_notes (const CcCountPlan *plan,
           const Tally       *tally,
           guint              n_pairs,
           guint              n_undecidable,
           CcTableResult     *result)
{
  gboolean loose = result->totals[result->periods->len].bounds_loose;

  add_note (result, "stats.note.filtered", tally->fates[CC_FATE_FILTERED]);
  add_note (result, "stats.note.no-date", tally->fates[CC_FATE_NO_DATE]);
  add_note (result, "stats.note.not-determined", tally->fates[CC_FATE_NOT_DETERMINED]);
  add_note (result, "stats.note.outside", tally->fates[CC_FATE_OUTSIDE]);
  add_note (result, "stats.note.open-pairs", n_pairs);
  add_note (result, "stats.note.undecidable", n_undecidable);
  add_note (result, "stats.note.loose-bounds", loose);
  add_note (result, "stats.note.several", has_each (plan));
}

/* What agencies sent as counts stands in no cell. */
static gboolean
add_sent (const CcCountPlan *plan, CcTableResult *result, GError **error)
{
  gint64 sent, in_rows, unclear;

  if (!cc_count_sent (plan, &sent, &in_rows, &unclear, error))
    return FALSE;
  add_note (result, "stats.note.sent-as-counts", sent);
  add_note (result, "stats.note.sent-in-rows", in_rows);
  add_note (result, "stats.note.sent-unclear", unclear);
  return TRUE;
}

static void
free_axes (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_result_axis (gpointer data)
{
  CcResultAxis *axis = data;

  g_strfreev (axis->codes);
  g_free (axis);
}

static GPtrArray *
make_result_axes (GPtrArray *blocks)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (free_axes);

  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray *axes = ((CcCountBlock *) blocks->pdata[i])->axes;
      GPtrArray *own = g_ptr_array_new_with_free_func (free_result_axis);

      g_ptr_array_add (result, own);
      for (guint j = 0; j < axes->len; j++)
        {
          const CcCountAxis *from = axes->pdata[j];
          CcResultAxis      *axis = g_new0 (CcResultAxis, 1);
          GStrvBuilder      *codes = g_strv_builder_new ();

          axis->name = from->axis->name;
          axis->field = from->field ? from->field->name : "";
          axis->period = from->axis->kind == CC_AXIS_PERIOD;
          axis->each = from->axis->each;
          axis->additive = from->axis->additive;
          axis->has_total = from->axis->total;
          for (guint k = 0; k < from->codes->len; k++)
            g_strv_builder_add (codes, from->codes->pdata[k]);
          axis->codes = g_strv_builder_end (codes);
          g_strv_builder_unref (codes);
          g_ptr_array_add (own, axis);
        }
    }
  return result;
}

static CcTableResult *
make_result (const CcCountPlan *plan)
{
  CcTableResult *result = g_new0 (CcTableResult, 1);
  guint          n = plan->n_rows * plan->n_cols;

  result->questionnaire = cc_questionnaire_ref (plan->questionnaire);
  result->table = &plan->table->public;
  result->periods = g_array_ref (plan->periods);
  result->row_blocks = make_result_axes (plan->row_blocks);
  result->col_blocks = make_result_axes (plan->col_blocks);
  result->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_heading_free);
  result->cols = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_heading_free);
  cc_count_plan_headings (plan, FALSE, result->rows);
  cc_count_plan_headings (plan, TRUE, result->cols);
  result->cells = g_new0 (CcCell, n + 1);
  result->totals = g_new0 (CcCell, plan->periods->len + 1);
  result->notes = g_array_new (FALSE, FALSE, sizeof (CcNote));
  return result;
}

/* The counts become values, and where nobody reports the unit at all they are not known. */
static void
finish_cells (const CcCountPlan *plan, CcTableResult *result, CcCell *cells, guint n)
{
  gboolean nothing = result->base == 0 && !cc_questionnaire_blank_is_zero (plan->questionnaire);

  for (guint i = 0; i < n; i++)
    {
      cells[i].low += cells[i].count;
      cells[i].high += cells[i].count;
      cells[i].value = (double) cells[i].count;
      cells[i].state = nothing ? CC_CELL_BLANK : CC_CELL_COMPUTED;
      cells[i].reason = nothing ? "stats.blank.no-records" : NULL;
      if (plan->table->public.entry)
        {
          cells[i].state = CC_CELL_BLANK;
          cells[i].reason = "stats.blank.not-entered";
        }
    }
}

static gboolean
count_all (const CcCountPlan *plan,
           CcTableResult     *result,
           gboolean           bounds,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr (CcHits) hits = cc_hits_new ();
  Tally tally = { .plan = plan, .result = result, .hits = hits };
  guint n_pairs = 0;
  guint n_undecidable = 0;

  if (!plan->table->public.entry
      && (!cc_count_scan (plan, tally_fact, &tally, cancellable, error)
          || !cc_count_scan (plan, tally_total, &tally, cancellable, error)))
    return FALSE;
  if (bounds && !plan->table->public.entry && plan->kind != CC_KIND_RETURN
      && plan->table->public.count != CC_COUNT_REGISTRATIONS
      && !cc_count_bounds (plan, result, &n_pairs, &n_undecidable, cancellable, error))
    return FALSE;
  finish_cells (plan, result, result->cells, plan->n_rows * plan->n_cols);
  finish_cells (plan, result, result->totals, plan->periods->len + 1);
  add_notes (plan, &tally, n_pairs, n_undecidable, result);
  if (!add_sent (plan, result, error))
    return FALSE;
  return !plan->table->public.rate || cc_count_rates (plan, result, error);
}

/**
 * cc_count_table:
 * @table: one of @questionnaire
 * @options: periods are required
 *
 * Counts one table: one scan over the counting cache for the cells, and one that knows neither rows
 * nor columns for the totals. Undecided pairs give each cell its bounds. Figures that were typed in
 * take the place of counted ones, which stay in count.
 *
 * Returns: (transfer full): NULL with an error
 */
CcTableResult *
cc_count_table (CcCaseFile              *file,
                CcQuestionnaire         *questionnaire,
                const CcTableDefinition *table,
                const CcCountOptions    *options,
                GCancellable            *cancellable,
                GError                 **error)
{
  CcConnection *connection;
  g_autoptr (CcCountPlan) plan = NULL;
  g_autoptr (CcTableResult) result = NULL;
  gboolean good = FALSE;

  g_return_val_if_fail (file && questionnaire && table && options && options->periods, NULL);

  if (options->periods->len > MAX_PERIODS)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT, "A table holds at most %d periods.",
                   MAX_PERIODS);
      return NULL;
    }
  connection = cc_stats_acquire (file, error);
  if (!connection)
    return NULL;
  plan = cc_count_plan_new (file, connection, questionnaire, (const CcTable *) table, options,
                            cancellable, error);
  if (plan)
    {
      result = make_result (plan);
      good = count_all (plan, result, !options->no_bounds, cancellable, error)
             && cc_count_entries (plan, result, error);
    }
  g_clear_pointer (&plan, cc_count_plan_free);
  cc_stats_release (file, connection);
  return good ? g_steal_pointer (&result) : NULL;
}
