/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-read-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

/* Different texts remembered per column; columns of names and numbers never repeat anyway. */
#define MEMO_SIZE 4096

static void
free_cell_read (gpointer data)
{
  CcCellRead *self = data;

  cc_value_free (self->value);
  cc_value_free (self->extra);
  g_strfreev (self->unmapped);
  g_clear_pointer (&self->shares, g_array_unref);
  g_free (self);
}

static gboolean
is_sex (const CcTarget *target)
{
  return target->part == CC_TARGET_VALUE && g_str_equal (target->variable->list, "SEX");
}

/* Tells the reader of a column of sexes all its values, and what a person decided for some. */
static void
prepare_sex (CcCellReader *self)
{
  self->sex = cc_sex_reader_new (self->pack);
  for (guint i = 0; self->column->values && i < self->column->values->len; i++)
    {
      const char   *text = ((CcDistinct *) self->column->values->pdata[i])->text;
      const char   *decided = cc_map_get_value (self->map, self->target->variable, text);
      const CcCode *code = decided ? cc_pack_find_code (self->pack, "SEX", decided) : NULL;

      cc_sex_reader_add (self->sex, text);
      if (code)
        cc_sex_reader_set (self->sex, text, code);
    }
  cc_sex_reader_decide (self->sex, self->column->header);
}

/* The letters M, H and F stand for the same in a column of genders as in one of sexes. */
static void
prepare_signs (CcCellReader *self)
{
  self->signs = cc_sex_reader_new (self->pack);
  for (guint i = 0; self->column->values && i < self->column->values->len; i++)
    cc_sex_reader_add (self->signs, ((CcDistinct *) self->column->values->pdata[i])->text);
  cc_sex_reader_decide (self->signs, self->column->header);
}

/**
 * cc_cell_reader_new:
 *
 * Returns: (transfer full): a reader of one column for one target; the caller sets own_country,
 * entities, today and date_1904
 */
CcCellReader *
cc_cell_reader_new (CcPack                *pack,
                    CcMap                 *map,
                    const CcInspectColumn *column,
                    const CcColumnPlan    *plan,
                    const CcTarget        *target)
{
  CcCellReader *self = g_new0 (CcCellReader, 1);
  const char   *blank = cc_map_get_blank (map, target->variable);
  GPtrArray    *codes;

  self->pack = pack;
  self->map = map;
  self->column = column;
  self->target = target;
  self->order = cc_map_get_date_order (map, column->header);
  if (self->order == CC_DATE_ORDER_UNKNOWN)
    self->order = column->date_order;
  self->calendar = cc_map_get_calendar (map, column->header);
  for (guint i = 0; i < plan->targets->len; i++)
    self->has_sex = self->has_sex || is_sex (plan->targets->pdata[i]);
  if (is_sex (target))
    prepare_sex (self);
  else if (g_str_equal (target->variable->list, "GENDER"))
    prepare_signs (self);
  if (*target->variable->list)
    {
      codes = cc_pack_get_list_codes (pack, target->variable->list);
      self->has_codes = codes && codes->len > 0;
    }
  self->point = cc_map_get_number_mark (map, '.');
  self->comma = cc_map_get_number_mark (map, ',');
  self->blank = blank ? cc_no_value_from_code (blank) : CC_NO_VALUE_NONE;
  self->memo = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_cell_read);
  return self;
}

void
cc_cell_reader_free (CcCellReader *self)
{
  if (!self)
    return;
  cc_sex_reader_free (self->sex);
  cc_sex_reader_free (self->signs);
  g_hash_table_unref (self->memo);
  g_free (self);
}

CcValue *
cc_cell_read_make_value (CcCellReader *self, CcCellRead *read)
{
  read->value = cc_value_new (self->target->variable);
  return read->value;
}

void
cc_cell_read_set_no_value (CcCellReader *self,
                           CcCellRead   *read,
                           CcNoValue     no_value,
                           const char   *text)
{
  CcValue *value = read->value ? read->value : cc_cell_read_make_value (self, read);

  value->no_value = no_value;
  g_free (value->text);
  value->text = g_strdup (text);
}

/* A cell that says that nothing is known, or that the person refused to say. */
void
cc_cell_read_set_unknown (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcNoValue no_value = cc_word_no_value (self->pack, text);

  cc_cell_read_set_no_value (self, read,
                             no_value != CC_NO_VALUE_NONE ? no_value : CC_NO_VALUE_UNKNOWN, NULL);
}

/* A value that cannot be read is not collected as far as we can tell; its text stays. */
void
cc_cell_read_set_unreadable (CcCellReader *self,
                             CcCellRead   *read,
                             const char   *text,
                             const char   *rule)
{
  cc_cell_read_set_no_value (self, read, CC_NO_VALUE_NOT_COLLECTED, text);
  read->rule = rule;
}

