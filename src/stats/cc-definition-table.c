/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-definition-private.h"

#include "cc-nearest-private.h"

/* Frees a table. */
void
cc_table_free (CcTable *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->row_blocks, g_ptr_array_unref);
  g_clear_pointer (&self->col_blocks, g_ptr_array_unref);
  cc_expression_free (self->where);
  g_strfreev (self->public.meta);
  g_free (self);
}

/* The table of that id, NULL where there is none. */
CcTable *
cc_definition_find_table (CcQuestionnaire *self, const char *id)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      CcTable *table = self->tables->pdata[i];

      if (g_str_equal (table->public.id, id))
        return table;
    }
  return NULL;
}

static void
unknown_axis (CcQuestionnaire *self, CcTable *table, const char *key, const char *name)
{
  CcNearest nearest;

  cc_nearest_init (&nearest, name);
  for (guint i = 0; i < self->axes->len; i++)
    cc_nearest_try (&nearest, ((CcAxis *) self->axes->pdata[i])->name);
  cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, key,
                         nearest.best ? "there is no axis “%s”; the nearest is “%s”"
                                      : "there is no axis “%s”",
                         name, nearest.best);
}

static void
check_other_field (CcQuestionnaire *self, CcTable *table, const char *key, CcAxisUse *use)
{
  const CcField *field = cc_fields_find (self->fields, table->kind, use->field);
  const CcField *own =
      use->axis->field ? cc_fields_find (self->fields, table->kind, use->axis->field) : NULL;

  if (!use->axis->field)
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, key,
                           "the axis “%s” has no field=, so @%s cannot take its place",
                           use->axis->name, use->field);
  else if (!field)
    {
      const char *nearest = cc_fields_nearest (self->fields, 1u << table->kind, use->field);

      cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, key,
                             nearest ? "there is no field “%s”; the nearest is “%s”"
                                     : "there is no field “%s”",
                             use->field, nearest);
    }
  else if (own && !g_str_equal (own->contract->list, field->contract->list))
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, key,
                           "the field “%s” has other codes than the field “%s” of the axis “%s”",
                           use->field, own->name, use->axis->name);
}

/* One axis as written: name, or name@field. */
static void
add_use (CcQuestionnaire *self, CcTable *table, const char *key, GPtrArray *uses, char *text)
{
  char      *at = strchr (text, '@');
  CcAxis    *axis;
  CcAxisUse *use;

  if (at)
    *at = '\0';
  axis = cc_definition_find_axis (self, g_strstrip (text));
  if (!axis)
    {
      unknown_axis (self, table, key, text);
      return;
    }
  use = g_new0 (CcAxisUse, 1);
  use->axis = axis;
  use->field = at ? cc_definition_keep (self, g_strstrip (at + 1)) : NULL;
  g_ptr_array_add (uses, use);
  if (!(axis->kinds & (1u << table->kind)))
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, key,
                           "the axis “%s” does not stand on the record “%s” that the table counts",
                           axis->name, cc_kind_get_record (table->kind));
  else if (use->field)
    check_other_field (self, table, key, use);
}

/* Blocks joined by "|", axes of a block by ";", outer first. "none" is a block without axes. */
static GPtrArray *
read_layout (CcQuestionnaire *self, CcTable *table, const char *key, const char *text)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);

  for (guint i = 0; parts[i] || i == 0; i++)
    {
      GPtrArray *uses = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (blocks, uses);
      if (!parts[i])
        break;
      if (!g_str_equal (g_strstrip (parts[i]), "none") && *parts[i])
        {
          g_auto (GStrv) names = g_strsplit (parts[i], ";", -1);

          for (guint j = 0; names[j]; j++)
            add_use (self, table, key, uses, names[j]);
          if (uses->len > CC_MAX_NESTED)
            cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, key,
                                   "a block nests more than %d axes", CC_MAX_NESTED);
        }
    }
  return blocks;
}

/* Periods cannot nest and cannot stand on both sides. */
static void
check_periods (CcQuestionnaire *self, CcTable *table)
{
  guint in_rows = 0, in_cols = 0;

  for (guint side = 0; side < 2; side++)
    {
      GPtrArray *blocks = side ? table->col_blocks : table->row_blocks;

      for (guint i = 0; i < blocks->len; i++)
        {
          GPtrArray *uses = blocks->pdata[i];
          guint      here = 0;

          for (guint j = 0; j < uses->len; j++)
            here += ((CcAxisUse *) uses->pdata[j])->axis->kind == CC_AXIS_PERIOD;
          if (here > 1)
            cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group,
                                   side ? "cols" : "rows", "the period stands twice in one block");
          *(side ? &in_cols : &in_rows) += here;
        }
    }
  if (in_rows && in_cols)
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, "cols",
                           "the period stands in the rows and in the columns");
  if ((in_rows || in_cols) && !*table->public.date)
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, NULL,
                           "the table is broken down by period and has no date= that decides it");
}

