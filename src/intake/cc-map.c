/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include <cc/base/cc-text.h>

#include <string.h>

#include "cc-map-private.h"

static void
free_map_column (gpointer data)
{
  CcMapColumn *self = data;

  g_free (self->header);
  g_free (self->folded);
  g_free (self->targets);
  g_free (self->reason);
  g_free (self->language);
  g_free (self);
}

static void
free_map_table (gpointer data)
{
  CcMapTable *self = data;

  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->columns);
  g_free (self->name);
  g_free (self->sheet);
  g_free (self->unit);
  g_free (self->period);
  g_free (self->also);
  g_free (self->aggregate);
  g_free (self);
}

static void
free_map_values (gpointer data)
{
  CcMapValues *self = data;

  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->codes);
  g_free (self->variable);
  g_free (self);
}

static void
free_map_pair (gpointer data)
{
  CcMapPair *self = data;

  g_free (self->key);
  g_free (self->value);
  g_free (self);
}

/**
 * cc_map_new:
 *
 * Returns: (transfer full): a map that decides nothing
 */
CcMap *
cc_map_new (void)
{
  CcMap *self = g_new0 (CcMap, 1);

  self->name = g_strdup ("map");
  self->tables = g_ptr_array_new_with_free_func (free_map_table);
  self->values = g_ptr_array_new_with_free_func (free_map_values);
  self->dates = g_ptr_array_new_with_free_func (free_map_pair);
  self->blanks = g_ptr_array_new_with_free_func (free_map_pair);
  self->joins = g_ptr_array_new_with_free_func (free_map_pair);
  self->constants = g_ptr_array_new_with_free_func (free_map_pair);
  self->numbers = g_ptr_array_new_with_free_func (free_map_pair);
  return self;
}

/**
 * cc_map_free:
 */
void
cc_map_free (CcMap *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->dates);
  g_ptr_array_unref (self->blanks);
  g_ptr_array_unref (self->joins);
  g_ptr_array_unref (self->constants);
  g_ptr_array_unref (self->numbers);
  g_free (self->name);
  g_free (self);
}

/**
 * cc_map_is_complete:
 *
 * Returns: whether the map was saved by an import and so knows every column of the file it was
 * made for
 */
gboolean
cc_map_is_complete (CcMap *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->complete;
}

CcMapTable *
cc_map_find_table (CcMap *self, const char *name)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      CcMapTable *table = self->tables->pdata[i];

      if (g_str_equal (table->name, name))
        return table;
    }
  return NULL;
}

CcMapTable *
cc_map_add_table (CcMap *self, const char *name)
{
  CcMapTable *table = cc_map_find_table (self, name);

  if (table)
    return table;
  table = g_new0 (CcMapTable, 1);
  table->name = g_strdup (name);
  table->columns = g_ptr_array_new_with_free_func (free_map_column);
  table->index = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (self->tables, table);
  return table;
}

CcMapColumn *
cc_map_table_find_column (const CcMapTable *table, const char *header)
{
  g_autofree char *folded = cc_text_fold (header);

  return g_hash_table_lookup (table->index, folded);
}

CcMapColumn *
cc_map_table_set_column (CcMapTable *table, const char *header, const char *targets)
{
  CcMapColumn *column = cc_map_table_find_column (table, header);

  if (!column)
    {
      column = g_new0 (CcMapColumn, 1);
      column->header = g_strdup (header);
      column->folded = cc_text_fold (header);
      g_ptr_array_add (table->columns, column);
      g_hash_table_insert (table->index, column->folded, column);
    }
  g_free (column->targets);
  column->targets = g_strdup (targets);
  g_clear_pointer (&column->reason, g_free);
  g_clear_pointer (&column->language, g_free);
  column->score = 1;
  return column;
}

CcMapValues *
cc_map_find_values (CcMap *self, const char *variable)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      CcMapValues *values = self->values->pdata[i];

      if (g_str_equal (values->variable, variable))
        return values;
    }
  return NULL;
}

CcMapValues *
cc_map_add_values (CcMap *self, const char *variable)
{
  CcMapValues *values = cc_map_find_values (self, variable);

  if (values)
    return values;
  values = g_new0 (CcMapValues, 1);
  values->variable = g_strdup (variable);
  values->texts = g_ptr_array_new_with_free_func (g_free);
  values->codes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->values, values);
  return values;
}

/* Words compare folded; signs that folding drops compare as they stand. */
gboolean
cc_map_is_same_text (const char *a, const char *b)
{
  g_autofree char *folded = cc_text_fold_keep (a, "<>+");

  if (folded[0] == '\0')
    {
      g_autofree char *x = cc_text_collapse (a);
      g_autofree char *y = cc_text_collapse (b);

      return g_str_equal (x, y);
    }
  else
    {
      g_autofree char *other = cc_text_fold_keep (b, "<>+");

      return g_str_equal (folded, other);
    }
}

