/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-read-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-age-text.h>
#include <cc/model/cc-words.h>

#include <stdlib.h>
#include <string.h>

#include "cc-scan-private.h"

/* Different texts remembered per column; columns of names and numbers never repeat anyway. */
#define MEMO_SIZE 4096

static void
free_cell_read (gpointer data)
{
  CcCellRead *self = data;

  cc_value_free (self->value);
  cc_value_free (self->extra);
  g_strfreev (self->unmapped);
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
  for (guint i = 0; i < plan->targets->len; i++)
    self->has_sex = self->has_sex || is_sex (plan->targets->pdata[i]);
  if (is_sex (target))
    prepare_sex (self);
  if (*target->variable->list)
    {
      codes = cc_pack_get_list_codes (pack, target->variable->list);
      self->has_codes = codes && codes->len > 0;
    }
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
  g_hash_table_unref (self->memo);
  g_free (self);
}

static CcValue *
make_value (CcCellReader *self, CcCellRead *read)
{
  read->value = cc_value_new (self->target->variable);
  return read->value;
}

static void
set_no_value (CcCellReader *self, CcCellRead *read, CcNoValue no_value, const char *text)
{
  CcValue *value = read->value ? read->value : make_value (self, read);

  value->no_value = no_value;
  g_free (value->text);
  value->text = g_strdup (text);
}

/* A value that cannot be read is not collected as far as we can tell; its text stays. */
static void
set_unreadable (CcCellReader *self, CcCellRead *read, const char *text, const char *rule)
{
  set_no_value (self, read, CC_NO_VALUE_NOT_COLLECTED, text);
  read->rule = rule;
}

static void
add_unmapped (CcCellRead *read, const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (read->unmapped)
    g_strv_builder_addv (builder, (const char **) read->unmapped);
  g_strv_builder_add (builder, text);
  g_strfreev (read->unmapped);
  read->unmapped = g_strv_builder_end (builder);
}

/* A variable of the same unit, by name: what a cell of one variable may state as well. */
static const CcVariable *
sibling (CcCellReader *self, const char *name)
{
  return cc_pack_find_unit_variable (self->pack, self->target->variable->unit, name);
}

static void
set_extra_age (CcCellReader *self, CcCellRead *read, int min, int max, const char *text)
{
  const CcVariable *variable = sibling (self, "age");

  if (!variable || variable->type != CC_VARIABLE_AGE || (min < 0 && max < 0))
    return;
  cc_value_free (read->extra);
  read->extra = cc_value_new (variable);
  read->extra->age_min = min;
  read->extra->age_max = max;
  read->extra->text = g_strdup (text);
}

/* Adds a code once; FALSE where it was there. */
static void
add_code (CcValue *value, const CcCode *code)
{
  if (!g_ptr_array_find (value->codes, code, NULL))
    g_ptr_array_add (value->codes, (gpointer) code);
}

/* Codes that a person decided for a text: "SEX; LAB" or one kind of no value. */
static gboolean
apply_decision (CcCellReader *self, CcCellRead *read, const char *text, const char *codes)
{
  const CcVariable *variable = self->target->variable;
  g_auto (GStrv) parts = g_strsplit_set (codes, ";,", -1);
  CcValue *value = read->value ? read->value : make_value (self, read);

  for (guint i = 0; parts[i]; i++)
    {
      CcNoValue     no_value = cc_no_value_from_code (g_strstrip (parts[i]));
      const CcCode *code;

      if (no_value != CC_NO_VALUE_NONE)
        {
          set_no_value (self, read, no_value, text);
          continue;
        }
      code = cc_pack_find_code (self->pack, variable->list, parts[i]);
      if (!code)
        return FALSE;
      if (g_str_equal (code->code, "_O") && !value->text)
        value->text = g_strdup (text);
      if (variable->type == CC_VARIABLE_MULTI)
        add_code (value, code);
      else
        value->code = code;
    }
  return TRUE;
}

