/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-axis-private.h"

#include <stdlib.h>

/* Rows of several groups are combined; beyond so many combinations a person is looked at by the
 * first ones only. No real file comes near. */
#define MAX_BINDINGS 1024

/* The rows that are looked at together: one of each bound group. */
typedef struct
{
  guint row[CC_N_GROUPS];
} Binding;

/* A binding, with the periods in which it counts. */
typedef struct
{
  Binding binding;
  guint64 periods; /* bits; all set where there is no period axis */
} Match;

#define NO_PERIOD (G_GUINT64_CONSTANT (1) << 63)

CcHits *
cc_hits_new (void)
{
  CcHits *self = g_new0 (CcHits, 1);

  self->wanted = -1;
  self->cells = g_array_new (FALSE, FALSE, sizeof (guint));
  self->periods = g_array_new (FALSE, FALSE, sizeof (int));
  self->matches = g_array_new (FALSE, FALSE, sizeof (Match));
  self->here = g_array_new (FALSE, FALSE, sizeof (int));
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cols = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < CC_MAX_NESTED; i++)
    self->categories[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
cc_hits_free (CcHits *self)
{
  if (!self)
    return;
  g_array_unref (self->cells);
  g_array_unref (self->periods);
  g_array_unref (self->matches);
  g_array_unref (self->here);
  g_array_unref (self->rows);
  g_array_unref (self->cols);
  for (guint i = 0; i < CC_MAX_NESTED; i++)
    g_array_unref (self->categories[i]);
  g_free (self);
}

static void
bind_scope (const CcCountPlan *self, const CcFact *fact, const Binding *binding, CcScope *scope)
{
  for (guint group = 0; group < CC_N_GROUPS; group++)
    if (self->bound[group] && fact->rows[group].n)
      scope->row[group] = fact->rows[group].values
                          + binding->row[group] * self->fields->in_group[self->kind][group]->len;
}

/* The next combination of rows; FALSE after the last. */
static gboolean
next_binding (const CcCountPlan *self, const CcFact *fact, Binding *binding)
{
  for (guint group = 0; group < CC_N_GROUPS; group++)
    {
      if (!self->bound[group] || !fact->rows[group].n)
        continue;
      if (++binding->row[group] < fact->rows[group].n)
        return TRUE;
      binding->row[group] = 0;
    }
  return FALSE;
}

static gboolean
any_bound (const CcCountPlan *self)
{
  for (guint group = 0; group < CC_N_GROUPS; group++)
    if (self->bound[group])
      return TRUE;
  return FALSE;
}

static void
set_open_pair (const CcCountPlan *self, CcFact *fact)
{
  CcFactValue *value;

  if (!self->open)
    return;
  value = &fact->values[self->open_pair->index];
  value->u.code = g_hash_table_contains (self->open, &fact->id) ? self->open_yes : self->open_no;
  value->n = 1;
}

static gboolean
passes_where (const CcCountPlan *self, const CcFact *fact, const Binding *binding)
{
  CcScope scope = { .fact = fact };

  bind_scope (self, fact, binding, &scope);
  return !self->where || cc_program_test (self->where, &scope);
}

static guint64
to_bits (GArray *periods)
{
  guint64 bits = 0;

  for (guint i = 0; i < periods->len; i++)
    {
      int period = g_array_index (periods, int, i);

      bits |= period < 0 ? NO_PERIOD : G_GUINT64_CONSTANT (1) << MIN (period, 62);
    }
  return bits;
}

/* Better reasons win: a row outside is told rather than one without a date. */
static CcFate
better_fate (CcFate a, CcFate b)
{
  static const int order[] = { 4, 0, 1, 2, 3 };

  return order[a] >= order[b] ? a : b;
}

/* Finds the rows that pass the filter and lie in a period. */
static CcFate
match_rows (const CcCountPlan *self, const CcFact *fact, CcHits *hits)
{
  Binding binding = { { 0 } };
  CcFate  fate = CC_FATE_FILTERED;
  guint   n = 0;
  GArray *periods = hits->here;

  do
    {
      CcScope scope = { .fact = fact };
      Match   match = { binding, 0 };
      CcFate  own;

      if (!passes_where (self, fact, &binding))
        continue;
      g_array_set_size (periods, 0);
      bind_scope (self, fact, &binding, &scope);
      own = cc_count_date_in_rows (self)
                ? cc_count_place_date (self, cc_scope_get (&scope, self->date), periods)
                : cc_count_place_person (self, fact, periods);
      fate = better_fate (own, fate);
      match.periods = to_bits (periods);
      if (own == CC_FATE_COUNTED)
        g_array_append_val (hits->matches, match);
    }
  while (++n < MAX_BINDINGS && next_binding (self, fact, &binding));
  return fate;
}

/* A stock reads the last row on or before the period's end. */
static void
keep_last_row (const CcCountPlan *self, const CcFact *fact, GArray *matches, guint64 period)
{
  Match      best = { { { 0 } }, 0 };
  CcInterval best_date = CC_INTERVAL_UNKNOWN;

  for (guint i = 0; i < matches->len; i++)
    {
      Match     *match = &g_array_index (matches, Match, i);
      CcScope    scope = { .fact = fact };
      CcInterval date;

      if (!(match->periods & period))
        continue;
      bind_scope (self, fact, &match->binding, &scope);
      date = cc_scope_get (&scope, self->date)->u.date;
      if (!best.periods || date.last >= best_date.last)
        {
          best = *match;
          best.periods = period;
          best_date = date;
        }
    }
  if (best.periods)
    {
      for (guint i = 0; i < matches->len; i++)
        g_array_index (matches, Match, i).periods &= ~period;
      g_array_append_val (matches, best);
    }
}

/* The stage of a case on the last day of a period: that of the last statement dated by then.
 * Without a period, the last statement of all. */
static void
set_stage (const CcCountPlan *self, CcFact *fact, int period)
{
  const CcFactRows *rows = &fact->rows[CC_GROUP_STAGE];
  CcInterval        best = CC_INTERVAL_UNKNOWN;
  CcFactValue       value = { .n = 0 };

  for (guint i = 0; i < rows->n; i++)
    {
      CcInterval date = rows->dates[i];

      if (period >= 0
          && (!cc_interval_is_known (date)
              || date.last > cc_count_get_period (self, (guint) period).last))
        continue;
      if (value.n && date.last < best.last)
        continue;
      best = date;
      value = rows->values[i];
    }
  fact->values[self->stage->index] = value;
}

/* The headings of one block for the categories of its axes: the product, each axis with its total.
 */
static void
expand (const CcCountBlock *block, guint axis, guint at, GArray *const *categories, GArray *out)
{
  const CcCountAxis *own;
  guint              size;

  if (axis == block->axes->len)
    {
      guint heading = block->first + at;

      g_array_append_val (out, heading);
      return;
    }
  own = block->axes->pdata[axis];
  size = own->n + (own->axis->total ? 1 : 0);
  for (guint i = 0; i < categories[axis]->len; i++)
    expand (block, axis + 1, at * size + g_array_index (categories[axis], guint, i), categories,
            out);
  if (own->axis->total)
    expand (block, axis + 1, at * size + own->n, categories, out);
}

static void
hit_side (GPtrArray *blocks, const CcScope *scope, int period, CcHits *hits, GArray *out)
{
  g_array_set_size (out, 0);
  for (guint i = 0; i < blocks->len; i++)
    {
      const CcCountBlock *block = blocks->pdata[i];

      for (guint j = 0; j < block->axes->len; j++)
        {
          const CcCountAxis *axis = block->axes->pdata[j];

          g_array_set_size (hits->categories[j], 0);
          if (axis->axis->kind != CC_AXIS_PERIOD)
            cc_count_axis_hit (axis, scope, hits->categories[j]);
          else if (period >= 0)
            g_array_append_val (hits->categories[j], period);
        }
      expand (block, 0, 0, hits->categories, out);
    }
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  guint cell_a = *(const guint *) a;
  guint cell_b = *(const guint *) b;

  return cell_a < cell_b ? -1 : cell_a > cell_b;
}

static void
hit_cells (const CcCountPlan *self, const CcScope *scope, int period, CcHits *hits)
{
  GArray *rows = hits->rows;
  GArray *cols = hits->cols;

  hit_side (self->row_blocks, scope, period, hits, rows);
  hit_side (self->col_blocks, scope, period, hits, cols);
  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < cols->len; j++)
      {
        guint cell = g_array_index (rows, guint, i) * self->n_cols + g_array_index (cols, guint, j);

        g_array_append_val (hits->cells, cell);
      }
}

