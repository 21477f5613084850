/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-date-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

static CcDateRead
finish (CcInterval value, CcDay today, CcInterval *interval)
{
  *interval = value;
  return value.first > today ? CC_DATE_READ_FUTURE : CC_DATE_READ_OK;
}

/* Neither order makes a date: one may still name a month, which then has no such day. */
static CcDateRead
explain_orders (CcCalendar  calendar,
                int         year,
                int         day_a,
                int         month_a,
                int         day_b,
                int         month_b,
                CcInterval *interval)
{
  if (cc_date_is_short_month (calendar, year, month_a, day_a))
    *interval = cc_calendar_month (calendar, year, month_a);
  else if (cc_date_is_short_month (calendar, year, month_b, day_b))
    *interval = cc_calendar_month (calendar, year, month_b);
  else
    return CC_DATE_READ_UNREADABLE;
  return CC_DATE_READ_NO_DAY;
}

static CcDateRead
resolve_orders (const CcDateParts *parts, CcDateOrder order, CcDay today, CcInterval *interval)
{
  CcDay day_first = cc_calendar_to_day (parts->calendar, parts->year, parts->b, parts->a);
  CcDay month_first = cc_calendar_to_day (parts->calendar, parts->year, parts->a, parts->b);

  if (order == CC_DATE_ORDER_YMD && parts->short_parts)
    {
      const int year = cc_date_full_year (parts->said, parts->a, 2, today);
      const int last = parts->year % 100;
      CcDay     day = cc_calendar_to_day (parts->calendar, year, parts->b, last);

      return day == CC_DAY_NONE
                 ? explain_orders (parts->calendar, year, last, parts->b, last, parts->b, interval)
                 : finish (cc_interval_day (day), today, interval);
    }
  if (day_first == CC_DAY_NONE && month_first == CC_DAY_NONE)
    return explain_orders (parts->calendar, parts->year, parts->a, parts->b, parts->b, parts->a,
                           interval);
  /* Where only one order makes a date, or both make the same, nobody need be asked. */
  if (month_first == CC_DAY_NONE || day_first == month_first)
    return finish (cc_interval_day (day_first), today, interval);
  if (day_first == CC_DAY_NONE)
    return finish (cc_interval_day (month_first), today, interval);
  if (order == CC_DATE_ORDER_DMY)
    return finish (cc_interval_day (day_first), today, interval);
  if (order == CC_DATE_ORDER_MDY)
    return finish (cc_interval_day (month_first), today, interval);
  interval->first = MIN (day_first, month_first);
  interval->last = MAX (day_first, month_first);
  return CC_DATE_READ_AMBIGUOUS;
}

static CcDateRead
resolve_parts (const CcDateParts *parts, CcDateOrder order, CcDay today, CcInterval *interval)
{
  switch (parts->shape)
    {
    case SHAPE_FIXED:
    case SHAPE_SERIAL:
      return finish (parts->interval, today, interval);
    case SHAPE_TWO_ORDERS:
      return resolve_orders (parts, order, today, interval);
    case SHAPE_OTHER_CALENDAR:
      return CC_DATE_READ_CALENDAR;
    case SHAPE_NO_DAY:
      *interval = parts->interval;
      return CC_DATE_READ_NO_DAY;
    case SHAPE_NONE:
    default:
      return CC_DATE_READ_UNREADABLE;
    }
}

/* "15/05/2023 - 20/05/2023": from the first day that either end may be to the last. */
static CcDateRead
read_range (CcPack           *pack,
            const char       *text,
            const CcDateForm *form,
            CcDay             today,
            CcInterval       *interval,
            gboolean         *converted)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const char      *ends[2];
  CcInterval       all = CC_INTERVAL_UNKNOWN;
  CcDateRead       read = CC_DATE_READ_OK;

  if (!cc_date_split_range (pack, text, form->calendar, today, &first, &last))
    return CC_DATE_READ_UNREADABLE;
  ends[0] = first;
  ends[1] = last;
  for (guint i = 0; i < 2; i++)
    {
      CcDateParts parts;
      CcInterval  end = CC_INTERVAL_UNKNOWN;
      CcDateRead  one;

      cc_date_parse (pack, ends[i], form->calendar, today, form->date_1904, &parts);
      one = resolve_parts (&parts, form->order, today, &end);
      if (one != CC_DATE_READ_OK && one != CC_DATE_READ_AMBIGUOUS)
        return one;
      if (one == CC_DATE_READ_AMBIGUOUS)
        read = one;
      *converted = *converted || parts.calendar > CC_CALENDAR_GREGORIAN;
      if (i == 0)
        all = end;
      else if (end.last < all.first || end.first < all.first)
        return CC_DATE_READ_UNREADABLE;
      else
        all.last = MAX (all.last, end.last);
    }
  *interval = all;
  return read;
}

/**
 * cc_date_text_read_form:
 * @text: (nullable): the cell as text; numbers and dates as the reader writes them
 * @form: what is known of the column
 * @today: no date lies after it, and two-digit years end at it
 * @interval: (out): first and last possible day; the month where it has no such day
 * @notes: (out): CcDateNote of a date that was read
 *
 * The grammar of questionnaires.md 13.3. Precision is kept: "mars 2023" is the whole month, "du 15
 * au 20 mai 2023" the six days.
 *
 * Returns: what could be made of it
 */