static void
read_sex (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcSexText  sex;
  CcCodeRead status = cc_sex_reader_read (self->sex, text, &sex);

  switch (status)
    {
    case CC_CODE_READ_OK:
      make_value (self, read)->code = sex.sex;
      set_extra_age (self, read, sex.age_min, sex.age_max, text);
      break;
    case CC_CODE_READ_NO_VALUE:
      set_no_value (self, read, CC_NO_VALUE_UNKNOWN, NULL);
      break;
    case CC_CODE_READ_ASK:
      set_unreadable (self, read, text, "intake.finding.value-ask");
      add_unmapped (read, text);
      break;
    case CC_CODE_READ_UNMAPPED:
      if (sex.n_persons > 1)
        {
          read->n_persons = sex.n_persons;
          break;
        }
      set_unreadable (self, read, text, "intake.finding.value-unmapped");
      add_unmapped (read, text);
      break;
    case CC_CODE_READ_BLANK:
    default:
      break;
    }
}

/* One value of a list. */
static void
read_code_part (CcCellReader *self, CcCellRead *read, const char *text)
{
  const CcVariable *variable = self->target->variable;
  const char       *decided = cc_map_get_value (self->map, variable, text);
  CcCodeText        code;
  CcCodeRead        status;

  if (decided && apply_decision (self, read, text, decided))
    return;
  status = cc_code_text_read (self->pack, variable->list, text, self->own_country, &code);
  switch (status)
    {
    case CC_CODE_READ_OK:
      if (!read->value || read->value->no_value != CC_NO_VALUE_NONE)
        {
          g_clear_pointer (&read->value, cc_value_free);
          make_value (self, read);
        }
      if (variable->type == CC_VARIABLE_MULTI)
        add_code (read->value, code.code);
      else
        read->value->code = code.code;
      if (g_str_equal (code.code->code, "_O") && !read->value->text)
        read->value->text = g_strdup (text);
      if (code.count > 1)
        read->n_persons += code.count;
      break;
    case CC_CODE_READ_NO_VALUE:
      if (!read->value)
        set_no_value (self, read, code.no_value, NULL);
      break;
    case CC_CODE_READ_ASK:
    case CC_CODE_READ_UNMAPPED:
      read->rule =
          status == CC_CODE_READ_ASK ? "intake.finding.value-ask" : "intake.finding.value-unmapped";
      add_unmapped (read, text);
      if (!read->value)
        set_no_value (self, read, CC_NO_VALUE_NOT_COLLECTED, text);
      break;
    case CC_CODE_READ_BLANK:
    default:
      break;
    }
}

static void
read_codes (CcCellReader *self, CcCellRead *read, const char *text)
{
  const CcVariable *variable = self->target->variable;
  const char       *decided = cc_map_get_value (self->map, variable, text);
  g_auto (GStrv) parts = NULL;

  if (decided && apply_decision (self, read, text, decided))
    return;
  /* Lists the ministry fills itself and has not filled yet: the text waits for its code. */
  if (!self->has_codes)
    {
      set_no_value (self, read, CC_NO_VALUE_NOT_COLLECTED, text);
      return;
    }
  if (variable->type != CC_VARIABLE_MULTI)
    {
      read_code_part (self, read, text);
      return;
    }
  /* "Néant" at an attribute means none: the list is known to be empty. */
  if (cc_pack_match_token (self->pack, "none", text))
    {
      make_value (self, read)->complete = 1;
      return;
    }
  parts = cc_code_text_split (self->pack, variable->list, text);
  for (guint i = 0; parts[i]; i++)
    read_code_part (self, read, parts[i]);
  /* "2 maliens, 1 togolais" states three persons, "2 NIG" two. */
  if (read->n_persons == 1)
    read->n_persons = 0;
}

