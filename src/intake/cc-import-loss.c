/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-import-loss.h>

#include <cc/intake/cc-code-text.h>
#include <cc/model/cc-words.h>

/* A loss of so many rows is large in any file; in small files one row in PART, unless it is no
 * more than a slip of the pen. */
#define MANY 50
#define PART 20
#define FEW  3

/**
 * cc_import_loss_free:
 */
void
cc_import_loss_free (CcImportLoss *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->texts);
  g_free (self->header);
  g_free (self);
}

/**
 * cc_import_loss_is_large:
 *
 * Returns: whether the loss should be put before a person
 */
gboolean
cc_import_loss_is_large (const CcImportLoss *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_rows >= MANY || (self->n_rows >= FEW && self->n_rows * PART >= self->n_all);
}

static CcImportLoss *
find_loss (GPtrArray            *losses,
           CcMap                *map,
           const CcInspectTable *table,
           CcImportLossKind      kind,
           const CcVariable     *variable,
           const char           *header)
{
  const gboolean cases = g_str_equal (cc_map_get_unit (map, table->name), "event");
  CcImportLoss  *made;

  for (guint i = 0; i < losses->len; i++)
    {
      CcImportLoss *self = losses->pdata[i];

      if (self->kind == kind && self->variable == variable && self->cases == cases
          && g_str_equal (self->header, header))
        return self;
    }
  made = g_new0 (CcImportLoss, 1);
  made->kind = kind;
  made->variable = variable;
  made->cases = cases;
  made->header = g_strdup (header);
  made->texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (losses, made);
  return made;
}

static gboolean
is_open (const CcPlannedValue *value)
{
  return value->state == CC_VALUE_ASK || value->state == CC_VALUE_OPEN;
}

static void
add_text (CcImportLoss *self, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (self->texts, text, g_str_equal, NULL))
    g_ptr_array_add (self->texts, g_strdup (text));
}

/* Cells that hold lists, taken apart as the plan does it: who names one country that is known and
 * one that is not has a part; a row with two open values is one row. */
static void
add_lists (CcImportLoss      *none,
           CcImportLoss      *part,
           CcPack            *pack,
           CcMap             *map,
           const CcValuePlan *plan)
{
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->values->len; i++)
    {
      const CcPlannedValue *value = plan->values->pdata[i];

      if (is_open (value))
        g_hash_table_add (open, value->text);
    }
  for (guint i = 0; i < plan->column->values->len; i++)
    {
      const CcDistinct *distinct = plan->column->values->pdata[i];
      CcImportLoss     *loss;
      guint             n = 0, n_open = 0;
      g_auto (GStrv) parts = NULL;

      if (cc_word_is_ditto (pack, distinct->text)
          || cc_map_get_value (map, plan->variable, distinct->text))
        continue;
      parts = cc_code_text_split (pack, plan->variable->list, distinct->text);
      for (; parts[n]; n++)
        n_open += g_hash_table_contains (open, parts[n]);
      loss = n_open == n ? none : part;
      loss->n_rows += n_open > 0 ? distinct->count : 0;
      for (guint j = 0; j < n; j++)
        if (g_hash_table_contains (open, parts[j]))
          add_text (loss, parts[j]);
    }
}

static void
add_cells (CcImportLoss *loss, const CcValuePlan *plan)
{
  for (guint i = 0; i < plan->values->len; i++)
    {
      const CcPlannedValue *value = plan->values->pdata[i];

      if (!is_open (value))
        continue;
      add_text (loss, value->text);
      loss->n_rows += value->count;
    }
}

static void
add_plan (GPtrArray *losses, CcPack *pack, CcMap *map, const CcValuePlan *plan)
{
  const char   *header = plan->column->header;
  CcImportLoss *none = find_loss (losses, map, plan->table, CC_LOSS_VALUE, plan->variable, header);
  CcImportLoss *part =
      plan->several ? find_loss (losses, map, plan->table, CC_LOSS_PART, plan->variable, header)
                    : NULL;

  none->n_all += plan->n_rows;
  if (part)
    part->n_all += plan->n_rows;
  if (plan->n_open > 0 && part)
    add_lists (none, part, pack, map, plan);
  else if (plan->n_open > 0)
    add_cells (none, plan);
}

/* The date that a column feeds; a part of a date has no order. */
static const CcVariable *
find_date (const CcColumnPlan *plan)
{
  for (guint i = 0; i < plan->targets->len; i++)
    {
      const CcTarget *target = plan->targets->pdata[i];

      if (target->variable->type == CC_VARIABLE_DATE && target->part != CC_TARGET_DAY
          && target->part != CC_TARGET_MONTH && target->part != CC_TARGET_YEAR)
        return target->variable;
    }
  return NULL;
}

static void
add_dates (GPtrArray *losses, CcPack *pack, CcMap *map, const CcInspectTable *table)
{
  g_autoptr (GPtrArray) plans = cc_map_plan_columns (map, pack, table);

  for (guint i = 0; i < plans->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];
      const CcVariable      *variable = find_date (plans->pdata[i]);
      CcImportLoss          *loss;

      if (!variable)
        continue;
      loss = find_loss (losses, map, table, CC_LOSS_DATE, variable, column->header);
      loss->n_all += table->n_rows[CC_ROW_DATA];
      if (column->date_ambiguous
          && cc_map_get_date_order (map, column->header) == CC_DATE_ORDER_UNKNOWN)
        loss->n_rows += column->dates.n_either;
    }
}

static gint
compare_losses (gconstpointer a, gconstpointer b)
{
  const CcImportLoss *x = *(CcImportLoss *const *) a, *y = *(CcImportLoss *const *) b;

  if (x->n_rows != y->n_rows)
    return x->n_rows > y->n_rows ? -1 : 1;
  return g_strcmp0 (x->header, y->header);
}

/**
 * cc_import_loss_list:
 * @plans: (element-type CcValuePlan): the plans of the coded columns, as far as they are decided
 *
 * What stays open for good where nobody answers any more.
 *
 * Returns: (transfer full) (element-type CcImportLoss): those that cost most rows first
 */
GPtrArray *
cc_import_loss_list (CcPack *pack, CcMap *map, CcInspection *inspection, GPtrArray *plans)
{
  GPtrArray *losses = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_import_loss_free);

  g_return_val_if_fail (pack && map && inspection && plans, losses);

  for (guint i = 0; i < plans->len; i++)
    add_plan (losses, pack, map, plans->pdata[i]);
  for (guint t = 0; t < inspection->tables->len; t++)
    {
      const CcInspectTable *table = inspection->tables->pdata[t];

      if (!cc_map_is_skipped (map, table->name) && !cc_map_is_aggregate (map, table))
        add_dates (losses, pack, map, table);
    }
  for (guint i = losses->len; i > 0; i--)
    if (((CcImportLoss *) losses->pdata[i - 1])->n_rows == 0)
      g_ptr_array_remove_index (losses, i - 1);
  g_ptr_array_sort (losses, compare_losses);
  return losses;
}
