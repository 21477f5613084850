/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>
#include <cc/base/cc-text.h>

#include <string.h>

#include "cc-map-private.h"

static gboolean
fail (CcKeyFile *file, const char *group, const char *key, GError **error, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

static gboolean
fail (CcKeyFile *file, const char *group, const char *key, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA, "%s, line %u: %s",
               cc_key_file_get_name (file), cc_key_file_get_line (file, group, key), message);
  return FALSE;
}

static gboolean
load_row_number (CcKeyFile *file, const char *group, const char *key, int *number, GError **error)
{
  const char *value = cc_key_file_get (file, group, key);

  *number = cc_key_file_get_int (file, group, key, -1);
  if (*number < 1 || *number > 1048576)
    return fail (file, group, key, error, "“%s” is no row number; rows count from 1.", value);
  return TRUE;
}

static gboolean
load_table (CcMap *self, CcKeyFile *file, const char *group, const char *name, GError **error)
{
  CcMapTable *table = cc_map_add_table (self, name);
  guint       n_keys = cc_key_file_get_n_keys (file, group);

  table->line = cc_key_file_get_line (file, group, NULL);
  for (guint i = 0; i < n_keys; i++)
    {
      const char *key = cc_key_file_get_key (file, group, i);
      const char *value = cc_key_file_get (file, group, key);

      if (g_str_equal (key, "sheet"))
        table->sheet = g_strdup (value);
      else if (g_str_equal (key, "unit"))
        table->unit = g_strdup (value);
      else if (g_str_equal (key, "period"))
        table->period = g_strdup (value);
      else if (g_str_equal (key, "aggregate"))
        {
          if (!g_str_equal (value, "yes") && !g_str_equal (value, "no"))
            return fail (file, group, key, error, "say yes or no, not “%s”.", value);
          table->aggregate = g_strdup (value);
        }
      else if (g_str_equal (key, "header-row"))
        {
          if (!load_row_number (file, group, key, &table->header_row, error))
            return FALSE;
        }
      else if (g_str_equal (key, "last-row"))
        {
          if (!load_row_number (file, group, key, &table->last_row, error))
            return FALSE;
        }
      else
        return fail (file, group, key, error,
                     "a table has the keys sheet, unit, aggregate, header-row, last-row and "
                     "period, "
                     "not “%s”.",
                     key);
    }
  if (table->sheet && strlen (table->sheet) > 2 && table->sheet[0] == '/')
    {
      gsize            length = strlen (table->sheet);
      g_autofree char *pattern = g_strndup (table->sheet + 1, length - 2);
      g_autoptr (GError) problem = NULL;
      g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, &problem);

      if (table->sheet[length - 1] != '/' || !regex)
        return fail (file, group, "sheet", error, "the pattern %s cannot be used%s%s.",
                     table->sheet, problem ? ": " : "", problem ? problem->message : "");
    }
  return TRUE;
}

static void
load_columns (CcMap *self, CcKeyFile *file, const char *group, const char *name)
{
  CcMapTable *table = cc_map_add_table (self, name);

  for (guint i = 0; i < cc_key_file_get_n_keys (file, group); i++)
    {
      const char  *key = cc_key_file_get_key (file, group, i);
      CcMapColumn *column =
          cc_map_table_set_column (table, key, cc_key_file_get (file, group, key));

      column->line = cc_key_file_get_line (file, group, key);
    }
}

static gboolean
load_row_group (CcMap *self, CcKeyFile *file, const char *group, const char *name, GError **error)
{
  CcMapTable *table = cc_map_add_table (self, name);
  const char *columns = cc_key_file_get (file, group, "columns");

  table->also = g_strdup (cc_key_file_get (file, group, "also"));
  if (!table->also)
    return fail (file, group, NULL, error, "[%s] needs also=, the unit each row also states.",
                 group);
  if (columns)
    {
      /* Headers of the columns that tell of the other unit: Header=variable of that unit is
       * written in [columns]; the list here only names them. */
      g_auto (GStrv) headers = cc_key_file_get_list (file, group, "columns");

      for (guint i = 0; headers[i]; i++)
        {
          CcMapColumn *column = cc_map_table_find_column (table, headers[i]);

          if (!column)
            cc_map_table_set_column (table, headers[i], "")->line =
                cc_key_file_get_line (file, group, "columns");
        }
    }
  return TRUE;
}

