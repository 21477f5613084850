/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include "cc-header-private.h"
#include "cc-map-private.h"
#include "cc-suggest-private.h"

/* What the window changes in a map that is settled step by step. */

/**
 * cc_map_unset_value:
 */
void
cc_map_unset_value (CcMap *self, const CcVariable *variable, const char *text)
{
  g_autofree char *full = NULL;
  const char      *names[3];

  g_return_if_fail (self != NULL && variable != NULL && text != NULL);

  full = g_strdup_printf ("%s.%s", variable->unit, variable->name);
  names[0] = full;
  names[1] = variable->name;
  names[2] = variable->id;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CcMapValues *values = cc_map_find_values (self, names[i]);

      if (values)
        cc_map_values_unset (values, text);
    }
}

/**
 * cc_map_set_header_row:
 * @row: from 0
 */
void
cc_map_set_header_row (CcMap *self, const CcInspectTable *table, guint row)
{
  CcMapTable *found;

  g_return_if_fail (self != NULL && table != NULL);

  found = cc_map_add_table (self, table->name);
  if (!found->sheet)
    found->sheet = g_strdup (table->sheet_name);
  found->header_row = (int) row + 1;
}

/**
 * cc_map_is_aggregate:
 *
 * Returns: whether the rows of the table are counts and no persons
 */
gboolean
cc_map_is_aggregate (CcMap *self, const CcInspectTable *table)
{
  const CcMapTable *found;

  g_return_val_if_fail (self != NULL && table != NULL, FALSE);

  found = cc_map_find_table (self, table->name);
  return found && found->aggregate ? g_str_equal (found->aggregate, "yes") : table->aggregate;
}

/**
 * cc_map_set_aggregate:
 */
void
cc_map_set_aggregate (CcMap *self, const CcInspectTable *table, gboolean aggregate)
{
  CcMapTable *found;

  g_return_if_fail (self != NULL && table != NULL);

  found = cc_map_add_table (self, table->name);
  if (!found->sheet)
    found->sheet = g_strdup (table->sheet_name);
  g_free (found->aggregate);
  found->aggregate = g_strdup (aggregate ? "yes" : "no");
}

static void
take_suggestion (CcMapTable *table, const CcInspectColumn *column)
{
  gboolean     taken = column->score >= CC_HEADER_ENOUGH;
  CcMapColumn *made =
      cc_map_table_set_column (table, column->header, taken ? column->suggestion : "");

  made->reason = g_strdup (taken || cc_suggestion_was_dropped (column) ? column->reason
                                                                       : "intake.reason.not-known");
  made->language = taken ? g_strdup (column->language) : NULL;
  made->score = taken ? column->score : 0;
}

/* A decision made for another unit stays where the new one has what it names. */
static gboolean
is_still_meant (CcPack *pack, const char *unit, const char *targets)
{
  g_auto (GStrv) names = g_strsplit_set (targets, ",;", -1);

  if (g_str_equal (targets, "-"))
    return TRUE;
  for (guint i = 0; names[i]; i++)
    {
      g_autoptr (CcTarget) target = cc_target_parse (pack, unit, g_strstrip (names[i]));

      if (!target || cc_unit_family_rank (unit, target->unit->name) < 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * cc_map_change_unit:
 * @unit: victim, perpetrator, event, "" or "-"
 */
void
cc_map_change_unit (CcMap *self, CcPack *pack, CcInspectTable *table, const char *unit)
{
  CcMapTable *found;

  g_return_if_fail (self != NULL && pack != NULL && table != NULL && unit != NULL);

  found = cc_map_add_table (self, table->name);
  if (!found->sheet)
    found->sheet = g_strdup (table->sheet_name);
  cc_map_set_unit (self, table->name, unit);
  if (!g_ascii_isalpha (unit[0]))
    return;
  cc_suggest_columns (table, pack, unit);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];
      const CcMapColumn     *known = cc_map_table_find_column (found, column->header);

      if (!known || known->reason || !is_still_meant (pack, unit, known->targets))
        take_suggestion (found, column);
    }
  cc_map_settle_sex (self, pack);
}

/**
 * cc_map_is_by_hand:
 */
gboolean
cc_map_is_by_hand (CcMap *self, const char *table, const char *header)
{
  CcMapTable  *found;
  CcMapColumn *column;

  g_return_val_if_fail (self != NULL && table != NULL && header != NULL, FALSE);

  found = cc_map_find_table (self, table);
  column = found ? cc_map_table_find_column (found, header) : NULL;
  return column && !column->reason;
}

static void
settle_new_columns (CcMap *self, CcInspection *inspection, gboolean take)
{
  for (guint t = 0; t < inspection->tables->len; t++)
    {
      const CcInspectTable *table = inspection->tables->pdata[t];
      CcMapTable           *known = cc_map_find_table (self, table->name);

      for (guint i = 0; known && i < table->columns->len; i++)
        {
          const CcInspectColumn *column = table->columns->pdata[i];
          const CcMapColumn     *found = cc_map_table_find_column (known, column->header);

          if (found && g_strcmp0 (found->reason, "intake.reason.new-column") != 0)
            continue;
          if (take)
            take_suggestion (known, column);
          else
            cc_map_table_set_column (known, column->header, "-");
        }
    }
}

/**
 * cc_map_take_new_columns:
 */
void
cc_map_take_new_columns (CcMap *self, CcInspection *inspection)
{
  g_return_if_fail (self != NULL && inspection != NULL);

  settle_new_columns (self, inspection, TRUE);
}

/**
 * cc_map_leave_new_columns:
 */
void
cc_map_leave_new_columns (CcMap *self, CcInspection *inspection)
{
  g_return_if_fail (self != NULL && inspection != NULL);

  settle_new_columns (self, inspection, FALSE);
}

static void
carry_table (CcMapTable *to, const CcMapTable *from)
{
  for (guint i = 0; i < from->columns->len; i++)
    {
      const CcMapColumn *decided = from->columns->pdata[i];

      if (!decided->reason && cc_map_table_find_column (to, decided->header))
        cc_map_table_set_column (to, decided->header, decided->targets);
    }
}

/**
 * cc_map_carry_over:
 */
void
cc_map_carry_over (CcMap *self, CcMap *from)
{
  g_return_if_fail (self != NULL && from != NULL);

  for (guint i = 0; i < from->tables->len; i++)
    {
      const CcMapTable *decided = from->tables->pdata[i];
      CcMapTable       *table = cc_map_find_table (self, decided->name);

      if (table)
        carry_table (table, decided);
    }
  for (guint i = 0; i < from->values->len; i++)
    {
      const CcMapValues *values = from->values->pdata[i];

      for (guint j = 0; j < values->texts->len; j++)
        cc_map_values_set (cc_map_add_values (self, values->variable), values->texts->pdata[j],
                           values->codes->pdata[j]);
    }
  for (guint i = 0; i < from->dates->len; i++)
    {
      const CcMapPair *pair = from->dates->pdata[i];

      cc_map_set_pair (self->dates, pair->key, pair->value, 0);
    }
  for (guint i = 0; i < from->blanks->len; i++)
    {
      const CcMapPair *pair = from->blanks->pdata[i];

      cc_map_set_pair (self->blanks, pair->key, pair->value, 0);
    }
  cc_map_carry_constants (self, from);
}