/* Whether the axis puts each person into one category, by what one of the rows says. */
static gboolean
decides_by_row (const CcCountPlan *self, const CcCountAxis *axis)
{
  for (guint group = 0; group < CC_N_GROUPS; group++)
    if (self->bound[group] && axis->groups[group] && !axis->axis->each)
      return TRUE;
  return FALSE;
}

/* Looks at the axes that decide by one row. @any is set where there are such axes; returns whether
 * one of them can only say "not known" of the row in scope. */
static gboolean
row_is_vague (const CcCountPlan *self, const CcScope *scope, gboolean *any)
{
  GPtrArray *const sides[] = { self->row_blocks, self->col_blocks };
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean vague = FALSE;

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < sides[side]->len; i++)
      {
        GPtrArray *axes = ((CcCountBlock *) sides[side]->pdata[i])->axes;

        for (guint j = 0; j < axes->len; j++)
          {
            if (!decides_by_row (self, axes->pdata[j]))
              continue;
            *any = TRUE;
            g_array_set_size (hits, 0);
            cc_count_axis_hit (axes->pdata[j], scope, hits);
            vague = vague || cc_count_axis_is_vague (axes->pdata[j], hits);
          }
      }
  return vague;
}

/* Which slots of the bound groups any matching row fills. */
static void
note_known (const CcCountPlan *self,
            const CcFact      *fact,
            GArray            *matches,
            guint64            period,
            CcScope           *scope)
{
  for (guint i = 0; i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);
      CcScope      row = { .fact = fact };

      if (!(match->periods & period))
        continue;
      bind_scope (self, fact, &match->binding, &row);
      for (guint group = 0; group < CC_N_GROUPS; group++)
        for (guint j = 0; row.row[group] && j < self->fields->in_group[self->kind][group]->len; j++)
          if (row.row[group][j].n)
            scope->known[group] |= G_GUINT64_CONSTANT (1) << j;
    }
}

