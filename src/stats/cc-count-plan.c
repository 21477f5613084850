/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-components-private.h"
#include "cc-count-axis-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Parameters of a count: overrides, then the definition's, and the file's own country. */
gboolean
cc_count_parameter (gpointer plan, const char *name, const char **value)
{
  const CcCountPlan *self = plan;

  if (self->options && self->options->params
      && (*value = g_hash_table_lookup (self->options->params, name)))
    return TRUE;
  if (cc_definition_parameter (self->questionnaire, name, value) && *value)
    return TRUE;
  if (g_str_equal (name, "country"))
    *value = self->country;
  return *value != NULL || cc_definition_parameter (self->questionnaire, name, value);
}

static void
free_block (gpointer data)
{
  CcCountBlock *block = data;

  g_ptr_array_unref (block->axes);
  g_free (block);
}

void
cc_count_plan_free (CcCountPlan *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->row_blocks, g_ptr_array_unref);
  g_clear_pointer (&self->col_blocks, g_ptr_array_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  cc_program_free (self->where);
  cc_code_map_free (self->codes);
  g_free (self->used);
  g_free (self);
}

static guint
axis_size (const CcCountAxis *axis)
{
  return axis->n + (axis->axis->total ? 1 : 0);
}

/* Counts the headings of a side and lets each block begin after the one before. */
static guint
place_blocks (GPtrArray *blocks)
{
  guint n = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      CcCountBlock *block = blocks->pdata[i];

      block->first = n;
      block->n = 1;
      for (guint j = 0; j < block->axes->len; j++)
        block->n *= axis_size (block->axes->pdata[j]);
      n += block->n;
    }
  return n;
}

static GPtrArray *
make_blocks (CcCountPlan *self, GPtrArray *written, const gint64 *counts, GError **error)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (free_block);

  for (guint i = 0; i < written->len; i++)
    {
      GPtrArray    *uses = written->pdata[i];
      CcCountBlock *block = g_new0 (CcCountBlock, 1);

      block->axes = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_count_axis_free);
      g_ptr_array_add (blocks, block);
      for (guint j = 0; j < uses->len; j++)
        {
          CcCountAxis *axis = cc_count_axis_new (self, uses->pdata[j], counts, error);

          if (!axis)
            return NULL;
          g_ptr_array_add (block->axes, axis);
        }
    }
  return g_steal_pointer (&blocks);
}

static void
note_bound (CcCountPlan *self, GPtrArray *blocks, guint *tests)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray *axes = ((CcCountBlock *) blocks->pdata[i])->axes;

      for (guint j = 0; j < axes->len; j++)
        for (guint group = 0; group < CC_N_GROUPS; group++)
          tests[group] += ((CcCountAxis *) axes->pdata[j])->groups[group];
    }
}

/* A group is looked at row by row where the date stands in it, or where two tests name its fields:
 * one test alone asks about the person, whose values are the union of all rows. */
static void
choose_bound (CcCountPlan *self)
{
  guint tests[CC_N_GROUPS] = { 0 };

  note_bound (self, self->row_blocks, tests);
  note_bound (self, self->col_blocks, tests);
  for (guint group = 0; group < CC_GROUP_DETECTION; group++)
    {
      if (self->where)
        tests[group] += cc_program_count_tests (self->where, group);
      self->bound[group] = tests[group] >= 2;
      if (self->date && self->date->group == (int) group)
        self->bound[group] = TRUE;
      self->rows = self->rows || self->bound[group];
    }
  if (self->repeat != CC_REPEAT_FIRST && self->table->public.count == CC_COUNT_VICTIMS)
    self->rows = TRUE;
  if (self->stage)
    self->rows = TRUE;
}

static gboolean
compile_head (CcCountPlan *self, GError **error)
{
  const CcField *open_pair;

  if (self->table->where)
    {
      self->where = cc_definition_compile (self->questionnaire, self->table->where, self->kind,
                                           NULL, cc_count_parameter, self, self->country, error);
      if (!self->where)
        return FALSE;
      cc_program_note_fields (self->where, self->used);
    }
  if (*self->table->public.date)
    {
      self->date = cc_fields_find (self->fields, self->kind, self->table->public.date);
      self->used[self->date->index] = 1;
    }
  if (self->table->public.stock && self->kind == CC_KIND_EVENT)
    self->stage = cc_fields_find (self->fields, self->kind, "stage");
  open_pair = cc_fields_find (self->fields, self->kind, "open-pair");
  self->open_pair = open_pair;
  return TRUE;
}

static const char *
find_repeat (CcCountPlan *self)
{
  return self->options && self->options->repeats
             ? g_hash_table_lookup (self->options->repeats, self->table->public.id)
             : NULL;
}