static void
read_date (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcInterval date;
  CcAgeText  age;

  switch (cc_date_text_read (self->pack, text, self->order, self->today, self->date_1904, &date))
    {
    case CC_DATE_READ_OK:
      make_value (self, read)->date = date;
      read->value->text = g_strdup (text);
      return;
    case CC_DATE_READ_BLANK:
      return;
    case CC_DATE_READ_UNKNOWN:
      set_no_value (self, read, CC_NO_VALUE_UNKNOWN, NULL);
      return;
    case CC_DATE_READ_AMBIGUOUS:
      set_unreadable (self, read, text, "intake.finding.date-ambiguous");
      read->ambiguous = TRUE;
      return;
    case CC_DATE_READ_FUTURE:
      set_unreadable (self, read, text, "intake.finding.date-future");
      return;
    case CC_DATE_READ_CALENDAR:
      set_unreadable (self, read, text, "intake.finding.date-calendar");
      read->ambiguous = TRUE;
      return;
    case CC_DATE_READ_UNREADABLE:
    default:
      break;
    }
  /* "Date of birth / age": people write either. */
  if (g_str_equal (self->target->variable->name, "birth_date")
      && cc_age_text_read (self->pack, text, self->order, self->today, &age) == CC_AGE_READ_OK)
    {
      set_extra_age (self, read, age.min, age.max, text);
      return;
    }
  set_unreadable (self, read, text, "intake.finding.date-unreadable");
}

/* "M/40": takes the sex away, for the other half of the cell. */
static char *
drop_sex_words (CcCellReader *self, const char *text)
{
  g_autoptr (GArray) tokens = cc_scan (text);
  g_autoptr (GString) rest = g_string_new (NULL);

  for (guint i = 0; i < tokens->len; i++)
    {
      CcScanToken *token = cc_scan_at (tokens, i);

      if (token->kind == CC_SCAN_NUMBER)
        g_string_append_printf (rest, " %" G_GINT64_FORMAT, token->number);
      else if (token->kind == CC_SCAN_SIGN && (token->sign != '/' && token->sign != ','))
        g_string_append_unichar (rest, token->sign);
      else if (token->kind == CC_SCAN_WORD
               && !cc_pack_match_value (self->pack, "SEX", token->word, NULL))
        g_string_append_printf (rest, " %s", token->word);
    }
  return g_string_free (g_steal_pointer (&rest), FALSE);
}

static void
set_age_value (CcCellReader *self, CcCellRead *read, const CcAgeText *age, const char *text)
{
  CcValue *value = make_value (self, read);

  value->age_min = age->min;
  value->age_max = age->max;
  value->text = g_strdup (text);
  if (self->target->part == CC_TARGET_AGE_MIN)
    value->age_max = -1;
  else if (self->target->part == CC_TARGET_AGE_MAX)
    value->age_min = -1;
}

static void
read_age (CcCellReader *self, CcCellRead *read, const char *text)
{
  g_autofree char  *rest = self->has_sex ? drop_sex_words (self, text) : g_strdup (text);
  const CcVariable *birth = sibling (self, "birth_date");
  CcAgeText         age;

  switch (cc_age_text_read (self->pack, rest, self->order, self->today, &age))
    {
    case CC_AGE_READ_OK:
      set_age_value (self, read, &age, text);
      return;
    case CC_AGE_READ_BLANK:
      return;
    case CC_AGE_READ_UNKNOWN:
      set_no_value (self, read, CC_NO_VALUE_UNKNOWN, NULL);
      return;
    case CC_AGE_READ_BIRTH:
      if (birth && birth->type == CC_VARIABLE_DATE)
        {
          read->extra = cc_value_new (birth);
          read->extra->date = age.birth;
          read->extra->text = g_strdup (text);
          return;
        }
      break;
    case CC_AGE_READ_SEVERAL:
      read->n_persons = 2;
      return;
    case CC_AGE_READ_IMPOSSIBLE:
      set_unreadable (self, read, text, "intake.finding.age-impossible");
      return;
    case CC_AGE_READ_UNREADABLE:
    default:
      break;
    }
  set_unreadable (self, read, text, "intake.finding.age-unreadable");
}

