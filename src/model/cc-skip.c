/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-skip.h>

#include "cc-pack-private.h"

static void
free_skip (gpointer data)
{
  CcSkip *skip = data;

  g_ptr_array_unref (skip->codes);
  g_free (skip);
}

static gboolean
add_codes (CcPack *self, CcCsvTable *table, guint row, CcSkip *skip, GError **error)
{
  const char *text = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "codes"));
  g_auto (GStrv) names = g_strsplit (text, ";", -1);

  for (guint i = 0; names[i]; i++)
    {
      const CcCode *code = cc_pack_find_code (self, skip->when->list, names[i]);

      if (!code)
        return cc_pack_fail (table, row, error, "“%s” is no code of the list “%s”.", names[i],
                             skip->when->list);
      g_ptr_array_add (skip->codes, (gpointer) code);
    }
  if (skip->codes->len == 0)
    return cc_pack_fail (table, row, error, "no code is named under which “%s” applies.",
                         skip->variable->id);
  return TRUE;
}

static gboolean
is_stored (const CcVariable *variable)
{
  return variable->storage == CC_STORAGE_COLUMN || variable->storage == CC_STORAGE_ANSWER
         || variable->storage == CC_STORAGE_IDENTIFIER;
}

static gboolean
add_skip (CcPack *self, CcCsvTable *table, guint row, GError **error)
{
  const char *id = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "variable"));
  const char *when_id = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "when"));
  const CcVariable *variable = cc_pack_find_variable (self, id);
  const CcVariable *when = cc_pack_find_variable (self, when_id);
  CcSkip           *skip;

  if (!variable || !when)
    return cc_pack_fail (table, row, error, "“%s” is no variable.", variable ? when_id : id);
  if (!g_str_equal (variable->unit, when->unit))
    return cc_pack_fail (table, row, error, "“%s” and “%s” belong to different units.", id,
                         when_id);
  if (!is_stored (variable) || !is_stored (when))
    return cc_pack_fail (table, row, error, "“%s” is never asked.",
                         is_stored (variable) ? when_id : id);
  if (when->type != CC_VARIABLE_CODE && when->type != CC_VARIABLE_MULTI
      && when->type != CC_VARIABLE_FLAG)
    return cc_pack_fail (table, row, error, "“%s” takes no codes, so nothing can depend on it.",
                         when_id);
  skip = g_new0 (CcSkip, 1);
  skip->variable = variable;
  skip->when = when;
  skip->codes = g_ptr_array_new ();
  if (!self->skips->pdata[variable->index])
    self->skips->pdata[variable->index] = g_ptr_array_new_with_free_func (free_skip);
  g_ptr_array_add (self->skips->pdata[variable->index], skip);
  return add_codes (self, table, row, skip, error);
}

/* Follows what a variable depends on; more steps than variables are a circle. */
static gboolean
is_circular (CcPack *self, const CcVariable *variable, guint depth)
{
  GPtrArray *skips = self->skips->pdata[variable->index];

  if (depth > self->variables->len)
    return TRUE;
  for (guint i = 0; skips && i < skips->len; i++)
    if (is_circular (self, ((CcSkip *) skips->pdata[i])->when, depth + 1))
      return TRUE;
  return FALSE;
}

static void
free_skips (gpointer data)
{
  if (data)
    g_ptr_array_unref (data);
}

/* Loads skips.csv; variables and codes are there already. */
gboolean
cc_pack_load_skips (CcPack *self, GError **error)
{
  const char *const columns[] = { "variable", "when", "codes", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "skips.csv", columns, error);

  if (!table)
    return FALSE;
  self->skips = g_ptr_array_new_with_free_func (free_skips);
  g_ptr_array_set_size (self->skips, (int) self->variables->len);
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_skip (self, table, row, error))
      return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *id = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "variable"));

      if (is_circular (self, cc_pack_find_variable (self, id), 0))
        return cc_pack_fail (table, row, error, "“%s” depends on itself, through other lines.", id);
    }
  return TRUE;
}

/**
 * cc_pack_get_skips:
 *
 * Returns: (transfer none) (nullable) (element-type CcSkip): the conditions of a variable
 */
