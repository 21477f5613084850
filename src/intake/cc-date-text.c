/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-date-text.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <stdlib.h>
#include <string.h>

#include "cc-scan-private.h"

/* Days from 1 January 1970 to the day before Excel's day 1 in its two systems (ECMA-376 18.17.4.1;
 * the 1900 system counts a 29 February 1900 that was not, so it holds from 1 March 1900 on). */
#define SERIAL_1900 25569
#define SERIAL_1904 24107

#define SERIAL_MAX 60000

/* How a date's parts stand before the order is known. */
typedef enum
{
  SHAPE_NONE,
  SHAPE_FIXED,      /* interval is known whatever the order */
  SHAPE_TWO_ORDERS, /* a / b / year */
  SHAPE_SERIAL,
  SHAPE_OTHER_CALENDAR,
} Shape;

typedef struct
{
  Shape      shape;
  CcInterval interval;
  int        a, b, year;
  gboolean   year_first;
  gboolean   short_parts; /* a, b and year all have at most two digits */
} DateParts;

/* The year 20yy, or 19yy where that would lie after today: nobody registers the future. */
static int
full_year (gint64 number, guint n_digits, CcDay today)
{
  int year = (int) MIN (number, 9999);

  if (n_digits > 2)
    return year;
  year += 2000;
  return year > cc_day_year (today) ? year - 100 : year;
}

static gboolean
is_plausible_year (int year)
{
  return year >= 1900 && year <= 2200;
}

static gboolean
is_hijri_year (int year)
{
  return year >= 1400 && year <= 1470;
}

static int
read_roman (const char *word)
{
  static const char *const roman[] = { "i",    "ii", "iii", "iv", "v",   "vi", "vii",
                                       "viii", "ix", "x",   "xi", "xii", NULL };

  for (int i = 0; roman[i]; i++)
    if (g_str_equal (word, roman[i]))
      return i + 1;
  return 0;
}

/* The month a word names, 0 for none; two words ("كانون الثاني") are tried first. */
static int
read_month (CcPack *pack, GArray *tokens, guint index, guint *n_words)
{
  CcScanToken *token = cc_scan_at (tokens, index);
  const char  *value = NULL;

  *n_words = 1;
  if (!token || token->kind != CC_SCAN_WORD)
    return 0;
  if (cc_scan_is_word (tokens, index + 1))
    {
      g_autofree char *two =
          g_strconcat (token->word, " ", cc_scan_at (tokens, index + 1)->word, NULL);

      value = cc_pack_match_token (pack, "month", two);
      if (value)
        *n_words = 2;
    }
  if (!value)
    value = cc_pack_match_token (pack, "month", token->word);
  return value ? atoi (value) : read_roman (token->word);
}

/* Takes the time of day away: 22:10, 22:10:05, 22h10, T22:10Z. */
static void
drop_time (GArray *tokens)
{
  for (guint i = 1; i + 1 < tokens->len; i++)
    {
      gboolean is_hour_word = cc_scan_is_word (tokens, i) && cc_scan_at (tokens, i)->glued
                              && g_str_equal (cc_scan_at (tokens, i)->word, "h");

      if ((cc_scan_is_sign (tokens, i, ':') || is_hour_word) && cc_scan_is_number (tokens, i - 1)
          && cc_scan_is_number (tokens, i + 1) && i >= 2)
        {
          guint from = i - 1;

          if (cc_scan_is_word (tokens, from - 1)
              && g_str_equal (cc_scan_at (tokens, from - 1)->word, "t"))
            from--;
          g_array_set_size (tokens, from);
          return;
        }
    }
}

/* Takes away what a date may carry and does not need: ordinal endings glued to a number (1st, 1er,
 * 1.º), short link words (de, of, le), commas. */
static void
drop_fillers (CcPack *pack, GArray *tokens)
{
  for (guint i = 0; i < tokens->len;)
    {
      CcScanToken *token = cc_scan_at (tokens, i);
      guint        n_words;

      if (token->kind == CC_SCAN_SIGN && (token->sign == ',' || token->sign == '\''))
        cc_scan_remove (tokens, i);
      else if (token->kind == CC_SCAN_SIGN && token->sign == '.'
               && (i + 1 == tokens->len || i == 0 || cc_scan_is_word (tokens, i - 1)
                   || cc_scan_is_word (tokens, i + 1)))
        cc_scan_remove (tokens, i);
      else if (token->kind == CC_SCAN_WORD && g_utf8_strlen (token->word, -1) <= 3
               && !read_month (pack, tokens, i, &n_words))
        cc_scan_remove (tokens, i);
      else
        i++;
    }
}

