/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-definition-private.h"

#include "cc-nearest-private.h"

#define DEFAULT_LIMIT 40

static void
free_category (gpointer data)
{
  CcCategory *category = data;

  g_free (category->code);
  g_free (category->when);
  cc_expression_free (category->node);
  g_free (category);
}

/* Frees an axis. */
void
cc_axis_free (CcAxis *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->categories);
  g_free (self->name);
  g_free (self->group);
  g_free (self);
}

/* The axis of that name, NULL where there is none. */
CcAxis *
cc_definition_find_axis (CcQuestionnaire *self, const char *name)
{
  return g_hash_table_lookup (self->axes_by_name, name);
}

/* Looks a parameter up in the definition. The reporting country is one that every file has. */
gboolean
cc_definition_parameter (gpointer data, const char *name, const char **value)
{
  CcQuestionnaire *self = data;
  g_autofree char *key = g_strconcat ("param.", name, NULL);

  *value = cc_definition_get (self, "questionnaire", key);
  return *value || g_str_equal (name, "country")
         || g_strv_contains ((const char *const *) self->params, name);
}

/* Looks up the names of a condition for a record kind; of an axis with its axis@field. */
CcProgram *
cc_definition_compile (CcQuestionnaire *self,
                       const CcNode    *node,
                       CcKind           kind,
                       const CcAxisUse *use,
                       CcParameterFunc  parameter,
                       gpointer         parameter_data,
                       const char      *country,
                       GError         **error)
{
  CcCompileContext context = { .fields = self->fields,
                               .kind = kind,
                               .rollup = cc_questionnaire_get_rollup (self),
                               .parameter = parameter,
                               .parameter_data = parameter_data,
                               .country = country };

  if (use)
    {
      context.single = use->axis->single;
      if (use->axis->rollup)
        context.rollup = use->axis->rollup;
      if (use->field)
        {
          context.from_field = use->axis->field;
          context.to_field = use->field;
        }
    }
  return cc_program_compile (node, &context, error);
}

static void
read_kinds (CcQuestionnaire *self, CcAxis *axis)
{
  g_auto (GStrv) of = cc_definition_get_list (self, axis->group, "of");

  for (guint i = 0; of[i]; i++)
    {
      CcKind kind;

      if (cc_kind_from_record (of[i], &kind))
        axis->kinds |= 1u << kind;
      else
        cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, "of",
                               "“%s” is no record kind; they are victim, perp, event and return",
                               of[i]);
    }
  if (!axis->kinds)
    cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, "of",
                           "the axis says nowhere on which records it stands (of=)");
}

/* Makes the category of a when., label. or pack. key, unless it is there already. */
static CcCategory *
get_category (CcAxis *axis, const char *code)
{
  CcCategory *category;

  for (guint i = 0; i < axis->categories->len; i++)
    {
      category = axis->categories->pdata[i];
      if (g_str_equal (category->code, code))
        return category;
    }
  category = g_new0 (CcCategory, 1);
  category->code = g_strdup (code);
  g_ptr_array_add (axis->categories, category);
  return category;
}

static void
read_condition (CcQuestionnaire *self, CcAxis *axis, CcCategory *category, const char *key)
{
  g_autoptr (GError) error = NULL;

  category->when = g_strdup (cc_definition_get (self, axis->group, key));
  category->node = cc_expression_parse (category->when, &error);
  if (!category->node)
    {
      cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, key, "%s", error->message);
      return;
    }
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    {
      CcAxisUse  use = { axis, NULL };
      CcProgram *program;

      if (!(axis->kinds & (1u << kind)))
        continue;
      program = cc_definition_compile (self, category->node, kind, &use, cc_definition_parameter,
                                       self, NULL, &error);
      if (!program)
        {
          cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, key, "%s", error->message);
          return;
        }
      cc_program_free (program);
    }
}

/* Categories stand in the order in which their first key stands in the file. */
static void
read_categories (CcQuestionnaire *self, CcAxis *axis)
{
  g_auto (GStrv) keys = cc_definition_keys (self, axis->group);

  for (guint i = 0; keys[i]; i++)
    {
      const char *code = strchr (keys[i], '.');
      CcCategory *category;

      if (!code || !code[1] || strchr (code, '['))
        continue;
      code++;
      category = get_category (axis, code);
      if (g_str_has_prefix (keys[i], "when."))
        read_condition (self, axis, category, keys[i]);
      else if (g_str_has_prefix (keys[i], "pack."))
        category->pack = cc_definition_keep (self, cc_definition_get (self, axis->group, keys[i]));
      else if (g_str_has_prefix (keys[i], "population."))
        category->population =
            cc_definition_keep (self, cc_definition_get (self, axis->group, keys[i]));
    }
}

static gboolean
ends_in_otherwise (CcAxis *axis)
{
  CcCategory *last =
      axis->categories->len ? axis->categories->pdata[axis->categories->len - 1] : NULL;

  return last && last->node && last->node->type == CC_NODE_OTHERWISE;
}