static void
read_where (CcQuestionnaire *self, CcTable *table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcProgram) program = NULL;

  if (!*table->public.where)
    return;
  table->where = cc_expression_parse (table->public.where, &error);
  if (table->where)
    program = cc_definition_compile (self, table->where, table->kind, NULL, cc_definition_parameter,
                                     self, NULL, &error);
  if (!program)
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, "where", "%s",
                           error->message);
}

static void
check_date (CcQuestionnaire *self, CcTable *table)
{
  const CcField *field;
  const char    *nearest;

  if (!*table->public.date)
    return;
  field = cc_fields_find (self->fields, table->kind, table->public.date);
  if (field && field->type == CC_VALUE_DATE)
    return;
  nearest = cc_fields_nearest (self->fields, 1u << table->kind, table->public.date);
  if (field)
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, "date",
                           "the field “%s” holds no date", table->public.date);
  else
    cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, "date",
                           nearest ? "there is no field “%s” of the record “%s”; the nearest is "
                                     "“%s”"
                                   : "there is no field “%s” of the record “%s”",
                           table->public.date, cc_kind_get_record (table->kind), nearest);
}

static const char *
keep (CcQuestionnaire *self, const char *group, const char *key)
{
  const char *value = cc_definition_get (self, group, key);

  return cc_definition_keep (self, value ? value : "");
}

static void
read_measure (CcQuestionnaire *self, CcTable *table)
{
  static const char *const measures[] = { "count", "rate", NULL };
  const char              *group = table->public.group;
  const char              *per = cc_definition_get (self, group, "per");

  table->public.rate = cc_definition_get_choice (self, group, "measure", measures, 0) == 1;
  table->public.denominator = keep (self, group, "denominator");
  table->public.per = per ? g_ascii_strtod (per, NULL) : 100000;
  if (table->public.rate && !g_str_equal (table->public.denominator, "population"))
    cc_definition_problem (self, CC_SEVERITY_ERROR, group, "measure",
                           "a rate needs denominator=population");
  if (table->public.rate && !(table->public.per > 0))
    cc_definition_problem (self, CC_SEVERITY_ERROR, group, "per",
                           "per= must be a number above zero, not “%s”", per);
}

static void
load_table (CcQuestionnaire *self, const char *id)
{
  static const char *const counts[] = { "victims", "registrations", "perps",
                                        "events",  "returns",       NULL };
  static const CcKind      kinds[] = { CC_KIND_VICTIM, CC_KIND_VICTIM, CC_KIND_PERP, CC_KIND_EVENT,
                                       CC_KIND_RETURN };
  static const char *const modes[] = { "flow", "stock", NULL };
  static const char *const repeats[] = { "first", "yearly", "new-event", NULL };
  static const char *const sources[] = { "data", "entry", NULL };
  static const char *const layouts[] = { "matrix", "stacked", NULL };
  g_autofree char         *group = g_strconcat ("table ", id, NULL);
  CcTable                 *table;

  if (cc_definition_get_boolean (self, group, "drop", FALSE))
    return;
  table = g_new0 (CcTable, 1);
  g_ptr_array_add (self->tables, table);
  table->public.id = cc_definition_keep (self, id);
  table->public.group = cc_definition_keep (self, group);
  table->public.count = (CcCountUnit) cc_definition_get_choice (self, group, "count", counts, 0);
  table->kind = kinds[table->public.count];
  table->public.where = keep (self, group, "where");
  table->public.date = keep (self, group, "date");
  table->public.stock = cc_definition_get_choice (self, group, "date-mode", modes, 0) == 1;
  table->public.repeat = (CcRepeat) cc_definition_get_choice (self, group, "repeat", repeats, 0);
  table->public.rows = keep (self, group, "rows");
  table->public.cols = keep (self, group, "cols");
  table->public.entry = cc_definition_get_choice (self, group, "source", sources, 0) == 1;
  table->public.stacked = cc_definition_get_choice (self, group, "layout", layouts, 0) == 1;
  table->public.limit = cc_definition_get_int (self, group, "limit", 0);
  table->public.meta = cc_definition_get_list (self, group, "meta");
  table->public.basis = keep (self, group, "basis");
  read_measure (self, table);
  table->row_blocks = read_layout (self, table, "rows", table->public.rows);
  table->col_blocks = read_layout (self, table, "cols", table->public.cols);
  read_where (self, table);
  check_date (self, table);
  check_periods (self, table);
}

