/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include "cc-header-private.h"

/* One column for each code is how short lists are sent; nobody has a column for each country. */
#define MAX_PARTS 80

static void
add_target (GPtrArray        *targets,
            CcPack           *pack,
            const char       *unit,
            const CcVariable *variable,
            CcTargetPart      part,
            const CcCode     *code)
{
  CcTarget         target = { cc_pack_find_unit (pack, variable->unit), variable, part, code };
  g_autofree char *text = cc_target_to_text (pack, unit, &target);
  g_autoptr (CcTarget) made = cc_target_parse (pack, unit, text);

  /* What a map cannot say is no choice. */
  if (made && made->variable == variable && made->part == part && made->code == code)
    g_ptr_array_add (targets, g_steal_pointer (&made));
}

static const CcVariable *
find_stage (CcPack *pack, const char *unit)
{
  g_autofree char  *name = g_strdup_printf ("%s_stage", unit);
  const CcVariable *stage = cc_pack_find_unit_variable (pack, unit, "stage");

  return stage ? stage : cc_pack_find_unit_variable (pack, unit, name);
}

static void
add_parts (GPtrArray *targets, CcPack *pack, const char *unit, const CcVariable *variable)
{
  CcTargetPart part = CC_TARGET_TICK;
  const char  *list = variable->list;
  GPtrArray   *codes;

  if (variable->type == CC_VARIABLE_AGE)
    {
      add_target (targets, pack, unit, variable, CC_TARGET_AGE_MIN, NULL);
      add_target (targets, pack, unit, variable, CC_TARGET_AGE_MAX, NULL);
      return;
    }
  if (variable->type == CC_VARIABLE_DATE && !g_str_equal (variable->unit, "justice_step")
      && !g_str_equal (variable->unit, "place"))
    {
      add_target (targets, pack, unit, variable, CC_TARGET_DAY, NULL);
      add_target (targets, pack, unit, variable, CC_TARGET_MONTH, NULL);
      add_target (targets, pack, unit, variable, CC_TARGET_YEAR, NULL);
      return;
    }
  if (g_str_equal (variable->unit, "justice_step") || g_str_equal (variable->unit, "place"))
    {
      const CcVariable *stage = find_stage (pack, variable->unit);

      if (!stage || stage == variable)
        return;
      part = g_str_equal (variable->unit, "place") ? CC_TARGET_PLACE : CC_TARGET_STEP;
      list = stage->list;
    }
  codes = *list ? cc_pack_get_list_codes (pack, list) : NULL;
  for (guint i = 0; codes && codes->len <= MAX_PARTS && i < codes->len; i++)
    {
      const CcCode *code = codes->pdata[i];

      if (cc_no_value_from_code (code->code) == CC_NO_VALUE_NONE)
        add_target (targets, pack, unit, variable, part, code);
    }
}

/**
 * cc_target_list:
 * @unit: unit of the table: victim, perpetrator or event
 * @parts: whether columns that stand for one code, one stage or one end of an age are wanted as
 * well
 *
 * Returns: (transfer full) (element-type CcTarget): by unit, most fitting first, then as in the
 * pack
 */
GPtrArray *
cc_target_list (CcPack *pack, const char *unit, gboolean parts)
{
  GPtrArray         *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_target_free);
  const char *const *family;

  g_return_val_if_fail (pack != NULL && unit != NULL, targets);

  family = cc_unit_family (unit);
  for (guint u = 0; family[u]; u++)
    for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
      {
        const CcVariable *variable = cc_pack_get_variable (pack, i);

        if (!g_str_equal (variable->unit, family[u]) || variable->storage == CC_STORAGE_DERIVED
            || variable->storage == CC_STORAGE_PARENT || variable->storage == CC_STORAGE_META)
          continue;
        add_target (targets, pack, unit, variable, CC_TARGET_VALUE, NULL);
        if (parts)
          add_parts (targets, pack, unit, variable);
      }
  return targets;
}
