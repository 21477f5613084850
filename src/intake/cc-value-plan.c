/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-value-plan.h>

#include <cc/intake/cc-code-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-map-private.h"
#include "cc-value-plan-private.h"

static void
free_value (gpointer data)
{
  CcPlannedValue *self = data;

  g_ptr_array_unref (self->codes);
  g_free (self->spelling_of);
  g_free (self->text);
  g_free (self);
}

/**
 * cc_value_plan_free:
 */
void
cc_value_plan_free (CcValuePlan *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->values);
  g_free (self);
}

typedef struct
{
  CcPack      *pack;
  CcMap       *map;
  const char  *own_country;
  CcSexReader *sex; /* of a column of sexes or genders, else NULL */
  CcValuePlan *plan;
  GHashTable  *seen; /* text -> CcPlannedValue, borrowed */
} PlanRun;

static CcValueState
state_of_read (CcCodeRead read)
{
  switch (read)
    {
    case CC_CODE_READ_OK:
      return CC_VALUE_KNOWN;
    case CC_CODE_READ_BLANK:
    case CC_CODE_READ_NO_VALUE:
      return CC_VALUE_NO_VALUE;
    case CC_CODE_READ_ASK:
      return CC_VALUE_ASK;
    case CC_CODE_READ_UNMAPPED:
    default:
      return CC_VALUE_OPEN;
    }
}

/* Codes that a person may mean: those of a trap, those whose words are spelled nearly so. */
static void
add_near (CcPack *pack, const char *list, CcPlannedValue *value)
{
  char **countries =
      g_str_equal (list, "COUNTRY") ? cc_pack_find_country_trap (pack, value->text) : NULL;
  g_autoptr (GPtrArray) near = NULL;

  for (guint i = 0; countries && countries[i]; i++)
    {
      const CcCode *code = cc_pack_find_code (pack, list, countries[i]);

      if (code)
        g_ptr_array_add (value->codes, (gpointer) code);
    }
  if (countries && countries[0])
    return;
  near = cc_pack_match_value_near (pack, list, value->text);
  for (guint i = 0; i < near->len; i++)
    g_ptr_array_add (value->codes, near->pdata[i]);
}

static gboolean
take_decision (CcPack *pack, const CcVariable *variable, CcPlannedValue *value, const char *codes)
{
  g_auto (GStrv) parts = g_strsplit_set (codes, ";,", -1);

  for (guint i = 0; parts[i]; i++)
    {
      const char   *name = g_strstrip (parts[i]);
      CcNoValue     no_value = cc_no_value_from_code (name);
      const CcCode *code = cc_pack_find_code (pack, variable->list, name);

      if (no_value != CC_NO_VALUE_NONE)
        value->no_value = no_value;
      else if (code)
        g_ptr_array_add (value->codes, (gpointer) code);
      else
        return FALSE;
    }
  value->state = CC_VALUE_DECIDED;
  return TRUE;
}

static void
read_value (CcPack           *pack,
            CcMap            *map,
            const CcVariable *variable,
            CcSexReader      *sex,
            const char       *own_country,
            CcPlannedValue   *value)
{
  const char *decided = cc_map_get_value (map, variable, value->text);
  CcCodeText  code = { NULL };
  CcSexText   sex_text = { NULL };

  g_ptr_array_set_size (value->codes, 0);
  value->no_value = CC_NO_VALUE_NONE;
  value->like = NULL;
  if (decided && take_decision (pack, variable, value, decided))
    return;
  if (sex && g_str_equal (variable->list, "SEX"))
    {
      value->state = state_of_read (cc_sex_reader_read (sex, value->text, &sex_text));
      code.code = sex_text.sex;
      code.no_value = cc_word_no_value (pack, value->text);
    }
  else if (sex && cc_sex_reader_is_unclear (sex, value->text))
    value->state = CC_VALUE_ASK;
  else
    value->state =
        state_of_read (cc_code_text_read (pack, variable->list, value->text, own_country, &code));
  if (value->state == CC_VALUE_KNOWN && code.code)
    g_ptr_array_add (value->codes, (gpointer) code.code);
  else if (value->state == CC_VALUE_NO_VALUE)
    value->no_value = code.no_value != CC_NO_VALUE_NONE ? code.no_value : CC_NO_VALUE_UNKNOWN;
  else if (sex_text.hint)
    g_ptr_array_add (value->codes, (gpointer) sex_text.hint);
  else if (value->state == CC_VALUE_ASK || value->state == CC_VALUE_OPEN)
    add_near (pack, variable->list, value);
}

static void
add_value (PlanRun *run, const char *text, guint count)
{
  CcPlannedValue *value = g_hash_table_lookup (run->seen, text);

  if (value)
    {
      value->count += count;
      return;
    }
  value = g_new0 (CcPlannedValue, 1);
  value->text = g_strdup (text);
  value->count = count;
  value->codes = g_ptr_array_new ();
  read_value (run->pack, run->map, run->plan->variable, run->sex, run->own_country, value);
  g_ptr_array_add (run->plan->values, value);
  g_hash_table_insert (run->seen, value->text, value);
}

/* Cells with lists are taken apart as the import does it; a decision for the whole cell comes
 * first. */
static void
add_distinct (PlanRun *run, const CcDistinct *distinct)
{
  const CcVariable *variable = run->plan->variable;
  g_auto (GStrv) parts = NULL;

  if (cc_word_is_ditto (run->pack, distinct->text))
    return;
  if (!run->plan->several || cc_map_get_value (run->map, variable, distinct->text))
    {
      add_value (run, distinct->text, distinct->count);
      return;
    }
  if (cc_pack_match_token (run->pack, "none", distinct->text))
    return;
  parts = cc_code_text_split (run->pack, variable->list, distinct->text);
  for (guint i = 0; parts[i]; i++)
    add_value (run, parts[i], distinct->count);
}

