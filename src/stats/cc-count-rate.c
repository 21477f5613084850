/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-private.h"

#include <string.h>

/* The slice of the population that a heading stands for. */
typedef struct
{
  const char *sex;
  const char *age;
  gboolean    known; /* FALSE: a category of it is no slice of the population */
} Slice;

static void
narrow (Slice *slice, const CcCountAxis *axis, const char *code)
{
  const char *population = NULL;

  if (!*axis->axis->population || g_str_equal (code, CC_TOTAL))
    return;
  for (guint i = 0; i < axis->n; i++)
    if (g_str_equal (axis->codes->pdata[i], code) && axis->labels->pdata[i])
      population = ((const CcCategory *) axis->labels->pdata[i])->population;
  if (!population)
    slice->known = FALSE;
  else if (g_str_equal (axis->axis->population, "sex"))
    slice->sex = population;
  else
    slice->age = population;
}

static void
narrow_heading (Slice *slice, GPtrArray *blocks, const CcHeading *heading)
{
  const CcCountBlock *block = blocks->pdata[heading->block];

  for (guint i = 0, part = 0; i < block->axes->len; i++)
    {
      const CcCountAxis *axis = block->axes->pdata[i];

      if (axis->axis->kind != CC_AXIS_PERIOD)
        narrow (slice, axis, heading->parts[part++]);
    }
}

static GHashTable *
load_population (CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection, "SELECT year, sex, age_class, count FROM population",
                             error);
  g_autoptr (GHashTable) population =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (rows)
    {
      gboolean has_row;
      gint64   count;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&population);
      count = cc_statement_int64 (rows, 3);
      g_hash_table_insert (population,
                           g_strdup_printf ("%" G_GINT64_FORMAT "/%s/%s",
                                            cc_statement_int64 (rows, 0),
                                            cc_statement_text (rows, 1),
                                            cc_statement_text (rows, 2)),
                           g_memdup2 (&count, sizeof (count)));
    }
  return NULL;
}

/* A missing entry gives a blank, never a zero; a sum over years has no population. */
static void
set_rate (const CcCountPlan *plan,
          GHashTable        *population,
          CcCell            *cell,
          const Slice       *slice,
          int                period)
{
  const gint64 *count = NULL;

  if (period >= 0 && slice->known)
    {
      CcDay            day = g_array_index (plan->periods, CcPeriod, period).interval.first;
      g_autofree char *key =
          g_strdup_printf ("%d/%s/%s", cc_day_year (day), slice->sex, slice->age);

      count = g_hash_table_lookup (population, key);
    }
  if (cell->state != CC_CELL_COMPUTED)
    return;
  if (!count || *count <= 0)
    {
      cell->state = CC_CELL_BLANK;
      cell->reason = "stats.blank.no-population";
      cell->value = 0;
      return;
    }
  cell->denominator = (double) *count;
  cell->value = (double) cell->count * plan->table->public.per / cell->denominator;
}

/* Turns the counts of a table into rates. */
gboolean
cc_count_rates (const CcCountPlan *plan, CcTableResult *result, GError **error)
{
  g_autoptr (GHashTable) population = load_population (plan->connection, error);
  const Slice everybody = { "total", "total", TRUE };
  gint64      missing = 0;

  if (!population)
    return FALSE;
  for (guint row = 0; row < result->rows->len; row++)
    for (guint col = 0; col < result->cols->len; col++)
      {
        const CcHeading *of_row = result->rows->pdata[row];
        const CcHeading *of_col = result->cols->pdata[col];
        CcCell          *cell = &result->cells[row * result->cols->len + col];
        Slice            slice = everybody;

        narrow_heading (&slice, plan->row_blocks, of_row);
        narrow_heading (&slice, plan->col_blocks, of_col);
        set_rate (plan, population, cell, &slice,
                  of_row->period >= 0 ? of_row->period : of_col->period);
        missing += cell->state == CC_CELL_BLANK;
      }
  for (guint i = 0; i <= plan->periods->len; i++)
    set_rate (plan, population, &result->totals[i], &everybody,
              i < plan->periods->len ? (int) i : -1);
  if (missing)
    {
      CcNote note = { "stats.note.no-population", missing };

      g_array_append_val (result->notes, note);
    }
  return TRUE;
}

