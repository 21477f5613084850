/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-definition-private.h"

#include "cc-nearest-private.h"

/* The keys that each kind of group may hold. A key that ends in "." has a name after it. */
static const struct
{
  const char *kind;
  const char *keys[24];
} known_keys[] = {
  { "questionnaire",
    { "id", "version", "title", "issuer", "basis", "statement", "extends", "periodicity", "years",
      "period", "period-first-month", "languages", "axes", "rollup", "blank", "suppress", "params",
      "param.", NULL } },
  { "axis",
    { "title", "of", "mode", "kind", "additive", "field", "limit", "sort", "first", "single",
      "unknown", "total", "rollup", "population", "label.", "when.", "pack.", "population.",
      NULL } },
  { "sheet", { "title", "kind", "tables", "fields", "text", NULL } },
  { "table",
    { "title", "count", "where", "date", "date-mode", "repeat", "rows", "cols", "source", "measure",
      "per", "denominator", "layout", "limit", "meta", "basis", "note", "drop", NULL } },
  { "check", { "severity", "by", "rule", "text", NULL } },
  { "form", { "title", "field.", "label.", "choices.", NULL } },
};

#define MAX_COMBINATIONS 20000

static gboolean
matches_key (const char *known, const char *key)
{
  return g_str_has_suffix (known, ".") ? g_str_has_prefix (key, known) : g_str_equal (known, key);
}

static void
check_key (CcQuestionnaire *self, const char *group, guint kind, const char *key)
{
  g_autofree char *plain = g_strdup (key);
  char            *bracket = strchr (plain, '[');
  CcNearest        nearest;

  if (bracket)
    *bracket = '\0';
  cc_nearest_init (&nearest, plain);
  for (guint i = 0; known_keys[kind].keys[i]; i++)
    {
      if (matches_key (known_keys[kind].keys[i], plain))
        return;
      cc_nearest_try (&nearest, known_keys[kind].keys[i]);
    }
  cc_definition_problem (self, CC_SEVERITY_ERROR, group, key,
                         nearest.best ? "the key “%s” is not known here; the nearest is “%s”"
                                      : "the key “%s” is not known here",
                         plain, nearest.best);
}

static void
check_group (CcQuestionnaire *self, CcKeyFile *file, const char *group)
{
  g_autofree char *kind = g_strdup (group);
  char            *space = strchr (kind, ' ');

  if (space)
    *space = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (known_keys); i++)
    if (g_str_equal (known_keys[i].kind, kind)
        && g_str_equal (kind, "questionnaire") == (space == NULL))
      {
        for (guint j = 0; j < cc_key_file_get_n_keys (file, group); j++)
          check_key (self, group, i, cc_key_file_get_key (file, group, j));
        return;
      }
  cc_definition_problem (self, CC_SEVERITY_ERROR, group, NULL,
                         "the group [%s] is not known; groups are [questionnaire], [axis NAME], "
                         "[sheet NAME], [table ID], [check ID] and [form NAME]",
                         group);
}

/* Names every group and key that means nothing: a misspelled key would else be passed over. */
void
cc_definition_check_keys (CcQuestionnaire *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      CcKeyFile *file = self->sources->pdata[i];

      for (guint j = 0; j < cc_key_file_get_n_groups (file); j++)
        check_group (self, file, cc_key_file_get_group (file, j));
    }
}

/* The fields of one code that an axis asks about, all their combinations, and who takes them. */
typedef struct
{
  GPtrArray *fields; /* const CcField* */
  GPtrArray *programs;
  guint8    *reached;
  CcFact     fact;
  guint      combinations;
} Reach;

static void
try_fact (Reach *reach)
{
  CcScope scope = { .fact = &reach->fact };

  for (guint i = 0; i < reach->programs->len; i++)
    if (cc_program_test (reach->programs->pdata[i], &scope))
      {
        reach->reached[i] = 1;
        return;
      }
}

static void
try_all (Reach *reach, guint depth)
{
  const CcField *field;

  if (depth == reach->fields->len)
    {
      try_fact (reach);
      return;
    }
  field = reach->fields->pdata[depth];
  reach->fact.values[field->index].n = 0;
  try_all (reach, depth + 1);
  reach->fact.values[field->index].n = 1;
  for (guint i = 0; i < field->codes->len; i++)
    {
      reach->fact.values[field->index].u.code = ((const CcCode *) field->codes->pdata[i])->index;
      try_all (reach, depth + 1);
    }
}