/* "otherwise" stands last, and an additive axis has it: else persons would drop out of the sum. */
static void
check_otherwise (CcQuestionnaire *self, CcAxis *axis)
{
  for (guint i = 0; i < axis->categories->len; i++)
    {
      CcCategory      *category = axis->categories->pdata[i];
      g_autofree char *key = g_strconcat ("when.", category->code, NULL);

      if (category->node && category->node->type == CC_NODE_OTHERWISE
          && i + 1 < axis->categories->len)
        cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, key,
                               "“otherwise” must be the last category: those after it are never "
                               "reached");
      if (axis->kind == CC_AXIS_GROUP && !category->when)
        cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, NULL,
                               "the category “%s” of the axis “%s” has no when.%s=", category->code,
                               axis->name, category->code);
    }
  if (axis->additive && axis->each)
    cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, "additive",
                           "an axis with mode=each counts a person in several categories, so it "
                           "cannot be additive");
  else if (axis->additive && axis->kind != CC_AXIS_PERIOD
           && !(axis->kind == CC_AXIS_CODES && axis->unknown) && !ends_in_otherwise (axis))
    cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, "additive",
                           "the axis “%s” is additive, so its last category must be “otherwise”: "
                           "without it persons drop out of the sum",
                           axis->name);
}

/* The field of codes and list axes must be one of codes. */
static void
check_field (CcQuestionnaire *self, CcAxis *axis)
{
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    {
      const CcField *field;

      if (!(axis->kinds & (1u << kind)))
        continue;
      field = axis->field ? cc_fields_find (self->fields, kind, axis->field) : NULL;
      if (!field)
        {
          const char *nearest =
              axis->field ? cc_fields_nearest (self->fields, axis->kinds, axis->field) : NULL;

          cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, "field",
                                 nearest
                                     ? "there is no field “%s” of the record “%s”; the nearest is "
                                       "“%s”"
                                     : "there is no field “%s” of the record “%s”",
                                 axis->field ? axis->field : "", cc_kind_get_record (kind),
                                 nearest);
          return;
        }
      if (axis->kind != CC_AXIS_GROUP && !field->codes)
        {
          cc_definition_problem (self, CC_SEVERITY_ERROR, axis->group, "field",
                                 "the field “%s” holds no codes, so it cannot make up an axis",
                                 axis->field);
          return;
        }
    }
}

static void
load_axis (CcQuestionnaire *self, const char *name)
{
  static const char *const kinds[] = { "group", "codes", "list", "period", NULL };
  static const char *const modes[] = { "first", "each", NULL };
  static const char *const sorts[] = { "count", "code", NULL };
  static const char *const firsts[] = { "own-country", NULL };
  CcAxis                  *axis = g_new0 (CcAxis, 1);
  const char              *text;

  axis->name = g_strdup (name);
  axis->group = g_strconcat ("axis ", name, NULL);
  axis->categories = g_ptr_array_new_with_free_func (free_category);
  g_ptr_array_add (self->axes, axis);
  g_hash_table_insert (self->axes_by_name, axis->name, axis);
  axis->kind = (CcAxisKind) cc_definition_get_choice (self, axis->group, "kind", kinds, 0);
  axis->each = cc_definition_get_choice (self, axis->group, "mode", modes, 0) == 1;
  axis->additive = cc_definition_get_boolean (self, axis->group, "additive", FALSE);
  axis->total = cc_definition_get_boolean (self, axis->group, "total", TRUE);
  axis->single = cc_definition_get_boolean (self, axis->group, "single", FALSE);
  axis->unknown = cc_definition_get_boolean (self, axis->group, "unknown", FALSE);
  axis->own_first = cc_definition_get_choice (self, axis->group, "first", firsts, -1) == 0;
  axis->sort_by_code = cc_definition_get_choice (self, axis->group, "sort", sorts, 0) == 1;
  axis->limit = cc_definition_get_int (self, axis->group, "limit", DEFAULT_LIMIT);
  if ((text = cc_definition_get (self, axis->group, "field")))
    axis->field = cc_definition_keep (self, text);
  if ((text = cc_definition_get (self, axis->group, "rollup")))
    axis->rollup = cc_definition_keep (self, text);
  text = cc_definition_get (self, axis->group, "population");
  axis->population = cc_definition_keep (self, text ? text : "");
  read_kinds (self, axis);
  read_categories (self, axis);
  if (axis->kind == CC_AXIS_PERIOD)
    return;
  if (axis->field || axis->kind != CC_AXIS_GROUP)
    check_field (self, axis);
  check_otherwise (self, axis);
}

/* Reads all axes: those of the axis files and those of the definition. */
void
cc_definition_load_axes (CcQuestionnaire *self)
{
  g_auto (GStrv) names = cc_definition_groups (self, "axis");

  for (guint i = 0; names[i]; i++)
    load_axis (self, names[i]);
}