/* A typed-in figure for "ROW,COL", with or without the period in front of the column. */
static gboolean
names_cell (const char *text, const CcTableResult *result, guint row, guint col)
{
  const CcHeading *of_row = result->rows->pdata[row];
  const CcHeading *of_col = result->cols->pdata[col];
  const char      *comma = strchr (text, ',');
  const char      *period =
      of_row->period >= 0 || of_col->period >= 0
               ? g_array_index (result->periods, CcPeriod, MAX (of_row->period, of_col->period)).code
               : NULL;
  g_autofree char *with_period = NULL;

  if (!comma || strlen (of_row->code) != (gsize) (comma - text)
      || strncmp (text, of_row->code, (gsize) (comma - text)) != 0)
    return FALSE;
  if (g_str_equal (comma + 1, of_col->code))
    return TRUE;
  if (!period)
    return FALSE;
  with_period = g_strdup_printf ("%s;%s", period, of_col->code);
  return g_str_equal (comma + 1, with_period)
         || (g_str_equal (of_col->code, CC_TOTAL) && g_str_equal (comma + 1, period));
}

static gboolean
same_period (CcStatement *answer, const CcTableResult *result, guint row, guint col)
{
  int        period = MAX (((const CcHeading *) result->rows->pdata[row])->period,
                           ((const CcHeading *) result->cols->pdata[col])->period);
  CcInterval interval;

  if (cc_statement_is_null (answer, 0))
    return TRUE;
  if (period < 0)
    return FALSE;
  interval = g_array_index (result->periods, CcPeriod, period).interval;
  return cc_statement_int64 (answer, 0) <= interval.first
         && cc_statement_int64 (answer, 1) >= interval.last;
}

/* Whether the heading stands for everybody but for its period. */
static gboolean
is_whole (const CcHeading *heading)
{
  for (guint i = 0; heading->parts && heading->parts[i]; i++)
    if (!g_str_equal (heading->parts[i], CC_TOTAL))
      return FALSE;
  return heading->block == 0;
}

/* The checks compare totals: a typed one must be compared, too. */
static void
set_total (CcTableResult *result, const CcCell *cell, guint row, guint col)
{
  const CcHeading *of_row = result->rows->pdata[row];
  const CcHeading *of_col = result->cols->pdata[col];
  int              period = MAX (of_row->period, of_col->period);

  if (period < 0 || !is_whole (of_row) || !is_whole (of_col))
    return;
  result->totals[period].state = cell->state;
  result->totals[period].value = cell->value;
  result->totals[period].entry_reason = cell->entry_reason;
}

static void
set_entry (CcTableResult *result, CcStatement *answer, guint row, guint col)
{
  CcCell     *cell = &result->cells[row * result->cols->len + col];
  const char *text = cc_statement_text (answer, 3);
  char       *end = NULL;
  double      value = text ? g_ascii_strtod (text, &end) : 0;

  if (!text || end == text)
    return;
  cell->state = CC_CELL_ENTRY;
  cell->value = value;
  cell->reason = NULL;
  cell->entry_reason = g_intern_string (cc_statement_text (answer, 4));
  set_total (result, cell, row, col);
}

/* Puts typed-in figures into their cells. Later answers win over earlier ones. */
gboolean
cc_count_entries (const CcCountPlan *plan, CcTableResult *result, GError **error)
{
  g_autoptr (CcStatement) answer =
      cc_connection_prepare (plan->connection,
                             "SELECT period_first, period_last, cell, value, reason FROM "
                             "questionnaire_answer"
                             " WHERE questionnaire = ?1 AND tbl = ?2 ORDER BY id",
                             error);
  gboolean has_row;

  if (!answer)
    return FALSE;
  cc_statement_bind_text (answer, 1, cc_questionnaire_get_id (plan->questionnaire));
  cc_statement_bind_text (answer, 2, plan->table->public.id);
  for (;;)
    {
      if (!cc_statement_step (answer, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      for (guint row = 0; row < result->rows->len; row++)
        for (guint col = 0; col < result->cols->len; col++)
          if (same_period (answer, result, row, col)
              && names_cell (cc_statement_text (answer, 2), result, row, col))
            set_entry (result, answer, row, col);
    }
}