static gboolean
is_separator (GArray *tokens, guint index)
{
  return cc_scan_is_sign (tokens, index, '/') || cc_scan_is_sign (tokens, index, '-')
         || cc_scan_is_sign (tokens, index, '.');
}

static void
set_day (DateParts *parts, int year, int month, int day)
{
  CcDay value = is_plausible_year (year) ? cc_day_from_ymd (year, month, day) : CC_DAY_NONE;

  if (value == CC_DAY_NONE)
    return;
  parts->shape = SHAPE_FIXED;
  parts->interval = cc_interval_day (value);
}

static void
set_month (DateParts *parts, int year, int month)
{
  if (!is_plausible_year (year) || month < 1 || month > 12)
    return;
  parts->shape = SHAPE_FIXED;
  parts->interval = cc_interval_month (year, month);
}

/* Three numbers with separators. */
static void
read_three_numbers (GArray *tokens, guint step, CcDay today, DateParts *parts)
{
  CcScanToken *x = cc_scan_at (tokens, 0);
  CcScanToken *y = cc_scan_at (tokens, step);
  CcScanToken *z = cc_scan_at (tokens, 2 * step);

  if (x->n_digits == 4 && y->n_digits <= 2 && z->n_digits <= 2)
    {
      parts->year_first = TRUE;
      if (is_hijri_year ((int) x->number))
        parts->shape = SHAPE_OTHER_CALENDAR;
      else
        set_day (parts, (int) x->number, (int) y->number, (int) z->number);
      return;
    }
  if (x->n_digits > 2 || y->n_digits > 2 || z->n_digits == 3 || z->n_digits > 4)
    return;
  parts->a = (int) x->number;
  parts->b = (int) y->number;
  parts->year = full_year (z->number, z->n_digits, today);
  parts->short_parts = z->n_digits <= 2;
  if (z->n_digits == 4 && is_hijri_year (parts->year))
    parts->shape = SHAPE_OTHER_CALENDAR;
  else if (is_plausible_year (parts->year))
    parts->shape = SHAPE_TWO_ORDERS;
}

static void
read_one_number (CcScanToken *token, gboolean date_1904, DateParts *parts)
{
  gint64 n = token->number;

  if (token->n_digits == 4 && is_plausible_year ((int) n))
    {
      parts->shape = SHAPE_FIXED;
      parts->interval = cc_interval_year ((int) n);
    }
  else if (token->n_digits == 4 && is_hijri_year ((int) n))
    parts->shape = SHAPE_OTHER_CALENDAR;
  else if (token->n_digits == 8)
    set_day (parts, (int) (n / 10000), (int) (n / 100 % 100), (int) (n % 100));
  else if (n >= 1 && n <= SERIAL_MAX && token->n_digits == 5)
    {
      parts->shape = SHAPE_SERIAL;
      parts->interval = cc_interval_day ((CcDay) (n - (date_1904 ? SERIAL_1904 : SERIAL_1900)));
    }
}

static void
read_two_numbers (CcScanToken *x, CcScanToken *y, DateParts *parts)
{
  if (x->n_digits == 4 && y->n_digits <= 2)
    set_month (parts, (int) x->number, (int) y->number);
  else if (y->n_digits == 4 && x->n_digits <= 2)
    set_month (parts, (int) y->number, (int) x->number);
}

/* Dates with a month in words or Roman digits, separators taken away. */
static void
read_named (CcPack *pack, GArray *tokens, CcDay today, DateParts *parts)
{
  CcScanToken *numbers[2] = { NULL, NULL };
  guint        n_numbers = 0;
  int          month = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      CcScanToken *token = cc_scan_at (tokens, i);
      guint        n_words = 1;

      if (token->kind == CC_SCAN_NUMBER)
        {
          if (n_numbers == 2)
            return;
          numbers[n_numbers++] = token;
        }
      else if (token->kind == CC_SCAN_WORD)
        {
          int found = read_month (pack, tokens, i, &n_words);

          /* March/Adar both: the same month said twice is one month. */
          if (!found || (month && found != month))
            return;
          month = found;
          i += n_words - 1;
        }
      else if (!is_separator (tokens, i) && token->sign != '(' && token->sign != ')')
        return;
    }
  if (!month)
    return;
  if (n_numbers == 1 && numbers[0]->n_digits == 4)
    set_month (parts, (int) numbers[0]->number, month);
  else if (n_numbers == 2 && numbers[0]->n_digits == 4 && numbers[1]->n_digits <= 2)
    set_day (parts, (int) numbers[0]->number, month, (int) numbers[1]->number);
  else if (n_numbers == 2 && numbers[0]->n_digits <= 2 && numbers[1]->n_digits != 3)
    set_day (parts, full_year (numbers[1]->number, numbers[1]->n_digits, today), month,
             (int) numbers[0]->number);
}