/* Collects what the axis asks about. FALSE where not all can be tried: several codes, numbers. */
static gboolean
prepare (CcQuestionnaire *self, CcAxis *axis, CcKind kind, Reach *reach)
{
  g_autofree guint8 *used = g_new0 (guint8, self->fields->of[kind]->len + 1);
  CcAxisUse          use = { axis, NULL };

  for (guint i = 0; i < axis->categories->len; i++)
    {
      CcCategory *category = axis->categories->pdata[i];
      CcProgram  *program = category->node
                                ? cc_definition_compile (self, category->node, kind, &use,
                                                         cc_definition_parameter, self, NULL, NULL)
                                : NULL;

      if (!program)
        return FALSE;
      g_ptr_array_add (reach->programs, program);
      cc_program_note_fields (program, used);
    }
  reach->combinations = 1;
  for (guint i = 0; i < self->fields->of[kind]->len; i++)
    {
      const CcField *field = self->fields->of[kind]->pdata[i];

      if (!used[i])
        continue;
      if (field->type != CC_VALUE_CODE || reach->combinations > MAX_COMBINATIONS)
        return FALSE;
      reach->combinations *= field->codes->len + 1;
      g_ptr_array_add (reach->fields, (gpointer) field);
    }
  return reach->combinations <= MAX_COMBINATIONS;
}

static void
report_unreached (CcQuestionnaire *self, CcAxis *axis, Reach *reach)
{
  for (guint i = 0; i < axis->categories->len; i++)
    {
      CcCategory      *category = axis->categories->pdata[i];
      g_autofree char *key = g_strconcat ("when.", category->code, NULL);

      if (!reach->reached[i] && category->node->type != CC_NODE_OTHERWISE)
        cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, key,
                               "the category “%s” is never reached: earlier categories take all "
                               "its cases, or its condition cannot hold",
                               category->code);
    }
}

static void
check_axis (CcQuestionnaire *self, CcAxis *axis)
{
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) fields = g_ptr_array_new ();
      g_autoptr (GPtrArray) programs =
          g_ptr_array_new_with_free_func ((GDestroyNotify) cc_program_free);
      g_autofree guint8      *reached = g_new0 (guint8, axis->categories->len + 1);
      g_autofree CcFactValue *values = g_new0 (CcFactValue, self->fields->of[kind]->len + 1);
      Reach reach = { .fields = fields, .programs = programs, .reached = reached };

      if (!(axis->kinds & (1u << kind)))
        continue;
      reach.fact.kind = kind;
      reach.fact.values = values;
      if (!prepare (self, axis, kind, &reach))
        continue;
      try_all (&reach, 0);
      report_unreached (self, axis, &reach);
      return;
    }
}

/* The same condition twice: the second is never reached. */
static void
check_twice (CcQuestionnaire *self, CcAxis *axis)
{
  for (guint i = 1; i < axis->categories->len; i++)
    for (guint j = 0; j < i; j++)
      {
        CcCategory      *category = axis->categories->pdata[i];
        CcCategory      *earlier = axis->categories->pdata[j];
        g_autofree char *key = g_strconcat ("when.", category->code, NULL);

        if (!category->node || !earlier->node)
          continue;
        if (earlier->node->type == CC_NODE_ANY || g_strcmp0 (category->when, earlier->when) == 0)
          {
            cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, key,
                                   "the category “%s” is never reached: “%s” takes all its cases",
                                   category->code, earlier->code);
            break;
          }
      }
}

/* Looks for categories that no person can fall into. Where an axis asks only about single codes,
 * every combination is tried; elsewhere equal conditions are found. */
void
cc_definition_check_reachable (CcQuestionnaire *self)
{
  for (guint i = 0; i < self->axes->len; i++)
    {
      CcAxis *axis = self->axes->pdata[i];
      guint   before = self->problems->len;

      if (axis->kind != CC_AXIS_GROUP || axis->each)
        continue;
      check_twice (self, axis);
      if (self->problems->len == before)
        check_axis (self, axis);
    }
}
