/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-read-private.h"

#include <cc/model/cc-words.h>

#include "cc-date-private.h"

/* Columns that hold one part of a date: "14", "Nov", "2023". */

/* The one number of the cell, also with an ordinal ending ("1er", "3rd"); -1 for none. */
static gint64
find_number (const char *text, guint *n_digits)
{
  g_autoptr (GArray) tokens = cc_scan (text);
  gint64 number = -1;

  *n_digits = 0;
  for (guint i = 0; i < tokens->len; i++)
    {
      const CcScanToken *token = cc_scan_at (tokens, i);

      if (token->kind != CC_SCAN_NUMBER)
        continue;
      if (number >= 0)
        return -1;
      number = token->number;
      *n_digits = token->n_digits;
    }
  return number;
}

static gboolean
read_date (CcCellReader *self, const char *text, CcInterval *interval)
{
  const CcDateForm form = { self->order, self->calendar, self->date_1904 };
  guint            notes;

  return cc_date_text_read_form (self->pack, text, &form, self->today, interval, &notes)
         == CC_DATE_READ_OK;
}

static int
read_day (CcCellReader *self, const char *text)
{
  guint      n_digits;
  gint64     number = find_number (text, &n_digits);
  CcInterval date;
  int        year, month, day;

  if (number >= 1 && number <= 31 && n_digits <= 2)
    return (int) number;
  if (!read_date (self, text, &date) || !cc_interval_is_day (date))
    return -1;
  cc_day_to_ymd (date.first, &year, &month, &day);
  return day;
}

/* A month in digits or words, or a day of it that the sheet shows as its month. */
static int
read_month (CcCellReader *self, const char *text)
{
  guint            n_digits;
  gint64           number = find_number (text, &n_digits);
  g_autofree char *named = g_strconcat (text, " 2000", NULL);
  const int        last = self->calendar == CC_CALENDAR_ETHIOPIAN ? 13 : 12;
  CcInterval       date, end;
  int              year, month, day;

  if (number >= 1 && n_digits <= 2)
    return number <= last ? (int) number : -1;
  if (!read_date (self, number < 0 ? named : text, &date))
    return -1;
  cc_day_to_ymd (date.first, &year, &month, &day);
  end = cc_interval_month (year, month);
  return date.last <= end.last ? month : -1;
}

static int
read_year (CcCellReader *self, const char *text)
{
  guint      n_digits;
  gint64     number = find_number (text, &n_digits);
  CcInterval date;

  if (number >= 0 && n_digits == 2)
    return cc_date_full_year (self->calendar, number, 2, self->today);
  if (number >= 0 && n_digits == 4)
    return cc_calendar_has_year (self->calendar, (int) number) ? (int) number : -1;
  if (!read_date (self, text, &date) || cc_day_year (date.first) != cc_day_year (date.last))
    return -1;
  return cc_day_year (date.first);
}

void
cc_cell_read_date_part (CcCellReader *self, CcCellRead *read, const char *text)
{
  CcDateParts parts;

  if (cc_word_no_value (self->pack, text) != CC_NO_VALUE_NONE)
    return;
  if (self->target->part == CC_TARGET_DAY)
    read->part = read_day (self, text);
  else if (self->target->part == CC_TARGET_MONTH)
    read->part = read_month (self, text);
  else
    read->part = read_year (self, text);
  if (self->target->part == CC_TARGET_YEAR)
    {
      cc_date_parse (self->pack, text, self->calendar, self->today, FALSE, &parts);
      if (self->ask_calendar || parts.shape == SHAPE_OTHER_CALENDAR)
        {
          read->part = -1;
          read->rule = "intake.finding.date-calendar";
          read->ambiguous = TRUE;
          read->other_calendar = TRUE;
        }
    }
  if (read->part < 0 && !read->rule)
    read->rule = "intake.finding.date-unreadable";
}
