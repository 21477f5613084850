/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-bounds-private.h"

#include <string.h>

/* A component that is too large to go through, person by person as things stand. */
typedef struct
{
  CcBounding *bounding;
  guint       n;
  CcScope    *scopes; /* one per person */
  guint8     *local;  /* per field: the merged value is always that of one person */
  guint8     *known;  /* per person: an agency asked for reported it */
  guint       where;  /* how many may lend the filter to a merged person */
  gboolean    where_sure;
  guint      *in_period; /* per period, then any: how many have a date in it */
} Loose;

/* Whether the value of a field in a merged person is always that of one of the persons merged, or
 * of lists each code is. Not so: ages are taken on the first day of all, numbers of records add up,
 * texts are joined; fields of rows are looked at row by row, and the stage of a case depends on the
 * period. */
static gboolean
is_local (const CcCountPlan *plan, const CcField *field)
{
  const CcDerivation *derivation = plan->derive->of[plan->kind]->pdata[field->index];

  if (field == plan->open_pair || field == plan->stage || field->type == CC_VALUE_TEXT
      || (field->group != CC_GROUP_NONE && plan->bound[field->group]))
    return FALSE;
  switch (derivation->rule)
    {
    case CC_RULE_AGE_EXACT:
    case CC_RULE_AGE_MIN:
    case CC_RULE_AGE_MAX:
    case CC_RULE_AGE_CLASS:
    case CC_RULE_RECORD_COUNT:
    case CC_RULE_COUNT_OR_STATED:
      return FALSE;
    default:
      return TRUE;
    }
}

/* The least number of persons that any conjunct of a condition asks for. */
typedef struct
{
  const Loose *loose;
  guint        least;
} Least;

static void
count_lenders (const CcProgram *conjunct, gpointer data)
{
  Least *least = data;
  guint  n = 0;

  for (guint i = 0; i < least->loose->n; i++)
    n += cc_program_may_lend (conjunct, least->loose->local, &least->loose->scopes[i]);
  least->least = MIN (least->least, n);
}

static guint
count_condition (const Loose *loose, const CcProgram *program)
{
  Least least = { loose, loose->n };

  cc_program_each_conjunct (program, count_lenders, &least);
  return least.least;
}

static guint
count_value (const Loose *loose, const CcCountAxis *axis, guint category)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  if (!loose->local[axis->field->index])
    return loose->n;
  for (guint i = 0; i < loose->n; i++)
    {
      g_array_set_size (hits, 0);
      cc_count_axis_hit_value (axis, &loose->scopes[i], hits);
      if (!hits->len)
        n += (int) category == axis->unknown;
      for (guint j = 0; j < hits->len; j++)
        n += g_array_index (hits, guint, j) == category;
    }
  return n;
}

/* How many persons at most can bring a merged person into the category. */
static guint
count_category (const Loose *loose, const CcCountAxis *axis, guint category)
{
  const CcProgram *program = axis->programs->pdata[category];

  if (program)
    return cc_program_is_otherwise (program) ? loose->n : count_condition (loose, program);
  return axis->field ? count_value (loose, axis, category) : loose->n;
}

static void
look_at_dates (Loose *loose)
{
  const CcCountPlan *plan = loose->bounding->plan;
  guint              n = plan->periods->len;
  g_autoptr (GArray) periods = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree guint8 *seen = g_new (guint8, n + 1);
  gboolean           free_date =
      plan->date && !cc_count_date_in_rows (plan) && !loose->local[plan->date->index];

  loose->in_period = g_new0 (guint, n + 1);
  for (guint i = 0; i < loose->n; i++)
    {
      memset (seen, free_date, n + 1);
      cc_count_date_periods (plan, loose->scopes[i].fact, periods);
      for (guint j = 0; j < periods->len; j++)
        {
          int period = g_array_index (periods, int, j);

          seen[n] = 1;
          if (period >= 0)
            seen[period] = 1;
        }
      for (guint j = 0; j <= n; j++)
        loose->in_period[j] += seen[j];
    }
  if (free_date)
    loose->where_sure = FALSE;
}

/* One side of the table: how many persons at most each heading can get, which period it asks for,
 * and whether it takes every person. */
typedef struct
{
  guint  *most;
  int    *period;
  guint8 *all;
} Side;

static void
clear_side (Side *side)
{
  g_free (side->most);
  g_free (side->period);
  g_free (side->all);
}

static void
look_at_block (const Loose *loose, const CcCountBlock *block, Side *side)
{
  guint stride = block->n;

  for (guint i = 0; i < block->axes->len; i++)
    {
      const CcCountAxis *axis = block->axes->pdata[i];
      guint              size = axis->n + (axis->axis->total ? 1 : 0);
      g_autofree guint  *most = g_new (guint, size + 1);

      for (guint j = 0; j < size; j++)
        most[j] = j < axis->n ? count_category (loose, axis, j) : loose->n;
      stride /= MAX (1, size);
      for (guint j = 0; j < block->n; j++)
        {
          guint category = j / stride % size;
          guint at = block->first + j;

          if (category == axis->n)
            continue;
          if (axis->axis->kind == CC_AXIS_PERIOD)
            side->period[at] = (int) category;
          else
            {
              side->most[at] = MIN (side->most[at], most[category]);
              side->all[at] = 0;
            }
        }
    }
}