/* The text with the digits of the year made a space. */
static char *
cut_year (const char *text, int year)
{
  g_autofree char *western = cc_text_western_digits (text);
  g_autofree char *digits = g_strdup_printf ("%04d", year);
  char            *found = strstr (western, digits);

  if (found)
    memset (found, ' ', 4);
  return cc_text_collapse (western);
}

/* T1 2023, 2023-Q1, 1.º semestre 2023: a year, and words for the part of it. */
static gboolean
read_part_of_year (CcPack *pack, const char *text, GArray *tokens, DateParts *parts)
{
  g_autofree char *rest = NULL;
  const char      *value;
  int              year = 0, months = 3, part;

  for (guint i = 0; i < tokens->len; i++)
    if (cc_scan_is_number (tokens, i) && cc_scan_at (tokens, i)->n_digits == 4)
      {
        if (year)
          return FALSE;
        year = (int) cc_scan_at (tokens, i)->number;
      }
  if (!is_plausible_year (year))
    return FALSE;
  rest = cut_year (text, year);
  value = cc_pack_match_token (pack, "quarter", rest);
  if (!value)
    {
      months = 6;
      value = cc_pack_match_token (pack, "semester", rest);
    }
  part = value ? atoi (value) : 0;
  if (part < 1 || part > 12 / months)
    return FALSE;
  parts->shape = SHAPE_FIXED;
  parts->interval.first = cc_day_from_ymd (year, (part - 1) * months + 1, 1);
  parts->interval.last = cc_interval_month (year, part * months).last;
  return TRUE;
}

static gboolean
has_word (GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    if (cc_scan_is_word (tokens, i))
      return TRUE;
  return FALSE;
}

/* Numbers with the fraction of a day that a date with time leaves behind: 44993.92. */
static gboolean
is_fraction (GArray *tokens)
{
  return tokens->len == 3 && cc_scan_is_number (tokens, 0) && cc_scan_is_number (tokens, 2)
         && cc_scan_at (tokens, 0)->n_digits == 5
         && (cc_scan_is_sign (tokens, 1, '.') || cc_scan_is_sign (tokens, 1, ','));
}

static void
read_parts (CcPack *pack, const char *text, CcDay today, gboolean date_1904, DateParts *parts)
{
  g_autoptr (GArray) tokens = cc_scan (text);

  memset (parts, 0, sizeof *parts);
  parts->interval = CC_INTERVAL_UNKNOWN;
  if (tokens->len > CC_SCAN_MAX_TOKENS || tokens->len == 0)
    return;
  if (is_fraction (tokens))
    g_array_set_size (tokens, 1);
  if (has_word (tokens) && read_part_of_year (pack, text, tokens, parts))
    return;
  drop_time (tokens);
  if (has_word (tokens))
    drop_fillers (pack, tokens);
  if (has_word (tokens))
    {
      read_named (pack, tokens, today, parts);
      return;
    }
  for (guint i = 0; i < tokens->len; i += 2)
    if (!cc_scan_is_number (tokens, i) || (i + 1 < tokens->len && !is_separator (tokens, i + 1)))
      return;
  if (tokens->len == 5)
    read_three_numbers (tokens, 2, today, parts);
  else if (tokens->len == 3)
    read_two_numbers (cc_scan_at (tokens, 0), cc_scan_at (tokens, 2), parts);
  else if (tokens->len == 1)
    read_one_number (cc_scan_at (tokens, 0), date_1904, parts);
}

static CcDateRead
finish (CcInterval value, CcDay today, CcInterval *interval)
{
  *interval = value;
  return value.first > today ? CC_DATE_READ_FUTURE : CC_DATE_READ_OK;
}

