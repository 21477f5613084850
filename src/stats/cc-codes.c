/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-program-private.h"

#include "cc-nearest-private.h"

/* The scheme that gives a field its handles; "code" where each code is its own handle. */
const char *
cc_field_get_scheme (const CcField *field, const char *rollup)
{
  if (g_str_equal (field->contract->handles, "@"))
    return rollup;
  return *field->contract->handles ? field->contract->handles : "code";
}

/* The place of a code in the field's list, -1 where it has none. */
int
cc_field_find_place (const CcField *field, const char *code)
{
  for (guint i = 0; code && field->codes && i < field->codes->len; i++)
    if (g_str_equal (((const CcCode *) field->codes->pdata[i])->code, code))
      return (int) i;
  return -1;
}

static gboolean
has_target (GPtrArray *targets, const char *target)
{
  for (guint i = 0; targets && i < targets->len; i++)
    if (g_str_equal (targets->pdata[i], target))
      return TRUE;
  return FALSE;
}

/* The target of a code. A list that has a target called "none" ("no return") means by it a fact,
 * not that there is no target. */
static const char *
roll_up (CcPack *pack, const char *scheme, const CcCode *code, gboolean none_is_target)
{
  const char *target = cc_pack_roll_up (pack, scheme, code->list, code->code);

  return !target && none_is_target ? "none" : target;
}

static gboolean
is_below (const CcField *field, const CcCode *code, const char *ancestor)
{
  for (guint depth = 0; depth < 16; depth++)
    {
      int place;

      if (g_str_equal (code->code, ancestor))
        return TRUE;
      place = cc_field_find_place (field, code->parent);
      if (place < 0)
        return FALSE;
      code = field->codes->pdata[place];
    }
  return FALSE;
}

/* "sex = U" and "age-class = unknown" are ways to write "is unknown". */
static gboolean
means_unknown (const char *value)
{
  return g_str_equal (value, "U") || g_str_equal (value, "unknown");
}

/**
 * cc_codes_resolve:
 * @value: a handle, a code of the list, or a group of countries
 * @under: whether a code also stands for the codes below it; handles always do
 * @places: one byte per place of the list, set to 1 where the value holds
 * @unknown: set where the value is a word for "not known"
 *
 * Returns: FALSE where the value means nothing for that field
 */
gboolean
cc_codes_resolve (CcFields      *fields,
                  const CcField *field,
                  const char    *scheme,
                  const char    *value,
                  gboolean       under,
                  guint8        *places,
                  gboolean      *unknown)
{
  GPtrArray *targets = cc_pack_get_targets (fields->pack, scheme, field->contract->list);
  gboolean   is_target = has_target (targets, value);
  gboolean   none_is_target = has_target (targets, "none");
  gboolean   is_code = !is_target && cc_field_find_place (field, value) >= 0;
  gboolean   found = is_target || is_code;

  for (guint i = 0; i < field->codes->len; i++)
    {
      const CcCode *code = field->codes->pdata[i];

      if (is_target)
        {
          if (g_strcmp0 (roll_up (fields->pack, scheme, code, none_is_target), value) == 0)
            places[i] = 1;
        }
      else if (is_code)
        {
          if (under ? is_below (field, code, value) : g_str_equal (code->code, value))
            places[i] = 1;
        }
      else if (field->country && cc_pack_country_in_group (fields->pack, code->code, value))
        {
          places[i] = 1;
          found = TRUE;
        }
    }
  if (!found && means_unknown (value))
    {
      *unknown = TRUE;
      return TRUE;
    }
  return found;
}

/* The handle or code that is spelled most like a value that means nothing, or NULL. */
const char *
cc_codes_nearest (CcFields *fields, const CcField *field, const char *scheme, const char *value)
{
  GPtrArray *targets = cc_pack_get_targets (fields->pack, scheme, field->contract->list);
  CcNearest  nearest;

  cc_nearest_init (&nearest, value);
  for (guint i = 0; targets && i < targets->len; i++)
    cc_nearest_try (&nearest, targets->pdata[i]);
  for (guint i = 0; i < field->codes->len; i++)
    cc_nearest_try (&nearest, ((const CcCode *) field->codes->pdata[i])->code);
  return nearest.best;
}

/* The one country that counts of several: the reporting country, else the first stated. */
guint16
cc_value_single (const CcFactValue *value, int own_place)
{
  for (guint i = 0; i < value->n; i++)
    if (own_place >= 0 && value->u.list[i] == own_place)
      return value->u.list[i];
  return value->u.list[0];
}

/* The value of a field in a scope: of the row that is being looked at, else of the whole. */
const CcFactValue *
cc_scope_get (const CcScope *scope, const CcField *field)
{
  if (field->group != CC_GROUP_NONE && scope->row[field->group])
    return &scope->row[field->group][field->slot];
  return &scope->fact->values[field->index];
}