static gboolean
needs_eyes (const CcPlannedValue *value)
{
  return value->state == CC_VALUE_ASK || value->state == CC_VALUE_OPEN;
}

static gint
compare_values (gconstpointer a, gconstpointer b)
{
  const CcPlannedValue *x = *(CcPlannedValue *const *) a, *y = *(CcPlannedValue *const *) b;

  if (needs_eyes (x) != needs_eyes (y))
    return needs_eyes (x) ? -1 : 1;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

static CcSexReader *
prepare_sex (PlanRun *run, const CcInspectColumn *column)
{
  CcSexReader *sex;

  if (!g_str_equal (run->plan->variable->list, "SEX")
      && !g_str_equal (run->plan->variable->list, "GENDER"))
    return NULL;
  sex = cc_sex_reader_new (run->pack);
  for (guint i = 0; i < column->values->len; i++)
    cc_sex_reader_add (sex, ((CcDistinct *) column->values->pdata[i])->text);
  cc_sex_reader_decide (sex, column->header);
  return sex;
}

static CcValuePlan *
plan_column (CcPack                *pack,
             CcMap                 *map,
             const char            *own_country,
             const CcInspectTable  *table,
             const CcInspectColumn *column,
             const CcVariable      *variable)
{
  CcValuePlan *self = g_new0 (CcValuePlan, 1);
  PlanRun      run = { pack, map, own_country, NULL, self, NULL };

  self->table = table;
  self->column = column;
  self->variable = variable;
  self->n_rows = table->n_rows[CC_ROW_DATA];
  self->several = variable->type == CC_VARIABLE_MULTI;
  self->values = g_ptr_array_new_with_free_func (free_value);
  run.seen = g_hash_table_new (g_str_hash, g_str_equal);
  run.sex = prepare_sex (&run, column);
  for (guint i = 0; i < column->values->len; i++)
    add_distinct (&run, column->values->pdata[i]);
  g_ptr_array_sort (self->values, compare_values);
  for (guint i = 0; i < self->values->len; i++)
    self->n_open += needs_eyes (self->values->pdata[i]);
  cc_sex_reader_free (run.sex);
  g_hash_table_unref (run.seen);
  return self;
}

/* Lists that the ministry fills itself and has not filled yet ask nothing. */
static gboolean
is_coded (CcPack *pack, const CcTarget *target)
{
  GPtrArray *codes;

  if (target->part != CC_TARGET_VALUE && target->part != CC_TARGET_PLACE)
    return FALSE;
  if (!*target->variable->list)
    return FALSE;
  codes = cc_pack_get_list_codes (pack, target->variable->list);
  return codes && codes->len > 0;
}

/**
 * cc_value_plan_list:
 * @map: a map of cc_map_suggest () for the inspection
 * @own_country: code of the reporting country
 *
 * Returns: (transfer full) (element-type CcValuePlan): one for each coded column and variable of
 * the tables that are imported; those with something to decide first, else in the file's order
 */
GPtrArray *
cc_value_plan_list (CcPack *pack, CcMap *map, CcInspection *inspection, const char *own_country)
{
  GPtrArray *open = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_value_plan_free);
  g_autoptr (GPtrArray) settled = g_ptr_array_new ();

  g_return_val_if_fail (pack && map && inspection, open);

  for (guint t = 0; t < inspection->tables->len; t++)
    {
      const CcInspectTable *table = inspection->tables->pdata[t];
      g_autoptr (GPtrArray) plans = cc_map_plan_columns (map, pack, table);

      if (cc_map_is_skipped (map, table->name) || cc_map_is_aggregate (map, table))
        continue;
      for (guint c = 0; c < plans->len; c++)
        {
          const CcColumnPlan *plan = plans->pdata[c];

          for (guint i = 0; i < plan->targets->len; i++)
            {
              const CcTarget *target = plan->targets->pdata[i];
              CcValuePlan    *made;

              if (!is_coded (pack, target))
                continue;
              made = plan_column (pack, map, own_country, table, table->columns->pdata[c],
                                  target->variable);
              g_ptr_array_add (made->n_open > 0 ? open : settled, made);
            }
        }
    }
  for (guint i = 0; i < settled->len; i++)
    g_ptr_array_add (open, settled->pdata[i]);
  cc_value_plans_cluster (open, pack, map);
  return open;
}

/**
 * cc_value_plan_decide:
 * @value: one of the plan's values
 * @codes: (nullable): "SEX", "SEX; LAB", "_U"; %NULL takes a decision back
 */
void
cc_value_plan_decide (CcValuePlan    *self,
                      CcPack         *pack,
                      CcMap          *map,
                      CcPlannedValue *value,
                      const char     *codes,
                      const char     *own_country)
{
  PlanRun run = { pack, map, own_country, NULL, self, NULL };

  g_return_if_fail (self != NULL && pack != NULL && map != NULL && value != NULL);

  self->n_open -= needs_eyes (value);
  if (codes)
    cc_map_set_value (map, self->variable, value->text, codes);
  else
    cc_map_unset_value (map, self->variable, value->text);
  run.sex = prepare_sex (&run, self->column);
  read_value (pack, map, self->variable, run.sex, own_country, value);
  cc_sex_reader_free (run.sex);
  self->n_open += needs_eyes (value);
}
