/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include <string.h>

#include "cc-header-private.h"
#include "cc-map-private.h"

/* What a person sees and may say of all rows of one file at once. */

/* A table of the file whose rows become records, and what its columns feed. */
typedef struct
{
  const char *unit;  /* borrowed from the map */
  GPtrArray  *plans; /* CcColumnPlan */
} Rows;

static void
free_rows (gpointer data)
{
  Rows *self = data;

  g_ptr_array_unref (self->plans);
  g_free (self);
}

static GPtrArray *
list_rows (CcMap *map, CcPack *pack, CcInspection *inspection)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_rows);

  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *table = inspection->tables->pdata[i];
      const char           *unit = cc_map_get_unit (map, table->name);
      Rows                 *rows;

      if (!unit || !g_ascii_isalpha (unit[0]) || cc_map_is_skipped (map, table->name)
          || cc_map_is_aggregate (map, table))
        continue;
      rows = g_new0 (Rows, 1);
      rows->unit = unit;
      rows->plans = cc_map_plan_columns (map, pack, table);
      g_ptr_array_add (list, rows);
    }
  return list;
}

/* Whether each table that the target could be said for has a column that says it. */
static gboolean
is_stated (GPtrArray *tables, const CcTarget *target)
{
  for (guint i = 0; i < tables->len; i++)
    {
      const Rows *rows = tables->pdata[i];

      if (cc_unit_family_rank (rows->unit, target->unit->name) >= 0
          && !cc_constant_is_stated (rows->plans, target))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_variable (GPtrArray *constants, const CcVariable *variable)
{
  for (guint i = 0; i < constants->len; i++)
    if (((CcConstant *) constants->pdata[i])->target->variable == variable)
      return TRUE;
  return FALSE;
}

/**
 * cc_map_list_file_constants:
 * @inspection: the file that the map was made for
 *
 * Returns: (transfer full) (element-type CcConstant): what the map says of every row of the file,
 * each variable once, as in the map; also what columns say and therefore does not count
 */
GPtrArray *
cc_map_list_file_constants (CcMap *self, CcPack *pack, CcInspection *inspection)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_constant_free);
  g_autoptr (GPtrArray) tables = NULL;

  g_return_val_if_fail (self != NULL && pack != NULL && inspection != NULL, list);

  tables = list_rows (self, pack, inspection);
  for (guint i = 0; i < self->constants->len; i++)
    for (guint t = 0; t < tables->len; t++)
      {
        const Rows *rows = tables->pdata[t];
        g_autoptr (CcConstant) constant =
            cc_constant_make (pack, rows->unit, self->constants->pdata[i]);

        if (!constant || has_variable (list, constant->target->variable))
          continue;
        constant->stated = is_stated (tables, constant->target);
        g_ptr_array_add (list, g_steal_pointer (&constant));
      }
  return list;
}

/* Steps of justice and of the journey are told apart by a column for each; a constant has none. */
static gboolean
has_stages (const CcTarget *target)
{
  return g_str_equal (target->unit->name, "justice_step")
         || g_str_equal (target->unit->name, "place");
}

static gboolean
has_codes (CcPack *pack, const CcTarget *target)
{
  GPtrArray *codes =
      *target->variable->list ? cc_pack_get_list_codes (pack, target->variable->list) : NULL;

  return codes && codes->len > 0;
}

static gboolean
has_target (GPtrArray *targets, const CcTarget *target)
{
  for (guint i = 0; i < targets->len; i++)
    if (((CcTarget *) targets->pdata[i])->variable == target->variable)
      return TRUE;
  return FALSE;
}

/**
 * cc_map_list_constant_targets:
 * @inspection: the file that the map was made for
 *
 * Returns: (transfer full) (element-type CcTarget): what may be said of every row of the file: has
 * a list of codes, is no column's and not said yet; in the order of cc_target_list ()
 */
GPtrArray *
cc_map_list_constant_targets (CcMap *self, CcPack *pack, CcInspection *inspection)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_target_free);
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GPtrArray) said = NULL;

  g_return_val_if_fail (self != NULL && pack != NULL && inspection != NULL, list);

  tables = list_rows (self, pack, inspection);
  said = cc_map_list_file_constants (self, pack, inspection);
  for (guint t = 0; t < tables->len; t++)
    {
      g_autoptr (GPtrArray) targets =
          cc_target_list (pack, ((Rows *) tables->pdata[t])->unit, FALSE);

      for (guint i = 0; i < targets->len; i++)
        {
          CcTarget *target = targets->pdata[i];

          if (has_stages (target) || !has_codes (pack, target) || is_stated (tables, target)
              || has_variable (said, target->variable) || has_target (list, target))
            continue;
          g_ptr_array_add (list, target);
          targets->pdata[i] = NULL;
        }
    }
  return list;
}

/**
 * cc_constant_make_key:
 *
 * Returns: (transfer full): the name under which a map says the target of every row, the same for
 * tables of all units
 */
char *
cc_constant_make_key (const CcTarget *target)
{
  g_return_val_if_fail (target != NULL, NULL);

  return g_strdup_printf ("%s.%s", target->unit->name, target->variable->name);
}