static gboolean
choose_repeat (CcCountPlan *self, GError **error)
{
  const char *repeat = find_repeat (self);

  self->repeat = self->table->public.repeat;
  if (!repeat)
    return TRUE;
  if (g_str_equal (repeat, "first"))
    self->repeat = CC_REPEAT_FIRST;
  else if (g_str_equal (repeat, "yearly"))
    self->repeat = CC_REPEAT_YEARLY;
  else if (g_str_equal (repeat, "new-event"))
    self->repeat = CC_REPEAT_NEW_EVENT;
  else
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "“%s” is no way to count repeats; it is first, yearly or new-event.", repeat);
      return FALSE;
    }
  return TRUE;
}

static guint16
find_code (const CcField *field, const char *code)
{
  const int place = cc_field_find_place (field, code);

  return place < 0 ? 0 : (guint16) ((const CcCode *) field->codes->pdata[place])->index;
}

/* Which clusters stand in an open pair: asked at each count, because pairs come and go without a
 * change to any person. */
static gboolean
load_open (CcCountPlan *self, GError **error)
{
  g_autoptr (CcComponents) components = NULL;

  if (self->kind == CC_KIND_RETURN || !self->open_pair || !self->used[self->open_pair->index])
    return TRUE;
  self->open_yes = find_code (self->open_pair, "YES");
  self->open_no = find_code (self->open_pair, "NO");
  components = cc_components_load (self->connection, self->kind, error);
  if (!components)
    return FALSE;
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < components->items->len; i++)
    {
      GArray *clusters = ((CcComponent *) components->items->pdata[i])->clusters;

      for (guint j = 0; j < clusters->len; j++)
        g_hash_table_add (self->open, g_memdup2 (&g_array_index (clusters, gint64, j), 8));
    }
  return TRUE;
}

static gboolean
has_list_axis (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray *uses = blocks->pdata[i];

      for (guint j = 0; j < uses->len; j++)
        if (((CcAxisUse *) uses->pdata[j])->axis->kind == CC_AXIS_LIST)
          return TRUE;
    }
  return FALSE;
}

/* How often each code of a list axis is in use among what the table counts. */
typedef struct
{
  CcCountPlan *plan;
  CcHits      *found;
  GArray      *hits;
  GPtrArray   *axes;   /* CcCountAxis*: list axes */
  GPtrArray   *counts; /* gint64[] per list axis */
} Ranking;

static void
rank_axis (Ranking *ranking, CcCountAxis *axis, gint64 *counts, CcFact *fact)
{
  CcScope            scope = { .fact = fact, .in_category = TRUE };
  const CcFactValue *value = &fact->values[axis->field->index];

  g_array_set_size (ranking->hits, 0);
  cc_count_axis_hit (axis, &scope, ranking->hits);
  for (guint i = 0; i < ranking->hits->len; i++)
    {
      int category = (int) g_array_index (ranking->hits, guint, i);

      if (category != axis->other)
        continue;
      if (axis->field->type == CC_VALUE_CODE)
        counts[axis->place[value->u.code]]++;
      else if (axis->field->type == CC_VALUE_MASK)
        for (guint64 rest = value->u.mask; rest; rest &= rest - 1)
          counts[__builtin_ctzll (rest)]++;
      else if (!axis->axis->each)
        counts[cc_value_single (value, axis->own_place)]++;
      else
        for (guint j = 0; j < value->n; j++)
          counts[value->u.list[j]]++;
    }
}

static gboolean
rank_fact (CcFact *fact, gpointer data, GError **error)
{
  Ranking *ranking = data;

  if (cc_count_periods (ranking->plan, fact, ranking->found) != CC_FATE_COUNTED)
    return TRUE;
  for (guint i = 0; i < ranking->axes->len; i++)
    rank_axis (ranking, ranking->axes->pdata[i], ranking->counts->pdata[i], fact);
  return TRUE;
}

static void
collect_list_axes (GPtrArray *blocks, Ranking *ranking)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray *axes = ((CcCountBlock *) blocks->pdata[i])->axes;

      for (guint j = 0; j < axes->len; j++)
        {
          CcCountAxis *axis = axes->pdata[j];

          if (axis->axis->kind != CC_AXIS_LIST)
            continue;
          g_ptr_array_add (ranking->axes, axis);
          g_ptr_array_add (ranking->counts, g_new0 (gint64, axis->field->codes->len + 1));
        }
    }
}

static gboolean
replace_list_axes (CcCountPlan *self, GPtrArray *blocks, Ranking *ranking, GError **error)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray *axes = ((CcCountBlock *) blocks->pdata[i])->axes;

      for (guint j = 0; j < axes->len; j++)
        for (guint k = 0; k < ranking->axes->len; k++)
          if (axes->pdata[j] == ranking->axes->pdata[k])
            {
              CcCountAxis *axis = axes->pdata[j];
              CcCountAxis *listed =
                  cc_count_axis_new (self, &axis->use, ranking->counts->pdata[k], error);

              if (!listed)
                return FALSE;
              axes->pdata[j] = listed;
              cc_count_axis_free (axis);
              break;
            }
    }
  return TRUE;
}