static CcDateRead
resolve_orders (const DateParts *parts, CcDateOrder order, CcDay today, CcInterval *interval)
{
  CcDay day_first = cc_day_from_ymd (parts->year, parts->b, parts->a);
  CcDay month_first = cc_day_from_ymd (parts->year, parts->a, parts->b);

  if (order == CC_DATE_ORDER_YMD && parts->short_parts)
    {
      CcDay day = cc_day_from_ymd (full_year (parts->a, 2, today), parts->b, parts->year % 100);

      return day == CC_DAY_NONE ? CC_DATE_READ_UNREADABLE
                                : finish (cc_interval_day (day), today, interval);
    }
  if (day_first == CC_DAY_NONE && month_first == CC_DAY_NONE)
    return CC_DATE_READ_UNREADABLE;
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

/**
 * cc_date_text_read:
 * @text: (nullable): the cell as text; numbers and dates as the reader writes them
 * @order: what is known of the column
 * @today: no date lies after it, and two-digit years end at it
 * @date_1904: whether serial numbers count from 1904
 * @interval: (out): first and last possible day
 *
 * The grammar of questionnaires.md 13.3. Precision is kept: "mars 2023" is the whole month.
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
  DateParts parts;

  g_return_val_if_fail (pack != NULL && interval != NULL, CC_DATE_READ_UNREADABLE);

  *interval = CC_INTERVAL_UNKNOWN;
  if (cc_text_is_blank (text))
    return CC_DATE_READ_BLANK;
  read_parts (pack, text, today, date_1904, &parts);
  switch (parts.shape)
    {
    case SHAPE_FIXED:
    case SHAPE_SERIAL:
      return finish (parts.interval, today, interval);
    case SHAPE_TWO_ORDERS:
      return resolve_orders (&parts, order, today, interval);
    case SHAPE_OTHER_CALENDAR:
      return CC_DATE_READ_CALENDAR;
    case SHAPE_NONE:
    default:
      break;
    }
  if (cc_pack_match_token (pack, "unknown", text))
    return CC_DATE_READ_UNKNOWN;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return CC_DATE_READ_UNREADABLE;
  return CC_DATE_READ_UNKNOWN; /* "-", "?", "." */
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
  DateParts parts;
  CcDay     day_first, month_first;

  g_return_if_fail (self != NULL && pack != NULL);

  if (cc_text_is_blank (text) || cc_pack_match_token (pack, "unknown", text))
    return;
  read_parts (pack, text, today, FALSE, &parts);
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
    case SHAPE_NONE:
    default:
      self->n_unreadable += count;
      return;
    case SHAPE_TWO_ORDERS:
      break;
    }
  day_first = cc_day_from_ymd (parts.year, parts.b, parts.a);
  month_first = cc_day_from_ymd (parts.year, parts.a, parts.b);
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
 * cc_date_scan_decide:
 * @ambiguous: (out): whether values are left that somebody must decide
 *
 * One order must fit all values: a day over 12 in first place proves day first as long as no value
 * proves the contrary.
 *
 * Returns: the order of the values that could be read in two ways
 */
CcDateOrder
cc_date_scan_decide (const CcDateScan *self, gboolean *ambiguous)
{
  g_return_val_if_fail (self != NULL && ambiguous != NULL, CC_DATE_ORDER_UNKNOWN);

  *ambiguous = FALSE;
  if (self->n_day_first > 0 && self->n_month_first == 0)
    return CC_DATE_ORDER_DMY;
  if (self->n_month_first > 0 && self->n_day_first == 0)
    return CC_DATE_ORDER_MDY;
  *ambiguous = self->n_either > 0;
  if (self->n_year_first > 0 && self->n_either == 0)
    return CC_DATE_ORDER_YMD;
  return CC_DATE_ORDER_UNKNOWN;
}

/**
 * cc_date_order_from_text:
 * @text: (nullable): "DMY", "MDY" or "YMD", in any case
 *
 * Returns: the order, UNKNOWN for anything else
 */
CcDateOrder
cc_date_order_from_text (const char *text)
{
  for (CcDateOrder order = CC_DATE_ORDER_DMY; order <= CC_DATE_ORDER_YMD; order++)
    if (text && g_ascii_strcasecmp (text, cc_date_order_to_text (order)) == 0)
      return order;
  return CC_DATE_ORDER_UNKNOWN;
}

/**
 * cc_date_order_to_text:
 *
 * Returns: the order as in a map file, "" for UNKNOWN
 */
const char *
cc_date_order_to_text (CcDateOrder order)
{
  switch (order)
    {
    case CC_DATE_ORDER_DMY:
      return "DMY";
    case CC_DATE_ORDER_MDY:
      return "MDY";
    case CC_DATE_ORDER_YMD:
      return "YMD";
    case CC_DATE_ORDER_UNKNOWN:
    default:
      return "";
    }
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
  DateParts parts;

  g_return_val_if_fail (pack != NULL && interval != NULL, FALSE);

  *interval = CC_INTERVAL_UNKNOWN;
  if (cc_text_is_blank (text))
    return FALSE;
  if (cc_interval_from_iso (text, interval))
    return TRUE;
  read_parts (pack, text, cc_day_from_ymd (2199, 12, 31), FALSE, &parts);
  if (parts.shape != SHAPE_FIXED)
    return FALSE;
  *interval = parts.interval;
  return TRUE;
}