static void
load_sheet (CcQuestionnaire *self, const char *id, GHashTable *placed)
{
  static const char *const kinds[] = { "tables", "form", "text", NULL };
  CcSheetDefinition       *sheet = g_new0 (CcSheetDefinition, 1);
  g_autofree char         *group = g_strconcat ("sheet ", id, NULL);

  sheet->id = cc_definition_keep (self, id);
  sheet->group = cc_definition_keep (self, group);
  sheet->kind = (CcSheetKind) cc_definition_get_choice (self, group, "kind", kinds, 0);
  sheet->fields = cc_definition_get_list (self, group, "fields");
  sheet->tables = cc_definition_get_list (self, group, "tables");
  g_ptr_array_add (self->sheets, sheet);
  for (guint i = 0, kept = 0; sheet->tables[i]; i++)
    {
      g_autofree char *table = sheet->tables[i];
      g_autofree char *key = g_strconcat ("table ", table, NULL);

      sheet->tables[i] = NULL;
      if (!cc_definition_find_table (self, table))
        {
          if (!cc_definition_get_boolean (self, key, "drop", FALSE))
            cc_definition_problem (self, CC_SEVERITY_ERROR, group, "tables",
                                   "the sheet names a table “%s” that does not exist", table);
          continue;
        }
      if (!g_hash_table_add (placed, (gpointer) cc_definition_keep (self, table)))
        cc_definition_problem (self, CC_SEVERITY_ERROR, group, "tables",
                               "the table “%s” stands twice in the sheets", table);
      sheet->tables[kept++] = g_steal_pointer (&table);
    }
  for (guint i = 0; sheet->fields[i]; i++)
    if (!cc_questionnaire_find_field (self, sheet->fields[i]))
      cc_definition_problem (self, CC_SEVERITY_ERROR, group, "fields",
                             "the sheet names a box “%s” that no [form] group describes",
                             sheet->fields[i]);
}

static void
load_form (CcQuestionnaire *self, const char *name)
{
  static const char *const types[] = { "text", "number", "date", "choice", NULL };
  g_autofree char         *group = g_strconcat ("form ", name, NULL);
  g_auto (GStrv) keys = cc_definition_keys (self, group);

  for (guint i = 0; keys[i]; i++)
    {
      CcFieldDefinition *field;
      g_autofree char   *label = NULL;
      g_autofree char   *choices = NULL;

      if (!g_str_has_prefix (keys[i], "field."))
        continue;
      field = g_new0 (CcFieldDefinition, 1);
      label = g_strconcat ("label.", keys[i] + strlen ("field."), NULL);
      choices = g_strconcat ("choices.", keys[i] + strlen ("field."), NULL);
      field->name = cc_definition_keep (self, keys[i] + strlen ("field."));
      field->group = cc_definition_keep (self, group);
      field->key = cc_definition_keep (self, label);
      field->type = types[cc_definition_get_choice (self, group, keys[i], types, 0)];
      field->choices = cc_definition_get_list (self, group, choices);
      g_ptr_array_add (self->form_fields, field);
    }
}

/* Reads tables, forms and sheets. A table of no sheet would never be printed. */
void
cc_definition_load_tables (CcQuestionnaire *self)
{
  g_autoptr (GHashTable) placed = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) tables = cc_definition_groups (self, "table");
  g_auto (GStrv) forms = cc_definition_groups (self, "form");
  g_auto (GStrv) sheets = cc_definition_groups (self, "sheet");

  for (guint i = 0; tables[i]; i++)
    load_table (self, tables[i]);
  for (guint i = 0; forms[i]; i++)
    load_form (self, forms[i]);
  for (guint i = 0; sheets[i]; i++)
    load_sheet (self, sheets[i], placed);
  for (guint i = 0; i < self->tables->len; i++)
    {
      CcTable *table = self->tables->pdata[i];

      if (!g_hash_table_contains (placed, table->public.id))
        cc_definition_problem (self, CC_SEVERITY_ERROR, table->public.group, NULL,
                               "the table “%s” stands in no sheet", table->public.id);
    }
}
