/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

static void
free_person (gpointer data)
{
  CcCellPerson *person = data;

  g_array_unref (person->records);
  g_free (person->category);
  g_free (person);
}

void
cc_cell_persons_free (CcCellPersons *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->inside);
  g_ptr_array_unref (self->outside);
  g_array_unref (self->reasons);
  g_free (self);
}

/* What is asked for, and what is found. */
typedef struct
{
  const CcCountPlan *plan;
  CcHits            *hits;
  GPtrArray         *rows; /* CcHeading* */
  GPtrArray         *cols;
  guint              cell;
  int                period; /* -1 = all */
  guint              at_most;
  CcCellPersons     *found;
} Search;

static CcCellPerson *
new_person (const CcFact *fact, const char *reason, char *category, CcInterval date)
{
  CcCellPerson *person = g_new0 (CcCellPerson, 1);

  person->cluster = fact->id;
  person->records = g_array_new (FALSE, FALSE, sizeof (gint64));
  person->reason = reason;
  person->category = category;
  person->date = date;
  return person;
}

/* The most exact cell of the period that the person stands in: one that is no total, if any. */
static char *
other_category (const Search *search)
{
  const CcHeading *best_row = NULL, *best_col = NULL;
  guint            best = 0;

  for (guint i = 0; i < search->hits->cells->len; i++)
    {
      guint            cell = g_array_index (search->hits->cells, guint, i);
      const CcHeading *row = search->rows->pdata[cell / search->cols->len];
      const CcHeading *col = search->cols->pdata[cell % search->cols->len];
      guint            exact = 1 + (row->total ? 0 : 2) + (col->total ? 0 : 2)
                    + (MAX (row->period, col->period) == search->period ? 1 : 0);

      if (exact <= best)
        continue;
      best = exact;
      best_row = row;
      best_col = col;
    }
  if (!best_row)
    return NULL;
  return g_str_equal (best_col->code, CC_TOTAL)
             ? g_strdup (best_row->code)
             : g_strdup_printf ("%s;%s", best_row->code, best_col->code);
}

static const char *
explain (const Search *search)
{
  static const char *const reasons[] = { "stats.why.category", "stats.why.filter",
                                         "stats.why.no-date", "stats.why.outside",
                                         "stats.why.not-determined" };

  if (search->hits->fate == CC_FATE_COUNTED && search->period >= 0)
    {
      for (guint i = 0; i < search->hits->periods->len; i++)
        if (g_array_index (search->hits->periods, int, i) == search->period)
          return reasons[CC_FATE_COUNTED];
      return "stats.why.other-period";
    }
  return reasons[search->hits->fate];
}

static void
count_reason (CcCellPersons *found, const char *reason)
{
  CcNote first = { reason, 1 };

  for (guint i = 0; i < found->reasons->len; i++)
    if (g_array_index (found->reasons, CcNote, i).key == reason)
      {
        g_array_index (found->reasons, CcNote, i).count++;
        return;
      }
  g_array_append_val (found->reasons, first);
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  const CcNote *left = a, *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return strcmp (left->key, right->key);
}

static gboolean
search_fact (CcFact *fact, gpointer data, GError **error)
{
  Search  *search = data;
  gboolean inside = FALSE;

  cc_count_evaluate (search->plan, fact, search->hits);
  for (guint i = 0; i < search->hits->cells->len && !inside; i++)
    inside = g_array_index (search->hits->cells, guint, i) == search->cell;
  if (inside)
    {
      if (!search->at_most || search->found->n_inside < search->at_most)
        g_ptr_array_add (search->found->inside, new_person (fact, NULL, NULL, search->hits->date));
      search->found->n_inside++;
      return TRUE;
    }
  count_reason (search->found, explain (search));
  if (!search->at_most || search->found->n_outside < search->at_most)
    {
      gboolean   counted = search->hits->fate == CC_FATE_COUNTED;
      CcInterval date = cc_count_date_in_rows (search->plan)
                            ? CC_INTERVAL_UNKNOWN
                            : cc_count_get_person_date (search->plan, fact, -1);

      g_ptr_array_add (search->found->outside,
                       new_person (fact, explain (search), counted ? other_category (search) : NULL,
                                   date));
    }
  search->found->n_outside++;
  return TRUE;
}