static gboolean
load_dates (CcMap *self, CcKeyFile *file, GError **error)
{
  for (guint i = 0; i < cc_key_file_get_n_keys (file, "dates"); i++)
    {
      const char *key = cc_key_file_get_key (file, "dates", i);
      const char *value = cc_key_file_get (file, "dates", key);
      CcDateOrder order;
      CcCalendar  calendar;

      if (!cc_map_parse_date_form (value, &order, &calendar))
        return fail (file, "dates", key, error,
                     "“%s” is no order of dates; say DMY, MDY or YMD, and hijri or ethiopian for "
                     "another calendar.",
                     value);
      cc_map_set_pair (self->dates, key, value, cc_key_file_get_line (file, "dates", key));
    }
  return TRUE;
}

static void
load_pairs (CcKeyFile *file, const char *group, GPtrArray *pairs)
{
  for (guint i = 0; i < cc_key_file_get_n_keys (file, group); i++)
    {
      const char *key = cc_key_file_get_key (file, group, i);

      cc_map_set_pair (pairs, key, cc_key_file_get (file, group, key),
                       cc_key_file_get_line (file, group, key));
    }
}

static gboolean
load_numbers (CcMap *self, CcKeyFile *file, GError **error)
{
  for (guint i = 0; i < cc_key_file_get_n_keys (file, "numbers"); i++)
    {
      const char *key = cc_key_file_get_key (file, "numbers", i);
      const char *value = cc_key_file_get (file, "numbers", key);

      if (!cc_map_set_number_pair (self, key, value))
        return fail (file, "numbers", key, error,
                     "“%s” cannot be the meaning of a number; say a whole number, _U, _X, _R or "
                     "_Z, "
                     "and for point and comma thousands or decimals.",
                     value);
    }
  return TRUE;
}

static void
load_values (CcMap *self, CcKeyFile *file, const char *group, const char *name)
{
  CcMapValues *values = cc_map_add_values (self, name);

  values->line = cc_key_file_get_line (file, group, NULL);
  for (guint i = 0; i < cc_key_file_get_n_keys (file, group); i++)
    {
      const char *key = cc_key_file_get_key (file, group, i);

      cc_map_values_set (values, key, cc_key_file_get (file, group, key));
    }
}

static gboolean
load_group (CcMap *self, CcKeyFile *file, const char *group, GError **error)
{
  const char      *space = strchr (group, ' ');
  g_autofree char *kind = space ? g_strndup (group, space - group) : g_strdup (group);
  g_autofree char *name = g_strstrip (g_strdup (space ? space + 1 : ""));

  if (g_str_equal (kind, "table"))
    return load_table (self, file, group, name, error);
  if (g_str_equal (kind, "columns"))
    load_columns (self, file, group, name);
  else if (g_str_equal (kind, "values"))
    {
      if (name[0] == '\0')
        return fail (file, group, NULL, error, "[values] needs the name of a variable.");
      load_values (self, file, group, name);
    }
  else if (g_str_equal (kind, "row"))
    return load_row_group (self, file, group, name, error);
  else if (g_str_equal (group, "dates"))
    return load_dates (self, file, error);
  else if (g_str_equal (group, "blank"))
    load_pairs (file, group, self->blanks);
  else if (g_str_equal (group, "join"))
    load_pairs (file, group, self->joins);
  else if (g_str_equal (group, "constants"))
    load_pairs (file, group, self->constants);
  else if (g_str_equal (group, "numbers"))
    return load_numbers (self, file, error);
  else if (g_str_equal (group, "map"))
    self->complete = g_strcmp0 (cc_key_file_get (file, "map", "complete"), "yes") == 0;
  else
    return fail (file, group, NULL, error,
                 "[%s] is no group of a map; there are table, columns, values, join, row, dates, "
                 "numbers, constants and blank.",
                 group);
  return TRUE;
}

