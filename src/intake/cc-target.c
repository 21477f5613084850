/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"

static const struct
{
  const char  *name;
  CcTargetPart part;
} date_parts[] = {
  { "day", CC_TARGET_DAY },
  { "month", CC_TARGET_MONTH },
  { "year", CC_TARGET_YEAR },
};

static CcTarget *
make_target (CcPack *pack, const CcVariable *variable, CcTargetPart part, const CcCode *code)
{
  CcTarget *self = g_new0 (CcTarget, 1);

  self->unit = cc_pack_find_unit (pack, variable->unit);
  self->variable = variable;
  self->part = part;
  self->code = code;
  return self;
}

/**
 * cc_target_free:
 */
void
cc_target_free (CcTarget *self)
{
  g_free (self);
}

/* "sex", "victim.sex", "VI03": the variable of the table's unit, else of the units whose values
 * stand in such a table. */
static const CcVariable *
find_variable (CcPack *pack, const char *unit, const char *text)
{
  const char *const *family = cc_unit_family (unit);
  const char        *dot = strchr (text, '.');
  const CcVariable  *variable = NULL;

  if (dot)
    {
      g_autofree char *named = g_strndup (text, dot - text);

      return cc_pack_find_unit_variable (pack, named, dot + 1);
    }
  for (guint i = 0; family[i] && !variable; i++)
    {
      variable = cc_pack_find_unit_variable (pack, family[i], text);
      /* event.form is derived from the victims' forms: a column feeds what it is derived from. */
      if (variable && variable->storage == CC_STORAGE_DERIVED && !g_str_equal (text, "age_group")
          && family[i + 1])
        variable = NULL;
    }
  return variable ? variable : cc_pack_find_variable (pack, text);
}

/* Groups of ages are not stored by themselves: they feed the age. */
static const CcVariable *
stored_variable (CcPack *pack, const CcVariable *variable)
{
  if (variable->storage != CC_STORAGE_DERIVED)
    return variable;
  if (g_str_has_prefix (variable->name, "age_group"))
    return cc_pack_find_unit_variable (pack, variable->unit, "age");
  if (g_str_equal (variable->unit, "victim") && g_str_equal (variable->name, "status"))
    return cc_pack_find_unit_variable (pack, "status_decision", "status");
  if (g_str_equal (variable->unit, "event"))
    return cc_pack_find_unit_variable (pack, "victim_event", variable->name);
  return variable;
}

static const CcCode *
find_stage (CcPack *pack, const CcVariable *variable, const char *code)
{
  g_autofree char  *name = g_strdup_printf ("%s_stage", variable->unit);
  const CcVariable *stage = cc_pack_find_unit_variable (pack, variable->unit, "stage");

  if (!stage)
    stage = cc_pack_find_unit_variable (pack, variable->unit, name);
  return stage ? cc_pack_find_code (pack, stage->list, code) : NULL;
}

static CcTargetPart
part_of (const CcVariable *variable)
{
  if (g_str_equal (variable->unit, "justice_step"))
    return CC_TARGET_STEP;
  if (g_str_equal (variable->unit, "place"))
    return CC_TARGET_PLACE;
  return CC_TARGET_TICK;
}

static CcTarget *
parse_qualified (CcPack *pack, const char *unit, const char *name, const char *qualifier)
{
  const CcVariable *variable = find_variable (pack, unit, name);
  const CcCode     *code;

  if (!variable || !(variable = stored_variable (pack, variable)))
    return NULL;
  if (variable->type == CC_VARIABLE_AGE && g_ascii_strcasecmp (qualifier, "min") == 0)
    return make_target (pack, variable, CC_TARGET_AGE_MIN, NULL);
  if (variable->type == CC_VARIABLE_AGE && g_ascii_strcasecmp (qualifier, "max") == 0)
    return make_target (pack, variable, CC_TARGET_AGE_MAX, NULL);
  for (guint i = 0; variable->type == CC_VARIABLE_DATE && i < G_N_ELEMENTS (date_parts); i++)
    if (g_ascii_strcasecmp (qualifier, date_parts[i].name) == 0)
      return make_target (pack, variable, date_parts[i].part, NULL);
  code = *variable->list ? cc_pack_find_code (pack, variable->list, qualifier) : NULL;
  if (code && part_of (variable) == CC_TARGET_TICK)
    return make_target (pack, variable, CC_TARGET_TICK, code);
  code = find_stage (pack, variable, qualifier);
  return code ? make_target (pack, variable, part_of (variable), code) : NULL;
}