/* Adds the live records of each person. A registration or a return is its own record. */
static gboolean
add_records (const CcCountPlan *plan, GPtrArray *persons, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  CcCountUnit count = plan->table->public.count;

  if (count == CC_COUNT_REGISTRATIONS || count == CC_COUNT_RETURNS)
    {
      for (guint i = 0; i < persons->len; i++)
        g_array_append_val (((CcCellPerson *) persons->pdata[i])->records,
                            ((CcCellPerson *) persons->pdata[i])->cluster);
      return TRUE;
    }
  rows = cc_connection_prepare (plan->connection,
                                "SELECT m.record FROM membership m JOIN record r ON r.id = m.record"
                                " WHERE m.cluster = ?1 AND m.to_act IS NULL AND r.state = 0"
                                " ORDER BY m.record",
                                error);
  for (guint i = 0; rows && i < persons->len; i++)
    {
      CcCellPerson *person = persons->pdata[i];
      gboolean      has_row;

      cc_statement_reset (rows);
      cc_statement_bind_int64 (rows, 1, person->cluster);
      for (;;)
        {
          gint64 record;

          if (!cc_statement_step (rows, &has_row, error))
            return FALSE;
          if (!has_row)
            break;
          record = cc_statement_int64 (rows, 0);
          g_array_append_val (person->records, record);
        }
    }
  return rows != NULL;
}

static int
find_period (const CcCountPlan *plan, const char *code)
{
  for (guint i = 0; code && i < plan->periods->len; i++)
    if (g_str_equal (g_array_index (plan->periods, CcPeriod, i).code, code))
      return (int) i;
  return -1;
}

static gboolean
find_cell (Search     *search,
           const char *row_code,
           const char *col_code,
           const char *period,
           GError    **error)
{
  search->period = find_period (search->plan, period);
  for (guint row = 0; (!period || search->period >= 0) && row < search->rows->len; row++)
    for (guint col = 0; col < search->cols->len; col++)
      {
        const CcHeading *of_row = search->rows->pdata[row];
        const CcHeading *of_col = search->cols->pdata[col];

        if (g_str_equal (of_row->code, row_code) && g_str_equal (of_col->code, col_code)
            && MAX (of_row->period, of_col->period) == search->period)
          {
            search->cell = row * search->cols->len + col;
            search->hits->wanted = (int) search->cell;
            return TRUE;
          }
      }
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               "The table %s has no cell in row “%s”, column “%s”, period “%s”.",
               search->plan->table->public.id, row_code, col_code, period ? period : CC_TOTAL);
  return FALSE;
}

static CcCellPersons *
search_cell (const CcCountPlan *plan,
             const char        *row_code,
             const char        *col_code,
             const char        *period_code,
             guint              at_most,
             GCancellable      *cancellable,
             GError           **error)
{
  g_autoptr (CcCellPersons) found = g_new0 (CcCellPersons, 1);
  g_autoptr (CcHits) hits = cc_hits_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_heading_free);
  g_autoptr (GPtrArray) cols = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_heading_free);
  Search search = { .plan = plan,
                    .hits = hits,
                    .rows = rows,
                    .cols = cols,
                    .at_most = at_most,
                    .found = found };

  found->inside = g_ptr_array_new_with_free_func (free_person);
  found->outside = g_ptr_array_new_with_free_func (free_person);
  found->reasons = g_array_new (FALSE, FALSE, sizeof (CcNote));
  cc_count_plan_headings (plan, FALSE, rows);
  cc_count_plan_headings (plan, TRUE, cols);
  if (!find_cell (&search, row_code, col_code, period_code, error)
      || !cc_count_scan (plan, search_fact, &search, cancellable, error)
      || !add_records (plan, found->inside, error) || !add_records (plan, found->outside, error))
    return NULL;
  g_array_sort (found->reasons, compare_reasons);
  return g_steal_pointer (&found);
}

/**
 * cc_count_cell:
 * @row_code: as in CcHeading
 * @col_code: as in CcHeading, without the period
 * @period_code: (nullable): all periods together
 * @at_most: how many persons each list holds at most; 0 = all
 *
 * Returns: (transfer full): who is behind the cell, and who is not and why
 */
CcCellPersons *
cc_count_cell (CcCaseFile              *file,
               CcQuestionnaire         *questionnaire,
               const CcTableDefinition *table,
               const CcCountOptions    *options,
               const char              *row_code,
               const char              *col_code,
               const char              *period_code,
               guint                    at_most,
               GCancellable            *cancellable,
               GError                 **error)
{
  CcConnection  *connection;
  CcCountPlan   *plan;
  CcCellPersons *found = NULL;

  g_return_val_if_fail (file && questionnaire && table && options && row_code && col_code, NULL);

  connection = cc_stats_acquire (file, error);
  if (!connection)
    return NULL;
  plan = cc_count_plan_new (file, connection, questionnaire, (const CcTable *) table, options,
                            cancellable, error);
  if (plan)
    found = search_cell (plan, row_code, col_code, period_code, at_most, cancellable, error);
  cc_count_plan_free (plan);
  cc_stats_release (file, connection);
  return found;
}
