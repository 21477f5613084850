/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-axis-private.h"

#include <cc/base/cc-error.h>

#include <stdlib.h>
#include <string.h>

static void
free_program (gpointer data)
{
  cc_program_free (data);
}

void
cc_count_axis_free (CcCountAxis *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->programs);
  g_free (self->of_place);
  g_free (self);
}

static void
add_category (CcCountAxis *self, const char *code, const CcCategory *label, CcProgram *program)
{
  g_ptr_array_add (self->codes, g_strdup (code));
  g_ptr_array_add (self->labels, (gpointer) label);
  g_ptr_array_add (self->programs, program);
  self->n++;
}

static void
note_groups (const CcCountPlan *plan, CcCountAxis *self, const CcProgram *program)
{
  cc_program_note_fields (program, plan->used);
  for (guint group = 0; group < CC_N_GROUPS; group++)
    self->groups[group] =
        MAX (self->groups[group], (guint8) MIN (255, cc_program_count_tests (program, group)));
}

static CcProgram *
compile (const CcCountPlan *plan, CcCountAxis *self, const CcCategory *category, GError **error)
{
  CcProgram *program =
      cc_definition_compile (plan->questionnaire, category->node, plan->kind, &self->use,
                             cc_count_parameter, (gpointer) plan, plan->country, error);

  if (program)
    note_groups (plan, self, program);
  return program;
}

static gboolean
add_written (const CcCountPlan *plan, CcCountAxis *self, GError **error)
{
  for (guint i = 0; i < self->axis->categories->len; i++)
    {
      const CcCategory *category = self->axis->categories->pdata[i];
      CcProgram        *program = compile (plan, self, category, error);

      if (!program)
        return FALSE;
      add_category (self, category->code, category, program);
    }
  return TRUE;
}

static void
use_field (const CcCountPlan *plan, CcCountAxis *self)
{
  const char *name = self->use.field ? self->use.field : self->axis->field;

  self->field = cc_fields_find (plan->fields, plan->kind, name);
  self->own_place = cc_field_find_place (self->field, plan->country);
  self->of_place = g_new (gint16, self->field->codes->len + 1);
  for (guint i = 0; i < self->field->codes->len; i++)
    self->of_place[i] = -1;
  plan->used[self->field->index] = 1;
  if (self->field->group != CC_GROUP_NONE)
    self->groups[self->field->group] = MAX (self->groups[self->field->group], 1);
}

static const CcCategory *
find_written (const CcAxis *axis, const char *code)
{
  for (guint i = 0; i < axis->categories->len; i++)
    {
      const CcCategory *category = axis->categories->pdata[i];

      if (g_str_equal (category->code, code))
        return category;
    }
  return NULL;
}

/* All handles of the field in the order of the pack. */
static void
add_handles (const CcCountPlan *plan, CcCountAxis *self)
{
  const char *rollup =
      self->axis->rollup ? self->axis->rollup : cc_questionnaire_get_rollup (plan->questionnaire);
  const char *scheme = cc_field_get_scheme (self->field, rollup);
  const char *list = self->field->contract->list;
  GPtrArray  *targets = cc_pack_get_targets (plan->fields->pack, scheme, list);
  gboolean    by_code = targets == NULL;
  guint       n = by_code ? self->field->codes->len : targets->len;

  for (guint i = 0; i < n; i++)
    {
      const char *code =
          by_code ? ((const CcCode *) self->field->codes->pdata[i])->code : targets->pdata[i];
      g_autofree guint8 *places = g_new0 (guint8, self->field->codes->len + 1);
      gboolean           unknown = FALSE;
      guint              used = 0;

      cc_codes_resolve (plan->fields, self->field, scheme, code, TRUE, places, &unknown);
      for (guint j = 0; j < self->field->codes->len; j++)
        if (places[j] && (!by_code || j == i))
          {
            self->of_place[j] = (gint16) self->n;
            used++;
          }
      if (used)
        add_category (self, code, find_written (self->axis, code), NULL);
    }
  if (self->axis->unknown)
    {
      self->unknown = (int) self->n;
      add_category (self, "unknown", find_written (self->axis, "unknown"), NULL);
    }
}

/* A list axis: categories with a condition are taken first, then the listed countries, then the
 * rest. Listed are those that @counts (per place) says are in use. */
static gboolean
add_listed (const CcCountPlan *plan, CcCountAxis *self, const gint64 *counts, GError **error)
{
  const GPtrArray  *codes = self->field->codes;
  g_autofree guint *order = g_new (guint, codes->len + 1);
  int   limit = plan->table->public.limit ? plan->table->public.limit : self->axis->limit;
  guint n = 0;

  for (guint i = 0; i < codes->len; i++)
    if (counts[i] || (self->axis->own_first && (int) i == self->own_place))
      order[n++] = i;
  for (guint i = 1; i < n; i++)
    for (guint j = i; j > 0 && cc_count_axis_before (self, counts, order[j], order[j - 1]); j--)
      {
        guint swap = order[j];

        order[j] = order[j - 1];
        order[j - 1] = swap;
      }
  for (guint i = 0; i < n && (int) i < limit; i++)
    {
      self->of_place[order[i]] = (gint16) self->n;
      add_category (self, ((const CcCode *) codes->pdata[order[i]])->code, NULL, NULL);
    }
  for (guint i = 0; i < self->axis->categories->len; i++)
    {
      const CcCategory *category = self->axis->categories->pdata[i];
      CcProgram        *program = NULL;

      if (!category->node)
        self->other = (int) self->n;
      else if (!(program = compile (plan, self, category, error)))
        return FALSE;
      add_category (self, category->code, category, program);
    }
  return TRUE;
}