static CcMap *
load_key_file (CcKeyFile *file, GError **error)
{
  g_autoptr (CcMap) self = cc_map_new ();

  g_free (self->name);
  self->name = g_strdup (cc_key_file_get_name (file));
  for (guint i = 0; i < cc_key_file_get_n_groups (file); i++)
    if (!load_group (self, file, cc_key_file_get_group (file, i), error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * cc_map_load:
 * @path: a map file (cli.md, MAPFILE)
 *
 * Returns: (transfer full): the map, or %NULL with an error that names file and line
 */
CcMap *
cc_map_load (const char *path, GError **error)
{
  g_autoptr (CcKeyFile) file = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = cc_key_file_load (path, error);
  return file ? load_key_file (file, error) : NULL;
}

/**
 * cc_map_load_text:
 * @name: used in error messages
 * @text: UTF-8
 *
 * Returns: (transfer full): the map, or %NULL with an error that names the line
 */
CcMap *
cc_map_load_text (const char *name, const char *text, GError **error)
{
  g_autoptr (CcKeyFile) file = NULL;

  g_return_val_if_fail (name != NULL && text != NULL, NULL);

  file = cc_key_file_load_text (name, text, error);
  return file ? load_key_file (file, error) : NULL;
}

/* Text that can stand before the "=" of a key file: comparison is folded, so signs that the file
 * format needs for itself may go. */
static char *
make_key (const char *text)
{
  g_autofree char *plain = cc_text_collapse (text);

  g_strdelimit (plain, "=\n\r", ' ');
  for (char *p = plain; *p == '#' || *p == '[' || *p == ' '; p++)
    *p = ' ';
  g_strstrip (plain);
  /* A cell of nothing but such signs cannot be a key. */
  return g_steal_pointer (&plain);
}

static void
write_pairs (CcKeyFile *file, const char *group, GPtrArray *pairs)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      CcMapPair       *pair = pairs->pdata[i];
      g_autofree char *key = make_key (pair->key);

      if (key[0] != '\0' && pair->value[0] != '\0')
        cc_key_file_set (file, group, key, pair->value);
    }
}

static void
write_table (CcKeyFile *file, const CcMapTable *table)
{
  g_autofree char *group = g_strconcat ("table ", table->name, NULL);
  g_autofree char *columns = g_strconcat ("columns ", table->name, NULL);
  g_autofree char *row = g_strconcat ("row ", table->name, NULL);

  g_strstrip (group);
  g_strstrip (columns);
  g_strstrip (row);
  if (table->sheet)
    cc_key_file_set (file, group, "sheet", table->sheet);
  if (table->unit)
    cc_key_file_set (file, group, "unit", table->unit);
  if (table->aggregate)
    cc_key_file_set (file, group, "aggregate", table->aggregate);
  if (table->period)
    cc_key_file_set (file, group, "period", table->period);
  if (table->header_row > 0)
    {
      g_autofree char *number = g_strdup_printf ("%d", table->header_row);

      cc_key_file_set (file, group, "header-row", number);
    }
  if (table->last_row > 0)
    {
      g_autofree char *number = g_strdup_printf ("%d", table->last_row);

      cc_key_file_set (file, group, "last-row", number);
    }
  for (guint i = 0; i < table->columns->len; i++)
    {
      CcMapColumn     *column = table->columns->pdata[i];
      g_autofree char *key = make_key (column->header);

      if (key[0] != '\0')
        cc_key_file_set (file, columns, key, column->targets);
    }
  if (table->also)
    cc_key_file_set (file, row, "also", table->also);
}

/**
 * cc_map_to_text:
 *
 * Returns: (transfer full): the map as a map file
 */
char *
cc_map_to_text (CcMap *self)
{
  g_autoptr (CcKeyFile) file = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  file = cc_key_file_load_text (self->name, "", NULL);
  if (self->complete)
    cc_key_file_set (file, "map", "complete", "yes");
  for (guint i = 0; i < self->tables->len; i++)
    write_table (file, self->tables->pdata[i]);
  for (guint i = 0; i < self->values->len; i++)
    {
      CcMapValues     *values = self->values->pdata[i];
      g_autofree char *group = g_strconcat ("values ", values->variable, NULL);

      for (guint j = 0; j < values->texts->len; j++)
        {
          g_autofree char *key = make_key (values->texts->pdata[j]);

          if (key[0] != '\0')
            cc_key_file_set (file, group, key, values->codes->pdata[j]);
        }
    }
  write_pairs (file, "join", self->joins);
  write_pairs (file, "constants", self->constants);
  write_pairs (file, "dates", self->dates);
  write_pairs (file, "blank", self->blanks);
  write_pairs (file, "numbers", self->numbers);
  return cc_key_file_to_text (file);
}

/* The text of a map does not say why a column is taken so, or who said it. */
static void
copy_reasons (CcMap *from, CcMap *to)
{
  for (guint i = 0; i < from->tables->len; i++)
    {
      const CcMapTable *known = from->tables->pdata[i];
      const CcMapTable *table = cc_map_find_table (to, known->name);

      for (guint j = 0; table && j < known->columns->len; j++)
        {
          const CcMapColumn *decided = known->columns->pdata[j];
          CcMapColumn       *column = cc_map_table_find_column (table, decided->header);

          if (!column)
            continue;
          g_free (column->reason);
          column->reason = g_strdup (decided->reason);
          g_free (column->language);
          column->language = g_strdup (decided->language);
          column->score = decided->score;
        }
    }
}

/**
 * cc_map_copy:
 *
 * Returns: (transfer full): a map that decides the same, for the same reasons
 */
CcMap *
cc_map_copy (CcMap *self)
{
  g_autofree char *text = NULL;
  CcMap           *copy;

  g_return_val_if_fail (self != NULL, NULL);

  text = cc_map_to_text (self);
  copy = cc_map_load_text (self->name, text, NULL);
  if (!copy)
    return NULL;
  copy_reasons (self, copy);
  cc_map_copy_constants (self, copy);
  return copy;
}

/* The name of the pack that is nearest to a misspelt one. */
static const char *
find_nearest (CcPack *pack, const char *text)
{
  const char *best = NULL;
  guint       best_distance = 4;

  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);
      guint             distance = cc_text_edit_distance (text, variable->name, 3);

      if (distance < best_distance)
        {
          best_distance = distance;
          best = variable->name;
        }
    }
  return best;
}