GPtrArray *
cc_pack_get_skips (CcPack *self, const CcVariable *variable)
{
  g_return_val_if_fail (self != NULL && variable != NULL, NULL);

  return self->skips->pdata[variable->index];
}

/**
 * cc_pack_governs:
 *
 * Returns: whether some other variable depends on this one
 */
gboolean
cc_pack_governs (CcPack *self, const CcVariable *variable)
{
  g_return_val_if_fail (self != NULL && variable != NULL, FALSE);

  for (guint i = 0; i < self->skips->len; i++)
    {
      GPtrArray *skips = self->skips->pdata[i];

      for (guint j = 0; skips && j < skips->len; j++)
        if (((CcSkip *) skips->pdata[j])->when == variable)
          return TRUE;
    }
  return FALSE;
}

/* The code or one above it is listed. */
static gboolean
is_listed (CcPack *pack, const CcSkip *skip, const CcCode *code)
{
  while (code)
    {
      if (g_ptr_array_find (skip->codes, code, NULL))
        return TRUE;
      code = *code->parent ? cc_pack_find_code (pack, code->list, code->parent) : NULL;
    }
  return FALSE;
}

/* Only an answer that says something else sets aside; rule G4: what is not ticked is "no" only in a
 * complete list. */
static gboolean
holds (CcPack *pack, const CcSkip *skip, CcRecord *record)
{
  CcValue *value;

  if (cc_skip_find_reason (pack, record, skip->when))
    return FALSE;
  value = cc_record_find (record, skip->when->id);
  if (!value)
    return TRUE;
  if (value->no_value != CC_NO_VALUE_NONE)
    return value->no_value != CC_NO_VALUE_NOT_APPLICABLE;
  if (skip->when->type != CC_VARIABLE_MULTI)
    return !value->code || is_listed (pack, skip, value->code);
  for (guint i = 0; i < value->codes->len; i++)
    if (is_listed (pack, skip, value->codes->pdata[i]))
      return TRUE;
  return value->complete != 1;
}

/**
 * cc_skip_find_reason:
 * @record: the answers as they stand, those set aside included
 *
 * Returns: (transfer none) (nullable): the condition that does not hold, %NULL where @variable
 *   applies
 */
const CcSkip *
cc_skip_find_reason (CcPack *pack, CcRecord *record, const CcVariable *variable)
{
  GPtrArray *skips;

  g_return_val_if_fail (pack != NULL && record != NULL && variable != NULL, NULL);

  skips = cc_pack_get_skips (pack, variable);
  for (guint i = 0; skips && i < skips->len; i++)
    if (!holds (pack, skips->pdata[i], record))
      return skips->pdata[i];
  return NULL;
}

/**
 * cc_skip_applies:
 *
 * Returns: whether the question is to be asked, given the other answers of @record
 */
gboolean
cc_skip_applies (CcPack *pack, CcRecord *record, const CcVariable *variable)
{
  return cc_skip_find_reason (pack, record, variable) == NULL;
}

/**
 * cc_skip_list_set_aside:
 *
 * Returns: (transfer container) (element-type CcValue): the values that do not count
 */
GPtrArray *
cc_skip_list_set_aside (CcPack *pack, CcRecord *record)
{
  GPtrArray *values = g_ptr_array_new ();

  g_return_val_if_fail (pack != NULL && record != NULL, values);

  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *value = record->values->pdata[i];

      if (!cc_skip_applies (pack, record, value->variable))
        g_ptr_array_add (values, value);
    }
  return values;
}

/**
 * cc_skip_strip:
 *
 * Returns: (transfer full): a copy of @record without the values that do not count
 */
CcRecord *
cc_skip_strip (CcPack *pack, CcRecord *record)
{
  g_autoptr (GPtrArray) aside = cc_skip_list_set_aside (pack, record);
  CcRecord *copy = cc_record_copy (record);

  for (guint i = record->values->len; i > 0; i--)
    if (g_ptr_array_find (aside, record->values->pdata[i - 1], NULL))
      g_ptr_array_remove_index (copy->values, i - 1);
  return copy;
}