CcDateRead
cc_date_text_read_form (CcPack           *pack,
                        const char       *text,
                        const CcDateForm *form,
                        CcDay             today,
                        CcInterval       *interval,
                        guint            *notes)
{
  CcDateParts parts;
  CcDateRead  read;
  gboolean    converted;

  g_return_val_if_fail (pack != NULL && form != NULL, CC_DATE_READ_UNREADABLE);
  g_return_val_if_fail (interval != NULL && notes != NULL, CC_DATE_READ_UNREADABLE);

  *interval = CC_INTERVAL_UNKNOWN;
  *notes = 0;
  if (cc_text_is_blank (text))
    return CC_DATE_READ_BLANK;
  cc_date_parse (pack, text, form->calendar, today, form->date_1904, &parts);
  read = resolve_parts (&parts, form->order, today, interval);
  converted = parts.calendar > CC_CALENDAR_GREGORIAN;
  if (read == CC_DATE_READ_UNREADABLE && parts.shape == SHAPE_NONE)
    read = read_range (pack, text, form, today, interval, &converted);
  if (read == CC_DATE_READ_OK)
    *notes = (converted ? CC_DATE_NOTE_CONVERTED : 0)
             | (cc_date_says_about (pack, text) ? CC_DATE_NOTE_APPROXIMATE : 0);
  if (read != CC_DATE_READ_UNREADABLE)
    return read;
  if (cc_pack_match_token (pack, "unknown", text))
    return CC_DATE_READ_UNKNOWN;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return CC_DATE_READ_UNREADABLE;
  return CC_DATE_READ_UNKNOWN; /* "-", "?", "." */
}

/**
 * cc_date_text_read:
 * @text: (nullable): the cell as text
 * @order: what is known of the column
 * @date_1904: whether serial numbers count from 1904
 *
 * cc_date_text_read_form() for a column of whose calendar nothing is known.
 *
 * Returns: what could be made of it
 */
CcDateRead
cc_date_text_read (CcPack     *pack,
                   const char *text,
                   CcDateOrder order,
                   CcDay       today,
                   gboolean    date_1904,
                   CcInterval *interval)
{
  const CcDateForm form = { order, CC_CALENDAR_UNKNOWN, date_1904 };
  guint            notes;

  return cc_date_text_read_form (pack, text, &form, today, interval, &notes);
}

/**
 * cc_date_scan_add:
 * @count: how often the text stands in the column
 *
 * Adds one value to what the column proves about its order.
 */
void
cc_date_scan_add (CcDateScan *self, CcPack *pack, const char *text, CcDay today, guint count)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  CcDateParts      parts;
  CcDay            day_first, month_first;

  g_return_if_fail (self != NULL && pack != NULL);

  if (cc_text_is_blank (text) || cc_pack_match_token (pack, "unknown", text))
    return;
  cc_date_parse (pack, text, CC_CALENDAR_UNKNOWN, today, FALSE, &parts);
  if (parts.shape == SHAPE_NONE
      && cc_date_split_range (pack, text, CC_CALENDAR_UNKNOWN, today, &first, &last))
    {
      cc_date_scan_add (self, pack, first, today, count);
      cc_date_scan_add (self, pack, last, today, count);
      return;
    }
  switch (parts.shape)
    {
    case SHAPE_FIXED:
      self->n_read += count;
      if (parts.year_first)
        self->n_year_first += count;
      return;
    case SHAPE_SERIAL:
      self->n_read += count;
      self->n_serial += count;
      return;
    case SHAPE_OTHER_CALENDAR:
      self->n_other_calendar += count;
      return;
    case SHAPE_NO_DAY:
    case SHAPE_NONE:
    default:
      self->n_unreadable += count;
      return;
    case SHAPE_TWO_ORDERS:
      break;
    }
  day_first = cc_calendar_to_day (parts.calendar, parts.year, parts.b, parts.a);
  month_first = cc_calendar_to_day (parts.calendar, parts.year, parts.a, parts.b);
  if (day_first == CC_DAY_NONE && month_first == CC_DAY_NONE)
    {
      self->n_unreadable += count;
      return;
    }
  self->n_read += count;
  if (month_first == CC_DAY_NONE)
    self->n_day_first += count;
  else if (day_first == CC_DAY_NONE)
    self->n_month_first += count;
  else if (day_first != month_first)
    self->n_either += count;
}

/**
 * cc_period_from_text:
 * @text: (nullable): "2023", "2023-01..2023-06", "S1 2023", "mars 2023"
 * @interval: (out): the days of the period
 *
 * Returns: %FALSE where the text is no period; @interval is then unknown
 */
gboolean
cc_period_from_text (CcPack *pack, const char *text, CcInterval *interval)
{
  CcDateParts parts;

  g_return_val_if_fail (pack != NULL && interval != NULL, FALSE);

  *interval = CC_INTERVAL_UNKNOWN;
  if (cc_text_is_blank (text))
    return FALSE;
  if (cc_interval_from_iso (text, interval))
    return TRUE;
  cc_date_parse (pack, text, CC_CALENDAR_GREGORIAN, cc_day_from_ymd (2199, 12, 31), FALSE, &parts);
  if (parts.shape != SHAPE_FIXED)
    return FALSE;
  *interval = parts.interval;
  return TRUE;
}