static Side
look_at_side (const Loose *loose, GPtrArray *blocks, guint n)
{
  Side side = { g_new (guint, n + 1), g_new (int, n + 1), g_new (guint8, n + 1) };

  for (guint i = 0; i < n; i++)
    {
      side.most[i] = loose->n;
      side.period[i] = -1;
      side.all[i] = 1;
    }
  for (guint i = 0; i < blocks->len; i++)
    look_at_block (loose, blocks->pdata[i], &side);
  return side;
}

/* Widens one slot. @now persons of the component stand in it. */
static void
widen (const Loose       *loose,
       const CcComponent *component,
       guint              slot,
       gint64             now,
       int                period,
       guint              most,
       gboolean           all)
{
  guint in_period =
      loose->in_period[period < 0 ? (int) loose->bounding->plan->periods->len : period];
  CcCell *cell = cc_bounding_get (loose->bounding, slot);
  gint64  high = MIN (MIN (most, in_period), loose->where);
  gint64  low = all && loose->where_sure && in_period == loose->n ? component->n_forced : 0;

  cell->low += low - now;
  cell->high += high - now;
  cell->bounds_loose = cell->bounds_loose || low < high;
}

static gboolean
any_bound (const CcCountPlan *plan)
{
  for (guint group = 0; group < CC_N_GROUPS; group++)
    if (plan->bound[group])
      return TRUE;
  return FALSE;
}

static void
prepare (Loose *loose, const CcComponent *component)
{
  const CcCountPlan *plan = loose->bounding->plan;
  GPtrArray         *fields = plan->fields->of[plan->kind];
  guint              n_known = 0;

  loose->local = g_new0 (guint8, fields->len + 1);
  for (guint i = 0; i < fields->len && !component->chosen; i++)
    loose->local[i] = (guint8) is_local (plan, fields->pdata[i]);
  loose->scopes = g_new0 (CcScope, component->facts->len + 1);
  loose->known = g_new0 (guint8, component->facts->len + 1);
  for (guint i = 0; i < component->facts->len; i++)
    if (component->facts->pdata[i])
      {
        loose->known[loose->n] =
            cc_count_is_known (plan, g_array_index (component->clusters, gint64, i));
        n_known += loose->known[loose->n];
        loose->scopes[loose->n++] =
            (CcScope){ .fact = component->facts->pdata[i], .in_category = TRUE };
      }
  loose->where = plan->where ? count_condition (loose, plan->where) : loose->n;
  loose->where = MIN (loose->where, n_known);
  loose->where_sure =
      n_known == loose->n && !any_bound (plan) && !plan->stage
      && plan->repeat != CC_REPEAT_NEW_EVENT
      && (!plan->where || cc_program_is_sure (plan->where, loose->local, loose->scopes, loose->n));
  look_at_dates (loose);
}

static gint64 *
count_slots (Loose *loose, guint n_slots)
{
  gint64 *now = g_new0 (gint64, n_slots + 1);
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < loose->n; i++)
    {
      if (!loose->known[i])
        continue;
      cc_bounding_hit (loose->bounding, loose->scopes[i].fact, slots);
      for (guint j = 0; j < slots->len; j++)
        now[g_array_index (slots, guint, j)]++;
    }
  return now;
}

/**
 * cc_bounding_add_loose:
 *
 * The part of a component with too many outcomes to go through. Bounds that hold, though they may
 * be wide:
 *
 * A person in a cell has to fulfil each conjunct of the table's filter, of its row's and of its
 * column's categories, and to have its date in the period. Where a field's merged value is always
 * that of one of the persons merged (first known codes, unions, earliest dates, status), one of
 * them fulfils the conjunct by itself. No two merged persons share one, so that no more merged
 * persons stand in the cell than persons who fulfil the conjunct now; the conjunct with the fewest
 * decides. Conjuncts on ages, "mixes", "not", "otherwise" and on fields of rows that are looked at
 * together restrict nothing, nor does any where a user chose values.
 *
 * At least 0 stand in a cell. Totals that take each person as it comes hold at least as many as
 * there are persons of which each two are decided to be different, and at least one; not so with
 * repeat=new-event, where a first detection may cease to be one.
 */
void
cc_bounding_add_loose (CcBounding *self, const CcComponent *component)
{
  const CcCountPlan *plan = self->plan;
  guint              n_periods = plan->periods->len;
  Loose              loose = { .bounding = self };
  g_autofree gint64 *now = NULL;
  Side               rows, cols;

  prepare (&loose, component);
  now = count_slots (&loose, self->first_total + n_periods + 1);
  rows = look_at_side (&loose, plan->row_blocks, plan->n_rows);
  cols = look_at_side (&loose, plan->col_blocks, plan->n_cols);
  for (guint row = 0; row < plan->n_rows; row++)
    for (guint col = 0; col < plan->n_cols; col++)
      {
        guint slot = row * plan->n_cols + col;

        widen (&loose, component, slot, now[slot], MAX (rows.period[row], cols.period[col]),
               MIN (rows.most[row], cols.most[col]), rows.all[row] && cols.all[col]);
      }
  for (guint i = 0; i <= n_periods; i++)
    widen (&loose, component, self->first_total + i, now[self->first_total + i], (int) i, loose.n,
           TRUE);
  clear_side (&rows);
  clear_side (&cols);
  g_free (loose.scopes);
  g_free (loose.local);
  g_free (loose.known);
  g_free (loose.in_period);
}