/* Months in "5 ans", "18 mois", "1 year 6 months"; a bare number is months already. */
static gboolean
read_months (CcCellReader *self, const char *text, gint64 *months)
{
  g_autoptr (GArray) tokens = cc_scan (text);
  gint64   total = 0, last = -1;
  gboolean found = FALSE;

  for (guint i = 0; i < tokens->len; i++)
    {
      CcScanToken *token = cc_scan_at (tokens, i);

      if (token->kind == CC_SCAN_NUMBER)
        {
          if (last >= 0)
            return FALSE;
          last = token->number;
          found = TRUE;
        }
      else if (token->kind == CC_SCAN_WORD && last >= 0)
        {
          if (cc_pack_match_token (self->pack, "age-year", token->word))
            total += last * 12;
          else if (cc_pack_match_token (self->pack, "age-month", token->word))
            total += last;
          else
            return FALSE;
          last = -1;
        }
    }
  *months = total + MAX (last, 0);
  return found && *months < 12 * 200;
}

static void
read_number (CcCellReader *self, CcCellRead *read, const char *text)
{
  const char *name = self->target->variable->name;
  CcNoValue   no_value = cc_word_no_value (self->pack, text);
  gint64      number;
  gboolean    ok;

  if (no_value != CC_NO_VALUE_NONE)
    {
      set_no_value (self, read, no_value, NULL);
      return;
    }
  if (g_str_has_suffix (name, "_months"))
    ok = read_months (self, text, &number);
  else
    {
      number = cc_persons_text_read (self->pack, text);
      ok = number >= 0;
    }
  if (ok)
    make_value (self, read)->number = number;
  else
    set_unreadable (self, read, text, "intake.finding.number-unreadable");
}

static void
read_entity (CcCellReader *self, CcCellRead *read, const char *text)
{
  g_autofree char *folded = cc_text_fold (text);
  gint64 id = self->entities ? GPOINTER_TO_SIZE (g_hash_table_lookup (self->entities, folded)) : 0;
  CcNoValue no_value = cc_word_no_value (self->pack, text);

  if (id > 0)
    make_value (self, read)->number = id;
  else if (no_value != CC_NO_VALUE_NONE)
    set_no_value (self, read, no_value, NULL);
  else
    /* Another agency than ours know: the text stays, nobody is asked. */
    set_no_value (self, read, CC_NO_VALUE_NOT_COLLECTED, text);
}

static void
read_tick (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcValue *value;

  switch (cc_tick_text_read (self->pack, text))
    {
    case CC_TICK_YES:
      value = make_value (self, read);
      if (value->codes)
        add_code (value, self->target->code);
      else
        value->code = self->target->code;
      break;
    case CC_TICK_UNREADABLE:
      read->rule = "intake.finding.tick-unreadable";
      add_unmapped (read, text);
      break;
    case CC_TICK_BLANK:
    case CC_TICK_NO:
    case CC_TICK_UNKNOWN:
    default:
      break;
    }
}

static void
read_text (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcNoValue no_value = cc_word_no_value (self->pack, text);

  if (no_value != CC_NO_VALUE_NONE)
    set_no_value (self, read, no_value, NULL);
  else
    make_value (self, read)->text = cc_text_collapse (text);
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
      set_unreadable (self, read, text, "intake.finding.cell-error");
      return read;
    }
  if (self->target->part == CC_TARGET_TICK)
    {
      read_tick (self, read, text);
      return read;
    }
  switch (self->target->variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
    case CC_VARIABLE_MULTI:
      if (self->sex)
        read_sex (self, read, text);
      else
        read_codes (self, read, text);
      break;
    case CC_VARIABLE_DATE:
      read_date (self, read, text);
      break;
    case CC_VARIABLE_AGE:
      read_age (self, read, text);
      break;
    case CC_VARIABLE_INT:
      read_number (self, read, text);
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
        set_no_value (self, read, self->blank, NULL);
    }
  g_hash_table_insert (self->memo, g_strdup (key), read);
  return read;
}
