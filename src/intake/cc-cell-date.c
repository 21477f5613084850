/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-read-private.h"

#include <cc/intake/cc-age-text.h>
#include <cc/model/cc-words.h>

#include "cc-scan-private.h"

static void
ask_calendar (CcCellReader *self, CcCellRead *read, const char *text)
{
  cc_cell_read_set_unreadable (self, read, text, "intake.finding.date-calendar");
  read->ambiguous = TRUE;
  read->other_calendar = TRUE;
}

void
cc_cell_read_date (CcCellReader *self, CcCellRead *read, const char *text)
{
  const CcDateForm form = { self->order, self->calendar, self->date_1904 };
  CcInterval       date;
  CcAgeText        age;
  guint            notes;

  switch (cc_date_text_read_form (self->pack, text, &form, self->today, &date, &notes))
    {
    case CC_DATE_READ_OK:
      if (self->ask_calendar)
        {
          ask_calendar (self, read, text);
          return;
        }
      cc_cell_read_make_value (self, read)->date = date;
      read->value->text = g_strdup (text);
      if (notes & CC_DATE_NOTE_APPROXIMATE)
        read->note = "intake.finding.date-approximate";
      if (notes & CC_DATE_NOTE_CONVERTED)
        read->once = "intake.finding.date-converted";
      return;
    case CC_DATE_READ_BLANK:
      return;
    case CC_DATE_READ_UNKNOWN:
      cc_cell_read_set_unknown (self, read, text);
      return;
    case CC_DATE_READ_AMBIGUOUS:
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.date-ambiguous");
      read->ambiguous = TRUE;
      return;
    case CC_DATE_READ_FUTURE:
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.date-future");
      return;
    case CC_DATE_READ_CALENDAR:
      ask_calendar (self, read, text);
      return;
    case CC_DATE_READ_NO_DAY:
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.date-no-day");
      return;
    case CC_DATE_READ_UNREADABLE:
    default:
      break;
    }
  /* "Date of birth / age": people write either. */
  if (g_str_equal (self->target->variable->name, "birth_date")
      && cc_age_text_read (self->pack, text, self->order, self->today, &age) == CC_AGE_READ_OK)
    {
      cc_cell_read_set_extra_age (self, read, age.min, age.max, age.approximate ? text : NULL);
      if (age.approximate)
        read->note = "intake.finding.age-approximate";
      return;
    }
  cc_cell_read_set_unreadable (self, read, text, "intake.finding.date-unreadable");
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
  CcValue *value = cc_cell_read_make_value (self, read);

  value->age_min = age->min;
  value->age_max = age->max;
  /* What the numbers do not say stays with them: "env. 20". */
  if (age->approximate)
    {
      value->text = g_strdup (text);
      read->note = "intake.finding.age-approximate";
    }
  if (self->target->part == CC_TARGET_AGE_MIN)
    value->age_max = -1;
  else if (self->target->part == CC_TARGET_AGE_MAX)
    value->age_min = -1;
}

/* What somebody decided that the text means where a number is expected: 99 is not known. */
static gboolean
take_decided (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcAgeText age = { .birth = CC_INTERVAL_UNKNOWN };
  CcNoValue no_value;
  gint64    number;

  if (!cc_map_get_number (self->map, text, &number, &no_value) || number > 120)
    return FALSE;
  if (no_value != CC_NO_VALUE_NONE)
    {
      cc_cell_read_set_no_value (self, read, no_value, text);
      return TRUE;
    }
  age.min = age.max = (int) number;
  set_age_value (self, read, &age, text);
  return TRUE;
}

void
cc_cell_read_age (CcCellReader *self, CcCellRead *read, const char *text)
{
  g_autofree char  *rest = self->has_sex ? drop_sex_words (self, text) : g_strdup (text);
  const CcVariable *birth = cc_cell_reader_sibling (self, "birth_date");
  CcAgeText         age;

  if (take_decided (self, read, text))
    return;
  /* 99: in most lists a sign for "not known", and never an age in silence. */
  if (cc_pack_match_token (self->pack, "age-unknown-number", text))
    {
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.age-code");
      cc_cell_read_add_unmapped (read, text);
      return;
    }
  switch (cc_age_text_read (self->pack, rest, self->order, self->today, &age))
    {
    case CC_AGE_READ_OK:
      set_age_value (self, read, &age, text);
      return;
    case CC_AGE_READ_BLANK:
      return;
    case CC_AGE_READ_UNKNOWN:
      cc_cell_read_set_unknown (self, read, text);
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
      cc_cell_read_set_unreadable (self, read, text, "intake.finding.age-impossible");
      return;
    case CC_AGE_READ_UNREADABLE:
    default:
      break;
    }
  cc_cell_read_set_unreadable (self, read, text, "intake.finding.age-unreadable");
}