const char *
cc_map_values_get (const CcMapValues *values, const char *text)
{
  for (guint i = 0; i < values->texts->len; i++)
    if (cc_map_is_same_text (values->texts->pdata[i], text))
      return values->codes->pdata[i];
  return NULL;
}

void
cc_map_values_set (CcMapValues *values, const char *text, const char *codes)
{
  for (guint i = 0; i < values->texts->len; i++)
    if (cc_map_is_same_text (values->texts->pdata[i], text))
      {
        g_free (values->codes->pdata[i]);
        values->codes->pdata[i] = g_strdup (codes);
        return;
      }
  g_ptr_array_add (values->texts, g_strdup (text));
  g_ptr_array_add (values->codes, g_strdup (codes));
}

void
cc_map_values_unset (CcMapValues *values, const char *text)
{
  for (guint i = values->texts->len; i > 0; i--)
    if (cc_map_is_same_text (values->texts->pdata[i - 1], text))
      {
        g_ptr_array_remove_index (values->texts, i - 1);
        g_ptr_array_remove_index (values->codes, i - 1);
      }
}

void
cc_map_set_pair (GPtrArray *pairs, const char *key, const char *value, guint line)
{
  CcMapPair *pair = NULL;

  for (guint i = 0; i < pairs->len && !pair; i++)
    if (cc_text_equal (((CcMapPair *) pairs->pdata[i])->key, key))
      pair = pairs->pdata[i];
  if (!pair)
    {
      pair = g_new0 (CcMapPair, 1);
      pair->key = g_strdup (key);
      g_ptr_array_add (pairs, pair);
    }
  g_free (pair->value);
  pair->value = g_strdup (value);
  pair->line = line;
}

const char *
cc_map_get_pair (GPtrArray *pairs, const char *key)
{
  for (guint i = 0; i < pairs->len; i++)
    if (cc_text_equal (((CcMapPair *) pairs->pdata[i])->key, key))
      return ((CcMapPair *) pairs->pdata[i])->value;
  return NULL;
}

gboolean
cc_map_table_takes_sheet (const CcMapTable *table, const char *sheet)
{
  gsize length;

  if (!table->sheet || g_str_equal (table->sheet, "*"))
    return TRUE;
  length = strlen (table->sheet);
  if (length > 2 && table->sheet[0] == '/' && table->sheet[length - 1] == '/')
    {
      g_autofree char *pattern = g_strndup (table->sheet + 1, length - 2);
      g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);

      return regex && g_regex_match (regex, sheet, 0, NULL);
    }
  return cc_text_equal (table->sheet, sheet);
}

/* Row numbers of a map count from 1, as people and Excel do. */
static int
get_row (CcMap *self, const char *sheet, gsize offset)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      CcMapTable *table = self->tables->pdata[i];
      int         row = G_STRUCT_MEMBER (int, table, offset);

      if (row > 0 && cc_map_table_takes_sheet (table, sheet))
        return row - 1;
    }
  return -1;
}

int
cc_map_get_header_row (CcMap *self, const char *sheet)
{
  return get_row (self, sheet, G_STRUCT_OFFSET (CcMapTable, header_row));
}

int
cc_map_get_last_row (CcMap *self, const char *sheet)
{
  return get_row (self, sheet, G_STRUCT_OFFSET (CcMapTable, last_row));
}

/* Share of the file's headers that the map's table knows. */
static double
measure_overlap (const CcMapTable *table, const CcInspectTable *found)
{
  guint n_known = 0;

  for (guint i = 0; i < found->columns->len; i++)
    n_known +=
        cc_map_table_find_column (table, ((CcInspectColumn *) found->columns->pdata[i])->header)
        != NULL;
  return found->columns->len > 0 ? (double) n_known / found->columns->len : 0;
}

/* The map's table for a table of the file: by its sheet, and where several fit or none does (the
 * sheets are called after months), by its headers. */
CcMapTable *
cc_map_match_table (CcMap *self, const CcInspectTable *found)
{
  CcMapTable *best = NULL;
  double      best_value = -1;

  for (guint i = 0; i < self->tables->len; i++)
    {
      CcMapTable *table = self->tables->pdata[i];
      double      value = measure_overlap (table, found);

      if (cc_map_table_takes_sheet (table, found->sheet_name))
        value += table->sheet && !g_str_equal (table->sheet, "*") ? 2 : 1;
      else if (!self->complete || value < 0.5)
        continue;
      if (table->header_row > 0
          && ((guint) table->header_row - 1 < found->header_first
              || (guint) table->header_row - 1 > found->header_last))
        value -= 1.5;
      if (value > best_value)
        {
          best = table;
          best_value = value;
        }
    }
  return best;
}

/* A table of the inspection, by its name; made where the map has none yet. */
static CcMapTable *
ensure_table (CcMap *self, const char *name)
{
  return cc_map_add_table (self, name);
}