/* The order of listed countries: own first, falling count, code. */
gboolean
cc_count_axis_before (const CcCountAxis *self, const gint64 *counts, guint a, guint b)
{
  if (self->axis->own_first && ((int) a == self->own_place || (int) b == self->own_place))
    return (int) a == self->own_place;
  if (!self->axis->sort_by_code && counts[a] != counts[b])
    return counts[a] > counts[b];
  return strcmp (((const CcCode *) self->field->codes->pdata[a])->code,
                 ((const CcCode *) self->field->codes->pdata[b])->code)
         < 0;
}

/**
 * cc_count_axis_new:
 * @counts: (nullable): for list axes, how many facts each place of the field's list has; NULL
 *   leaves them without categories
 */
CcCountAxis *
cc_count_axis_new (const CcCountPlan *plan,
                   const CcAxisUse   *use,
                   const gint64      *counts,
                   GError           **error)
{
  CcCountAxis *self = g_new0 (CcCountAxis, 1);
  gboolean     good = TRUE;

  self->axis = use->axis;
  self->place = plan->fields->place;
  self->use = *use;
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new ();
  self->programs = g_ptr_array_new_with_free_func (free_program);
  self->other = self->unknown = self->own_place = -1;
  switch (use->axis->kind)
    {
    case CC_AXIS_PERIOD:
      for (guint i = 0; i < plan->periods->len; i++)
        add_category (self, g_array_index (plan->periods, CcPeriod, i).code, NULL, NULL);
      break;
    case CC_AXIS_CODES:
      use_field (plan, self);
      add_handles (plan, self);
      break;
    case CC_AXIS_LIST:
      use_field (plan, self);
      good = !counts || add_listed (plan, self, counts, error);
      break;
    case CC_AXIS_GROUP:
    default:
      good = add_written (plan, self, error);
      break;
    }
  if (!good)
    g_clear_pointer (&self, cc_count_axis_free);
  return self;
}

static void
add_hit (GArray *hits, guint category)
{
  for (guint i = 0; i < hits->len; i++)
    if (g_array_index (hits, guint, i) == category)
      return;
  g_array_append_val (hits, category);
}

/* Conditions in order: the first that holds, or each that does. */
static gboolean
hit_conditions (const CcCountAxis *self, const CcScope *scope, gboolean otherwise, GArray *hits)
{
  for (guint i = 0; i < self->n; i++)
    {
      const CcProgram *program = self->programs->pdata[i];

      if (!program || cc_program_is_otherwise (program) != otherwise
          || !cc_program_test (program, scope))
        continue;
      add_hit (hits, i);
      if (!self->axis->each)
        return TRUE;
    }
  return FALSE;
}

static void
hit_place (const CcCountAxis *self, guint place, GArray *hits)
{
  int category = self->of_place[place];

  if (category < 0)
    category = self->other;
  if (category >= 0)
    add_hit (hits, (guint) category);
}

/* Categories by the value itself. */
static void
hit_value (const CcCountAxis *self, const CcScope *scope, const CcFactValue *value, GArray *hits)
{
  if (self->field->type == CC_VALUE_CODE)
    hit_place (self, self->place[value->u.code], hits);
  else if (self->field->type == CC_VALUE_MASK)
    for (guint64 rest = value->u.mask; rest; rest &= rest - 1)
      hit_place (self, (guint) __builtin_ctzll (rest), hits);
  else if (self->axis->single || !self->axis->each)
    hit_place (self, cc_value_single (value, self->own_place), hits);
  else
    for (guint i = 0; i < value->n; i++)
      hit_place (self, value->u.list[i], hits);
  if (!self->axis->each && hits->len > 1)
    g_array_set_size (hits, 1);
}

/* The categories of the value itself, as if no category had a condition. */
void
cc_count_axis_hit_value (const CcCountAxis *self, const CcScope *scope, GArray *hits)
{
  const CcFactValue *value = cc_scope_get (scope, self->field);

  if (value->n)
    hit_value (self, scope, value, hits);
}

/* Whether another of the rows that count says what this one does not: then the person is not one of
 * whom nothing is known. */
static gboolean
known_elsewhere (const CcCountAxis *self, const CcScope *scope)
{
  int group = self->field->group;

  return self->axis->each && scope->in_category && group != CC_GROUP_NONE && scope->row[group]
         && (scope->known[group] & (G_GUINT64_CONSTANT (1) << self->field->slot));
}

/* Whether the categories are only those for what is not known. */
gboolean
cc_count_axis_is_vague (const CcCountAxis *self, const GArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    {
      guint            category = g_array_index (hits, guint, i);
      const CcProgram *program = self->programs->pdata[category];

      if ((int) category != self->unknown && !(program && cc_program_is_otherwise (program)))
        return FALSE;
    }
  return TRUE;
}

/* The categories a fact falls into, total not among them. */
void
cc_count_axis_hit (const CcCountAxis *self, const CcScope *scope, GArray *hits)
{
  const CcFactValue *value;

  if (self->axis->kind == CC_AXIS_GROUP)
    {
      if (!hit_conditions (self, scope, FALSE, hits) && !hits->len)
        hit_conditions (self, scope, TRUE, hits);
      return;
    }
  if (hit_conditions (self, scope, FALSE, hits))
    return;
  value = cc_scope_get (scope, self->field);
  if (value->n)
    hit_value (self, scope, value, hits);
  if (hits->len || known_elsewhere (self, scope))
    return;
  if (self->unknown >= 0)
    add_hit (hits, (guint) self->unknown);
  else
    hit_conditions (self, scope, TRUE, hits);
}