void
cc_cell_read_add_unmapped (CcCellRead *read, const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (read->unmapped)
    g_strv_builder_addv (builder, (const char **) read->unmapped);
  g_strv_builder_add (builder, text);
  g_strfreev (read->unmapped);
  read->unmapped = g_strv_builder_end (builder);
}

/* A variable of the same unit, by name: what a cell of one variable may state as well. */
const CcVariable *
cc_cell_reader_sibling (CcCellReader *self, const char *name)
{
  return cc_pack_find_unit_variable (self->pack, self->target->variable->unit, name);
}

void
cc_cell_read_set_extra_age (CcCellReader *self,
                            CcCellRead   *read,
                            int           min,
                            int           max,
                            const char   *text)
{
  const CcVariable *variable = cc_cell_reader_sibling (self, "age");

  if (!variable || variable->type != CC_VARIABLE_AGE || (min < 0 && max < 0))
    return;
  cc_value_free (read->extra);
  read->extra = cc_value_new (variable);
  read->extra->age_min = min;
  read->extra->age_max = max;
  read->extra->text = g_strdup (text);
}

static void
read_entity (CcCellReader *self, CcCellRead *read, const char *text)
{
  g_autofree char *folded = cc_text_fold (text);
  gint64 id = self->entities ? GPOINTER_TO_SIZE (g_hash_table_lookup (self->entities, folded)) : 0;
  CcNoValue no_value = cc_word_no_value (self->pack, text);

  if (id > 0)
    cc_cell_read_make_value (self, read)->number = id;
  else if (no_value != CC_NO_VALUE_NONE)
    cc_cell_read_set_no_value (self, read, no_value, NULL);
  else
    {
      /* Another agency than ours know: the text stays, nobody is asked. */
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.value-unmapped");
      read->minor = TRUE;
    }
}

static void
read_text (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcNoValue no_value = cc_word_no_value (self->pack, text);

  if (no_value != CC_NO_VALUE_NONE)
    cc_cell_read_set_no_value (self, read, no_value, NULL);
  else
    cc_cell_read_make_value (self, read)->text = cc_text_collapse (text);
}

/* What a spreadsheet shows where a formula failed: #REF!, #N/A, #NAME?. */
static gboolean
is_formula_error (const char *text)
{
  return text[0] == '#' && g_ascii_isupper (text[1])
         && (g_str_has_suffix (text, "!") || g_str_has_suffix (text, "?")
             || g_str_equal (text, "#N/A"));
}

static CcCellRead *
read_cell (CcCellReader *self, const char *text)
{
  CcCellRead *read = g_new0 (CcCellRead, 1);

  if (is_formula_error (text))
    {
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.cell-error");
      return read;
    }
  if (self->target->part == CC_TARGET_TICK)
    {
      cc_cell_read_tick (self, read, text);
      return read;
    }
  if (self->target->part >= CC_TARGET_DAY && self->target->part <= CC_TARGET_YEAR)
    {
      cc_cell_read_date_part (self, read, text);
      return read;
    }
  switch (self->target->variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
    case CC_VARIABLE_MULTI:
      if (self->sex)
        cc_cell_read_sex (self, read, text);
      else
        cc_cell_read_codes (self, read, text);
      break;
    case CC_VARIABLE_DATE:
      cc_cell_read_date (self, read, text);
      break;
    case CC_VARIABLE_AGE:
      cc_cell_read_age (self, read, text);
      break;
    case CC_VARIABLE_INT:
      cc_cell_read_number (self, read, text);
      break;
    case CC_VARIABLE_REF:
      read_entity (self, read, text);
      break;
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
    default:
      read_text (self, read, text);
      break;
    }
  return read;
}

/**
 * cc_cell_reader_read:
 * @text: (nullable): the cell, ditto marks resolved
 *
 * Returns: (transfer none): what the cell says; valid until the next call
 */
const CcCellRead *
cc_cell_reader_read (CcCellReader *self, const char *text)
{
  const char *key = cc_text_is_blank (text) ? "" : text;
  CcCellRead *read = g_hash_table_lookup (self->memo, key);

  if (read)
    return read;
  if (g_hash_table_size (self->memo) >= MEMO_SIZE)
    g_hash_table_remove_all (self->memo);
  if (*key)
    read = read_cell (self, text);
  else
    {
      read = g_new0 (CcCellRead, 1);
      if (self->blank != CC_NO_VALUE_NONE && self->target->part == CC_TARGET_VALUE)
        cc_cell_read_set_no_value (self, read, self->blank, NULL);
    }
  g_hash_table_insert (self->memo, g_strdup (key), read);
  return read;
}