/**
 * cc_map_get_unit:
 *
 * Returns: the unit of a table, "" where it is not decided, "-" where the table is left out
 */
const char *
cc_map_get_unit (CcMap *self, const char *table)
{
  CcMapTable *found;

  g_return_val_if_fail (self != NULL && table != NULL, "");

  found = cc_map_find_table (self, table);
  return found && found->unit ? found->unit : "";
}

/**
 * cc_map_set_unit:
 */
void
cc_map_set_unit (CcMap *self, const char *table, const char *unit)
{
  CcMapTable *found;

  g_return_if_fail (self != NULL && table != NULL && unit != NULL);

  found = ensure_table (self, table);
  g_free (found->unit);
  found->unit = g_strdup (unit);
}

/**
 * cc_map_is_skipped:
 *
 * Returns: whether somebody decided that the table is no part of the delivery
 */
gboolean
cc_map_is_skipped (CcMap *self, const char *table)
{
  return g_str_equal (cc_map_get_unit (self, table), "-");
}

/**
 * cc_map_get_period:
 *
 * Returns: the period a table covers, unknown where the map states none
 */
CcInterval
cc_map_get_period (CcMap *self, CcPack *pack, const char *table)
{
  CcMapTable *found;
  CcInterval  period = CC_INTERVAL_UNKNOWN;

  g_return_val_if_fail (self != NULL && pack != NULL && table != NULL, period);

  found = cc_map_find_table (self, table);
  if (found && found->period)
    cc_period_from_text (pack, found->period, &period);
  return period;
}

/**
 * cc_map_set_period:
 */
void
cc_map_set_period (CcMap *self, const char *table, const char *period)
{
  CcMapTable *found;

  g_return_if_fail (self != NULL && table != NULL && period != NULL);

  found = ensure_table (self, table);
  g_free (found->period);
  found->period = g_strdup (period);
}

/**
 * cc_map_set_column:
 * @targets: "birth_date, age"; "-" to keep the column as raw text only
 */
void
cc_map_set_column (CcMap *self, const char *table, const char *header, const char *targets)
{
  g_return_if_fail (self != NULL && table != NULL && header != NULL && targets != NULL);

  cc_map_table_set_column (ensure_table (self, table), header, targets);
}

/**
 * cc_map_get_value:
 *
 * Returns: (nullable): the codes somebody decided for a text of a variable, %NULL for none
 */
const char *
cc_map_get_value (CcMap *self, const CcVariable *variable, const char *text)
{
  g_autofree char *full = NULL;
  const char      *names[3];

  g_return_val_if_fail (self != NULL && variable != NULL && text != NULL, NULL);

  full = g_strdup_printf ("%s.%s", variable->unit, variable->name);
  names[0] = full;
  names[1] = variable->name;
  names[2] = variable->id;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CcMapValues *values = cc_map_find_values (self, names[i]);
      const char  *codes = values ? cc_map_values_get (values, text) : NULL;

      if (codes)
        return codes;
    }
  return NULL;
}

/**
 * cc_map_set_value:
 * @codes: one code or several joined by semicolons
 */
void
cc_map_set_value (CcMap *self, const CcVariable *variable, const char *text, const char *codes)
{
  g_autofree char *full = NULL;

  g_return_if_fail (self != NULL && variable != NULL && text != NULL && codes != NULL);

  full = g_strdup_printf ("%s.%s", variable->unit, variable->name);
  cc_map_values_set (cc_map_add_values (self, full), text, codes);
}

/**
 * cc_map_get_blank:
 *
 * Returns: (nullable): the special code that a blank cell of the variable means, %NULL for none
 */
const char *
cc_map_get_blank (CcMap *self, const CcVariable *variable)
{
  g_autofree char *full = NULL;
  const char      *code;

  g_return_val_if_fail (self != NULL && variable != NULL, NULL);

  full = g_strdup_printf ("%s.%s", variable->unit, variable->name);
  code = cc_map_get_pair (self->blanks, full);
  return code ? code : cc_map_get_pair (self->blanks, variable->name);
}

/**
 * cc_map_set_blank:
 * @code: _U, _X, _R, _Z or a code of the variable's list
 */
void
cc_map_set_blank (CcMap *self, const CcVariable *variable, const char *code)
{
  g_autofree char *full = NULL;

  g_return_if_fail (self != NULL && variable != NULL && code != NULL);

  full = g_strdup_printf ("%s.%s", variable->unit, variable->name);
  cc_map_set_pair (self->blanks, full, code, 0);
}

/**
 * cc_map_states_also:
 *
 * Returns: whether each row of the table also states one of @unit
 */
gboolean
cc_map_states_also (CcMap *self, const char *table, const char *unit)
{
  CcMapTable *found;

  g_return_val_if_fail (self != NULL && table != NULL && unit != NULL, FALSE);

  found = cc_map_find_table (self, table);
  return found && found->also && g_str_equal (found->also, unit);
}