/* Machine names of the line-list template and anything else the pack knows as a header. */
static CcTarget *
parse_header (CcPack *pack, const char *unit, const char *text)
{
  GPtrArray             *meanings = cc_pack_match_header (pack, text);
  const CcHeaderMeaning *best = NULL;
  const CcVariable      *variable;

  for (guint i = 0; meanings && i < meanings->len; i++)
    {
      const CcHeaderMeaning *meaning = meanings->pdata[i];
      int                    rank = cc_unit_family_rank (unit, meaning->unit);

      if (rank >= 0 && (!best || rank < cc_unit_family_rank (unit, best->unit)))
        best = meaning;
    }
  if (!best || !(variable = stored_variable (pack, best->variable)))
    return NULL;
  return make_target (pack, variable, best->code ? part_of (variable) : CC_TARGET_VALUE,
                      best->code);
}

/**
 * cc_target_parse:
 * @unit: unit of the table: victim, perpetrator or event
 * @text: "sex", "victim.sex", "VI03", "form:SEX", "step_on:CONTACT", "age:min",
 * "detected_on:year", or a machine name
 * of the line-list template ("contact_on", "form1")
 *
 * Returns: (transfer full) (nullable): the target, or %NULL where nothing fits
 */
CcTarget *
cc_target_parse (CcPack *pack, const char *unit, const char *text)
{
  const CcVariable *variable;
  const char       *colon;

  g_return_val_if_fail (pack != NULL && unit != NULL && text != NULL, NULL);

  colon = strchr (text, ':');
  if (colon)
    {
      g_autofree char *name = g_strndup (text, colon - text);

      return parse_qualified (pack, unit, name, colon + 1);
    }
  if (g_str_equal (text, "age_min") || g_str_equal (text, "age_max"))
    return parse_qualified (pack, unit, "age", text + strlen ("age_"));
  variable = find_variable (pack, unit, text);
  if (variable)
    variable = stored_variable (pack, variable);
  if (variable && variable->storage != CC_STORAGE_DERIVED && variable->storage != CC_STORAGE_META
      && variable->storage != CC_STORAGE_PARENT)
    return make_target (pack, variable, CC_TARGET_VALUE, NULL);
  return parse_header (pack, unit, text);
}

/**
 * cc_target_to_text:
 *
 * Returns: (transfer full): the text from which cc_target_parse() makes the same target for a table
 * of @unit
 */
char *
cc_target_to_text (CcPack *pack, const char *unit, const CcTarget *target)
{
  g_autofree char  *plain = NULL;
  const CcVariable *found;

  g_return_val_if_fail (pack != NULL && unit != NULL && target != NULL, NULL);

  found = find_variable (pack, unit, target->variable->name);
  if (found)
    found = stored_variable (pack, found);
  plain = found == target->variable
              ? g_strdup (target->variable->name)
              : g_strdup_printf ("%s.%s", target->variable->unit, target->variable->name);
  switch (target->part)
    {
    case CC_TARGET_AGE_MIN:
      return g_strconcat (plain, ":min", NULL);
    case CC_TARGET_AGE_MAX:
      return g_strconcat (plain, ":max", NULL);
    case CC_TARGET_DAY:
    case CC_TARGET_MONTH:
    case CC_TARGET_YEAR:
      return g_strconcat (plain, ":", date_parts[target->part - CC_TARGET_DAY].name, NULL);
    case CC_TARGET_TICK:
    case CC_TARGET_STEP:
    case CC_TARGET_PLACE:
      return g_strconcat (plain, ":", target->code->code, NULL);
    case CC_TARGET_VALUE:
    default:
      return g_steal_pointer (&plain);
    }
}