/* Ranks the countries by a scan of their own; then each category is counted for itself. */
static gboolean
rank_lists (CcCountPlan *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (CcHits) found = cc_hits_new ();
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) axes = g_ptr_array_new ();
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);
  Ranking ranking = { self, found, hits, axes, counts };

  collect_list_axes (self->row_blocks, &ranking);
  collect_list_axes (self->col_blocks, &ranking);
  return cc_count_scan (self, rank_fact, &ranking, cancellable, error)
         && replace_list_axes (self, self->row_blocks, &ranking, error)
         && replace_list_axes (self, self->col_blocks, &ranking, error);
}

static gboolean
prepare (CcCountPlan *self, GCancellable *cancellable, GError **error)
{
  g_autofree gint64 *none = g_new0 (gint64, cc_pack_get_n_codes (self->fields->pack) + 1);
  gboolean           lists =
      has_list_axis (self->table->row_blocks) || has_list_axis (self->table->col_blocks);

  if (!choose_repeat (self, error) || !compile_head (self, error))
    return FALSE;
  self->codes = cc_code_map_new (self->file, self->connection, error);
  if (!self->codes || !(self->row_blocks = make_blocks (self, self->table->row_blocks, none, error))
      || !(self->col_blocks = make_blocks (self, self->table->col_blocks, none, error)))
    return FALSE;
  choose_bound (self);
  if (!cc_count_load_known (self, error) || !load_open (self, error)
      || (lists && !rank_lists (self, cancellable, error)))
    return FALSE;
  self->n_rows = place_blocks (self->row_blocks);
  self->n_cols = place_blocks (self->col_blocks);
  return TRUE;
}

/**
 * cc_count_plan_new:
 *
 * Makes a table ready for counting: names looked up, parameters filled in, countries ranked. The
 * plan lives no longer than its arguments.
 */
CcCountPlan *
cc_count_plan_new (CcCaseFile           *file,
                   CcConnection         *connection,
                   CcQuestionnaire      *questionnaire,
                   const CcTable        *table,
                   const CcCountOptions *options,
                   GCancellable         *cancellable,
                   GError              **error)
{
  g_autoptr (CcCountPlan) self = g_new0 (CcCountPlan, 1);
  const CcStatsPlan *stats = cc_stats_plan_get (cc_case_file_get_pack (file));

  if (questionnaire->pack != stats->pack)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                           "The questionnaire was read with another classification than the case "
                           "file uses.");
      return NULL;
    }
  self->file = file;
  self->connection = connection;
  self->questionnaire = questionnaire;
  self->table = table;
  self->options = options;
  self->fields = stats->fields;
  self->derive = stats->derive;
  self->country = cc_case_file_get_country (file);
  self->kind = table->kind;
  self->periods = options->periods;
  self->used = g_new0 (guint8, self->fields->of[self->kind]->len + 1);
  return prepare (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
cc_heading_free (CcHeading *self)
{
  if (!self)
    return;
  g_strfreev (self->parts);
  g_free (self->code);
  g_free (self);
}

static CcHeading *
make_heading (const CcCountBlock *block, guint index, guint at)
{
  CcHeading    *heading = g_new0 (CcHeading, 1);
  GStrvBuilder *parts = g_strv_builder_new ();
  guint         size = block->n;

  heading->block = index;
  heading->period = -1;
  for (guint i = 0; i < block->axes->len; i++)
    {
      const CcCountAxis *axis = block->axes->pdata[i];
      guint              category;

      size /= axis_size (axis);
      category = at / size;
      at %= size;
      heading->total = heading->total || category == axis->n;
      if (axis->axis->kind == CC_AXIS_PERIOD)
        heading->period = category < axis->n ? (int) category : -1;
      else
        g_strv_builder_add (parts, category < axis->n ? axis->codes->pdata[category] : CC_TOTAL);
    }
  heading->parts = g_strv_builder_end (parts);
  heading->code = *heading->parts ? g_strjoinv (";", heading->parts) : g_strdup (CC_TOTAL);
  g_strv_builder_unref (parts);
  return heading;
}

/* The headings of one side in print order. */
void
cc_count_plan_headings (const CcCountPlan *self, gboolean columns, GPtrArray *headings)
{
  GPtrArray *blocks = columns ? self->col_blocks : self->row_blocks;

  for (guint i = 0; i < blocks->len; i++)
    {
      const CcCountBlock *block = blocks->pdata[i];

      for (guint j = 0; j < block->n; j++)
        g_ptr_array_add (headings, make_heading (block, i, j));
    }
}
