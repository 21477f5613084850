/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include <cc/base/cc-error.h>

#include "cc-header-private.h"
#include "cc-map-private.h"

/* The group [constants] of a map: what holds for every row of the sender's files and stands in no
 * column of them, as a country or a form ("citizenship=BEN", "form=SEX; LAB"). */

/* A constant that a person took back stays as a pair without a value, so that it does not come
 * again when the map is made anew from the profile. Pairs that a person made are of line 0. */

/**
 * cc_map_set_constant:
 * @variable: as in a map file: "citizenship", "victim_event.form"
 * @codes: (nullable): "BEN", "SEX; LAB", "_U"; %NULL takes it back
 */
void
cc_map_set_constant (CcMap *self, const char *variable, const char *codes)
{
  g_return_if_fail (self != NULL && variable != NULL);

  cc_map_set_pair (self->constants, variable, codes ? codes : "", 0);
}

/* Brings what a person said or took back in `from` over. */
void
cc_map_carry_constants (CcMap *self, CcMap *from)
{
  for (guint i = 0; i < from->constants->len; i++)
    {
      const CcMapPair *pair = from->constants->pdata[i];

      if (pair->line == 0)
        cc_map_set_pair (self->constants, pair->key, pair->value, 0);
    }
}

/* As they are, with who said them: the text of a map tells neither that nor what was taken back. */
void
cc_map_copy_constants (CcMap *from, CcMap *to)
{
  g_ptr_array_set_size (to->constants, 0);
  for (guint i = 0; i < from->constants->len; i++)
    {
      const CcMapPair *pair = from->constants->pdata[i];

      cc_map_set_pair (to->constants, pair->key, pair->value, pair->line);
    }
}

/* The value that a constant is; NULL where the codes are none of its list. */
static CcValue *
make_value (CcPack *pack, const CcVariable *variable, const char *codes)
{
  g_auto (GStrv) parts = g_strsplit_set (codes, ",;", -1);
  g_autoptr (CcValue) value = cc_value_new (variable);
  guint n = 0;

  if (!*variable->list)
    return NULL;
  for (guint i = 0; parts[i]; i++)
    {
      const CcCode *code;

      if (!*g_strstrip (parts[i]))
        continue;
      n++;
      value->no_value = cc_no_value_from_code (parts[i]);
      if (value->no_value != CC_NO_VALUE_NONE)
        continue;
      code = cc_pack_find_code (pack, variable->list, parts[i]);
      if (!code)
        return NULL;
      if (variable->type == CC_VARIABLE_MULTI)
        g_ptr_array_add (value->codes, (gpointer) code);
      else
        value->code = code;
    }
  /* One code for one answer, and nothing beside "not known". */
  if (n == 0
      || (n > 1
          && (variable->type != CC_VARIABLE_MULTI || value->no_value != CC_NO_VALUE_NONE
              || value->codes->len != n)))
    return NULL;
  return g_steal_pointer (&value);
}

void
cc_constant_free (CcConstant *self)
{
  if (!self)
    return;
  cc_target_free (self->target);
  cc_value_free (self->value);
  g_free (self->key);
  g_free (self);
}

/* NULL where the pair says nothing for rows of the unit. */
CcConstant *
cc_constant_make (CcPack *pack, const char *unit, const CcMapPair *pair)
{
  g_autoptr (CcTarget) target = cc_target_parse (pack, unit, pair->key);
  CcConstant *self;
  CcValue    *value;

  if (!target || target->part != CC_TARGET_VALUE
      || cc_unit_family_rank (unit, target->unit->name) < 0)
    return NULL;
  value = make_value (pack, target->variable, pair->value);
  if (!value)
    return NULL;
  self = g_new0 (CcConstant, 1);
  self->key = g_strdup (pair->key);
  self->target = g_steal_pointer (&target);
  self->value = value;
  return self;
}

/* Whether one of the columns says it. */
gboolean
cc_constant_is_stated (GPtrArray *plans, const CcTarget *target)
{
  for (guint i = 0; i < plans->len; i++)
    {
      const CcColumnPlan *plan = plans->pdata[i];

      for (guint j = 0; j < plan->targets->len; j++)
        if (((CcTarget *) plan->targets->pdata[j])->variable == target->variable)
          return TRUE;
    }
  return FALSE;
}

/**
 * cc_map_list_constants:
 * @unit: of the table's rows
 * @plans: (element-type CcColumnPlan): of the table; what a column states is left to it
 *
 * Returns: (transfer full) (element-type CcConstant): what each row of the table says besides its
 * cells
 */
GPtrArray *
cc_map_list_constants (CcMap *self, CcPack *pack, const char *unit, GPtrArray *plans)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_constant_free);

  g_return_val_if_fail (self && pack && unit && plans, list);

  for (guint i = 0; g_ascii_isalpha (unit[0]) && i < self->constants->len; i++)
    {
      CcConstant *constant = cc_constant_make (pack, unit, self->constants->pdata[i]);

      if (constant && !cc_constant_is_stated (plans, constant->target))
        g_ptr_array_add (list, constant);
      else if (constant)
        cc_constant_free (constant);
    }
  return list;
}

/* FALSE with an error where a constant is of no unit, or none of its list. */
gboolean
cc_map_check_constants (CcMap *self, CcPack *pack, GError **error)
{
  static const char *const units[] = { "victim", "perpetrator", "event" };

  for (guint i = 0; i < self->constants->len; i++)
    {
      const CcMapPair *pair = self->constants->pdata[i];
      CcConstant      *constant = NULL;

      if (pair->value[0] == '\0' && pair->line == 0)
        continue;
      for (guint j = 0; !constant && j < G_N_ELEMENTS (units); j++)
        constant = cc_constant_make (pack, units[j], pair);
      if (!constant)
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "%s, line %u: “%s” can be no constant “%s”; it takes the codes of a "
                       "variable "
                       "that has a list of codes.",
                       self->name, pair->line, pair->value, pair->key);
          return FALSE;
        }
      cc_constant_free (constant);
    }
  return TRUE;
}