/* An additive axis counts a person once, by the first row that says something; where none does, by
 * the first row. @one_row is set where there is such an axis. */
static guint
choose_row (const CcCountPlan *self,
            const CcFact      *fact,
            GArray            *matches,
            guint64            period,
            const CcScope     *scope,
            gboolean          *one_row)
{
  guint first = G_MAXUINT;

  for (guint i = 0; any_bound (self) && i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);
      CcScope      row = *scope;
      gboolean     vague;

      if (!(match->periods & period))
        continue;
      bind_scope (self, fact, &match->binding, &row);
      vague = row_is_vague (self, &row, one_row);
      if (!*one_row || !vague)
        return i;
      if (first == G_MAXUINT)
        first = i;
    }
  return first == G_MAXUINT ? 0 : first;
}

/* Keeps the date by which the fact came into the wanted cell, one of those behind n_before. */
static void
note_date (const CcCountPlan *self,
           const CcFact      *fact,
           const CcScope     *scope,
           int                period,
           guint              n_before,
           CcHits            *hits)
{
  for (guint i = n_before; hits->wanted >= 0 && i < hits->cells->len; i++)
    {
      if ((int) g_array_index (hits->cells, guint, i) != hits->wanted
          || cc_interval_is_known (hits->date))
        continue;
      if (cc_count_date_in_rows (self))
        hits->date = cc_scope_get (scope, self->date)->u.date;
      else
        hits->date = cc_count_get_person_date (self, fact, period);
    }
}