static gboolean
fail_name (CcMap      *self,
           CcPack     *pack,
           guint       line,
           const char *what,
           const char *text,
           GError    **error)
{
  const char *nearest = find_nearest (pack, text);

  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA, "%s, line %u: “%s” is no %s.%s%s%s",
               self->name, line, text, what, nearest ? " Did you mean “" : "",
               nearest ? nearest : "", nearest ? "”?" : "");
  return FALSE;
}

static gboolean
check_table (CcMap *self, CcPack *pack, const CcMapTable *table, GError **error)
{
  static const char *const units[] = { "victim", "perpetrator", "event", "-", "", NULL };
  CcInterval               period;

  if (table->unit && !g_strv_contains (units, table->unit))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: “%s” is no unit of a table; there are victim, perpetrator, event, "
                   "and - for a table to leave out.",
                   self->name, table->line, table->unit);
      return FALSE;
    }
  if (table->period && !cc_period_from_text (pack, table->period, &period))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "%s, line %u: “%s” is no period; write 2023, 2023-05 or "
                   "2023-01-01..2023-06-30.",
                   self->name, table->line, table->period);
      return FALSE;
    }
  for (guint i = 0; i < table->columns->len; i++)
    {
      CcMapColumn *column = table->columns->pdata[i];
      g_auto (GStrv) targets = g_strsplit_set (column->targets, ",;", -1);

      if (g_str_equal (column->targets, "-"))
        continue;
      for (guint j = 0; targets[j]; j++)
        {
          const char *unit = table->unit && table->unit[0] > '-' ? table->unit : "victim";
          g_autoptr (CcTarget) target = NULL;
          g_autoptr (CcTarget) other = NULL;

          if (!*g_strstrip (targets[j]))
            continue;
          target = cc_target_parse (pack, unit, targets[j]);
          other = target || table->unit ? NULL : cc_target_parse (pack, "perpetrator", targets[j]);
          if (!target && !other)
            return fail_name (self, pack, column->line, "variable of the classification",
                              targets[j], error);
        }
    }
  return TRUE;
}

const CcVariable *
cc_map_find_value_variable (CcPack *pack, const char *name)
{
  g_autoptr (CcTarget) target = cc_target_parse (pack, "victim", name);
  g_autoptr (CcTarget) other = target ? NULL : cc_target_parse (pack, "perpetrator", name);

  if (!target)
    target = g_steal_pointer (&other);
  return target ? target->variable : NULL;
}

static gboolean
check_values (CcMap *self, CcPack *pack, const CcMapValues *values, GError **error)
{
  const CcVariable *variable = cc_map_find_value_variable (pack, values->variable);

  if (!variable)
    return fail_name (self, pack, values->line, "variable of the classification", values->variable,
                      error);
  for (guint i = 0; *variable->list && i < values->codes->len; i++)
    {
      g_auto (GStrv) codes = g_strsplit_set (values->codes->pdata[i], ";,", -1);

      for (guint j = 0; codes[j]; j++)
        {
          g_strstrip (codes[j]);
          if (cc_no_value_from_code (codes[j]) == CC_NO_VALUE_NONE
              && !cc_pack_find_code (pack, variable->list, codes[j]))
            {
              g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                           "%s, [values %s], “%s”: “%s” is no code of the list %s.", self->name,
                           values->variable, (char *) values->texts->pdata[i], codes[j],
                           variable->list);
              return FALSE;
            }
        }
    }
  return TRUE;
}

/**
 * cc_map_check:
 *
 * Returns: %FALSE with an error where the map names a unit, variable or code the pack does not have
 */
gboolean
cc_map_check (CcMap *self, CcPack *pack, GError **error)
{
  g_return_val_if_fail (self != NULL && pack != NULL, FALSE);

  for (guint i = 0; i < self->tables->len; i++)
    if (!check_table (self, pack, self->tables->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->values->len; i++)
    if (!check_values (self, pack, self->values->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->blanks->len; i++)
    {
      CcMapPair *pair = self->blanks->pdata[i];

      if (!cc_map_find_value_variable (pack, pair->key))
        return fail_name (self, pack, pair->line, "variable of the classification", pair->key,
                          error);
    }
  return cc_map_check_constants (self, pack, error);
}