static void
hit_period (const CcCountPlan *self, CcFact *fact, GArray *matches, int period, CcHits *hits)
{
  guint64  bit = period < 0 ? NO_PERIOD : G_GUINT64_CONSTANT (1) << period;
  CcScope  scope = { .fact = fact, .in_category = TRUE };
  gboolean one_row = FALSE;
  guint    first;

  if (self->stage)
    set_stage (self, fact, period);
  if (self->table->public.stock && cc_count_date_in_rows (self))
    keep_last_row (self, fact, matches, bit);
  note_known (self, fact, matches, bit, &scope);
  first = choose_row (self, fact, matches, bit, &scope, &one_row);
  for (guint i = one_row ? first : 0; i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);
      const guint  n_before = hits->cells->len;

      if (!(match->periods & bit))
        continue;
      bind_scope (self, fact, &match->binding, &scope);
      hit_cells (self, &scope, period, hits);
      note_date (self, fact, &scope, period, n_before, hits);
      if (one_row)
        return;
    }
}

static void
make_unique (GArray *cells)
{
  guint kept = 0;

  if (cells->len < 2)
    return;
  qsort (cells->data, cells->len, sizeof (guint), compare_cells);
  for (guint i = 1; i < cells->len; i++)
    if (g_array_index (cells, guint, i) != g_array_index (cells, guint, kept))
      g_array_index (cells, guint, ++kept) = g_array_index (cells, guint, i);
  g_array_set_size (cells, kept + 1);
}

static CcFate
match (const CcCountPlan *self, CcFact *fact, CcHits *hits)
{
  Match  own = { { { 0 } }, 0 };
  CcFate fate;

  g_array_set_size (hits->matches, 0);
  g_array_set_size (hits->here, 0);
  set_open_pair (self, fact);
  if (any_bound (self))
    return match_rows (self, fact, hits);
  if (!passes_where (self, fact, &own.binding))
    return CC_FATE_FILTERED;
  fate = cc_count_place_person (self, fact, hits->here);
  own.periods = to_bits (hits->here);
  if (fate == CC_FATE_COUNTED)
    g_array_append_val (hits->matches, own);
  return fate;
}

static void
collect_periods (CcHits *hits)
{
  guint64 bits = 0;

  g_array_set_size (hits->periods, 0);
  for (guint i = 0; i < hits->matches->len; i++)
    bits |= g_array_index (hits->matches, Match, i).periods;
  for (; bits; bits &= bits - 1)
    {
      int period = bits == NO_PERIOD ? -1 : __builtin_ctzll (bits);

      g_array_append_val (hits->periods, period);
    }
}

/* In which periods a fact counts (hits->periods), whatever its categories: the table's own total.
 */
CcFate
cc_count_periods (const CcCountPlan *self, CcFact *fact, CcHits *hits)
{
  hits->fate = match (self, fact, hits);
  collect_periods (hits);
  return hits->fate;
}

/* Into which cells a fact falls, each cell once. */
void
cc_count_evaluate (const CcCountPlan *self, CcFact *fact, CcHits *hits)
{
  g_array_set_size (hits->cells, 0);
  hits->date = CC_INTERVAL_UNKNOWN;
  cc_count_periods (self, fact, hits);
  for (guint i = 0; i < hits->periods->len; i++)
    hit_period (self, fact, hits->matches, g_array_index (hits->periods, int, i), hits);
  make_unique (hits->cells);
}
