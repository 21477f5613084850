/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-date-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <stdlib.h>
#include <string.h>

/* Days from 1 January 1970 to the day before Excel's day 1 in its two systems (ECMA-376 18.17.4.1;
 * the 1900 system counts a 29 February 1900 that was not, so it holds from 1 March 1900 on). */
#define SERIAL_1900 25569
#define SERIAL_1904 24107

#define SERIAL_MAX 60000

/* Nobody registers the future: 98 is 1998. */
int
cc_date_full_year (CcCalendar calendar, gint64 number, guint n_digits, CcDay today)
{
  int year = (int) MIN (number, 9999);

  if (n_digits > 2)
    return year;
  if (calendar == CC_CALENDAR_HIJRI)
    return year + (year > 60 ? 1300 : 1400);
  year += 2000;
  return year > cc_day_year (today) ? year - 100 : year;
}

static gboolean
is_hijri_year (int year)
{
  return year >= 1400 && year <= 1470;
}

/* Decides the calendar of a year; FALSE where it is none, or needs somebody to say its calendar. */
static gboolean
take_year (CcDateParts *parts, int year)
{
  if (parts->said == CC_CALENDAR_HIJRI && cc_calendar_has_year (CC_CALENDAR_HIJRI, year))
    parts->calendar = CC_CALENDAR_HIJRI;
  else if (!cc_calendar_has_year (CC_CALENDAR_GREGORIAN, year))
    {
      if (is_hijri_year (year))
        parts->shape = SHAPE_OTHER_CALENDAR;
      return FALSE;
    }
  else
    parts->calendar =
        parts->said == CC_CALENDAR_ETHIOPIAN ? CC_CALENDAR_ETHIOPIAN : CC_CALENDAR_GREGORIAN;
  return TRUE;
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

/* The month a word names in one calendar, 0 for none; two words ("كانون الثاني") are tried first.
 */
static int
read_month_of (CcPack *pack, const char *kind, GArray *tokens, guint index, guint *n_words)
{
  g_autoptr (GString) phrase = g_string_new (NULL);
  int month = 0;

  *n_words = 1;
  for (guint i = index, n = 0; i < tokens->len && n < 3; i++)
    {
      const char *value;

      if (i > index && cc_scan_is_sign (tokens, i, '-') && cc_scan_at (tokens, i)->glued
          && cc_scan_is_word (tokens, i + 1) && cc_scan_at (tokens, i + 1)->glued)
        continue;
      if (!cc_scan_is_word (tokens, i))
        break;
      g_string_append_printf (phrase, "%s%s", n > 0 ? " " : "", cc_scan_at (tokens, i)->word);
      n++;
      value = cc_pack_match_token (pack, kind, phrase->str);
      if (value)
        {
          month = atoi (value);
          *n_words = i + 1 - index;
        }
    }
  return month;
}

static int
read_month (CcPack *pack, GArray *tokens, guint index, CcCalendar *calendar, guint *n_words)
{
  int month;

  *n_words = 1;
  *calendar = CC_CALENDAR_GREGORIAN;
  if (!cc_scan_is_word (tokens, index))
    return 0;
  month = read_month_of (pack, "month", tokens, index, n_words);
  if (!month)
    month = read_roman (cc_scan_at (tokens, index)->word);
  if (month)
    return month;
  *calendar = CC_CALENDAR_HIJRI;
  month = read_month_of (pack, "hijri-month", tokens, index, n_words);
  if (month)
    return month;
  *calendar = CC_CALENDAR_ETHIOPIAN;
  return read_month_of (pack, "ethiopian-month", tokens, index, n_words);
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

/* How many words from `index` on stand beside a date and change nothing: a weekday, "about",
 * "début de", "between". */
static guint
measure_beside (CcPack *pack, GArray *tokens, guint index)
{
  static const char *const kinds[] = { "weekday", "date-part", "approx", "age-between", NULL };

  for (guint n = 3; n > 0; n--)
    {
      g_autoptr (GString) phrase = g_string_new (NULL);
      guint i;

      for (i = 0; i < n && cc_scan_is_word (tokens, index + i); i++)
        g_string_append_printf (phrase, "%s%s", i > 0 ? " " : "",
                                cc_scan_at (tokens, index + i)->word);
      for (guint k = 0; i == n && kinds[k]; k++)
        if (cc_pack_match_token (pack, kinds[k], phrase->str))
          return n;
    }
  return 0;
}

/* Whether a sign says nothing about the days: brackets, what marks an estimate, the full stop of
 * the sentence. */
static gboolean
is_idle_sign (GArray *tokens, guint index)
{
  static const gunichar idle[] = { '(', ')', '[', ']', '~', '?', 0x00B1, 0x2248 };
  const gunichar        sign = cc_scan_at (tokens, index)->sign;

  for (guint i = 0; i < G_N_ELEMENTS (idle); i++)
    if (sign == idle[i])
      return TRUE;
  return index + 1 == tokens->len && index > 0 && strchr (".,;", (int) MIN (sign, 127));
}

static void
drop_idle_signs (GArray *tokens)
{
  for (guint i = tokens->len; i > 0; i--)
    if (cc_scan_at (tokens, i - 1)->kind == CC_SCAN_SIGN && is_idle_sign (tokens, i - 1))
      cc_scan_remove (tokens, i - 1);
}

/* Takes away what a date may carry and does not need: weekdays, ordinal endings glued to a number
 * (1st, 1er, 1.º), short link words (de, of, le), commas. */
static void
drop_fillers (CcPack *pack, GArray *tokens)
{
  for (guint i = 0; i < tokens->len;)
    {
      CcScanToken *token = cc_scan_at (tokens, i);
      CcCalendar   calendar;
      guint        n_words = 1, n_beside = 0;

      if (token->kind == CC_SCAN_WORD && !read_month (pack, tokens, i, &calendar, &n_words))
        {
          n_beside = measure_beside (pack, tokens, i);
          if (n_beside == 0 && g_utf8_strlen (token->word, -1) <= 3)
            n_beside = 1;
        }
      if (n_beside > 0)
        {
          while (n_beside-- > 0)
            cc_scan_remove (tokens, i);
        }
      else if (token->kind == CC_SCAN_SIGN && (token->sign == ',' || token->sign == '\''))
        cc_scan_remove (tokens, i);
      else if (token->kind == CC_SCAN_SIGN && token->sign == '.'
               && (i + 1 == tokens->len || i == 0 || cc_scan_is_word (tokens, i - 1)
                   || cc_scan_is_word (tokens, i + 1)))
        cc_scan_remove (tokens, i);
      else
        i += token->kind == CC_SCAN_WORD ? n_words : 1;
    }
}

static gboolean
is_separator (GArray *tokens, guint index)
{
  return cc_scan_is_sign (tokens, index, '/') || cc_scan_is_sign (tokens, index, '-')
         || cc_scan_is_sign (tokens, index, '.');
}

/* Whether a month has fewer days than that: 29 February 2023, 31 April. */
gboolean
cc_date_is_short_month (CcCalendar calendar, int year, int month, int day)
{
  const int n_days = cc_calendar_days_in_month (calendar, year, month);

  return n_days > 0 && day > n_days;
}

static void
set_year (CcDateParts *parts, int year)
{
  if (!take_year (parts, year))
    return;
  parts->shape = SHAPE_FIXED;
  parts->interval = cc_calendar_year (parts->calendar, year);
}

static void
set_month (CcDateParts *parts, int year, int month)
{
  if (!take_year (parts, year) || cc_calendar_days_in_month (parts->calendar, year, month) == 0)
    return;
  parts->shape = SHAPE_FIXED;
  parts->interval = cc_calendar_month (parts->calendar, year, month);
}

static void
set_day (CcDateParts *parts, int year, int month, int day)
{
  CcDay value;

  /* 00 stands for what is not known: 2023-05-00. */
  if (day == 0 && month == 0)
    {
      set_year (parts, year);
      return;
    }
  if (day == 0)
    {
      set_month (parts, year, month);
      return;
    }
  if (!take_year (parts, year))
    return;
  value = cc_calendar_to_day (parts->calendar, year, month, day);
  if (value != CC_DAY_NONE)
    {
      parts->shape = SHAPE_FIXED;
      parts->interval = cc_interval_day (value);
    }
  else if (cc_date_is_short_month (parts->calendar, year, month, day))
    {
      parts->shape = SHAPE_NO_DAY;
      parts->interval = cc_calendar_month (parts->calendar, year, month);
    }
}

/* Day and month in one of two orders. */
static void
set_two_orders (CcDateParts *parts, int a, int b, int year)
{
  if (a == 0)
    {
      set_day (parts, year, b, 0);
      return;
    }
  parts->a = a;
  parts->b = b;
  parts->year = year;
  if (take_year (parts, year))
    parts->shape = SHAPE_TWO_ORDERS;
}

/* Three numbers with separators. */
static void
read_three_numbers (GArray *tokens, guint step, CcDay today, CcDateParts *parts)
{
  CcScanToken *x = cc_scan_at (tokens, 0);
  CcScanToken *y = cc_scan_at (tokens, step);
  CcScanToken *z = cc_scan_at (tokens, 2 * step);

  if (x->n_digits == 4 && y->n_digits <= 2 && z->n_digits <= 2)
    {
      parts->year_first = TRUE;
      set_day (parts, (int) x->number, (int) y->number, (int) z->number);
      return;
    }
  if (x->n_digits > 2 || y->n_digits > 2 || z->n_digits == 3 || z->n_digits > 4)
    return;
  parts->short_parts = z->n_digits <= 2;
  set_two_orders (parts, (int) x->number, (int) y->number,
                  cc_date_full_year (parts->said, z->number, z->n_digits, today));
}

/* 20230515 and 15052023. */
static void
read_eight_digits (gint64 n, CcDateParts *parts)
{
  const int year = (int) (n / 10000);

  if (cc_calendar_has_year (CC_CALENDAR_GREGORIAN, year) || is_hijri_year (year))
    set_day (parts, year, (int) (n / 100 % 100), (int) (n % 100));
  if (parts->shape == SHAPE_NONE && n / 1000000 <= 31 && n / 10000 % 100 <= 31 && n / 1000000 > 0)
    set_two_orders (parts, (int) (n / 1000000), (int) (n / 10000 % 100), (int) (n % 10000));
}

static void
read_one_number (CcScanToken *token, gboolean date_1904, CcDateParts *parts)
{
  gint64 n = token->number;

  if (token->n_digits == 4)
    set_year (parts, (int) n);
  else if (token->n_digits == 8)
    read_eight_digits (n, parts);
  else if (n >= 1 && n <= SERIAL_MAX && token->n_digits == 5)
    {
      CcDay day = (CcDay) (n - (date_1904 ? SERIAL_1904 : SERIAL_1900));
      int   year, month, mday;

      /* Typed as an Ethiopian day, taken by the sheet for a Gregorian one. */
      cc_day_to_ymd (day, &year, &month, &mday);
      if (parts->said == CC_CALENDAR_ETHIOPIAN)
        {
          set_day (parts, year, month, mday);
          return;
        }
      parts->shape = SHAPE_SERIAL;
      parts->calendar = CC_CALENDAR_GREGORIAN;
      parts->interval = cc_interval_day (day);
    }
}

static void
read_two_numbers (CcScanToken *x, CcScanToken *y, CcDateParts *parts)
{
  if (x->n_digits == 4 && y->n_digits <= 2)
    set_month (parts, (int) x->number, (int) y->number);
  else if (y->n_digits == 4 && x->n_digits <= 2)
    set_month (parts, (int) y->number, (int) x->number);
}

/* Dates with a month in words or Roman digits, separators taken away. */
static void
read_named (CcPack *pack, GArray *tokens, CcDay today, CcDateParts *parts)
{
  CcScanToken *numbers[2] = { NULL, NULL };
  CcCalendar   calendar = CC_CALENDAR_UNKNOWN;
  guint        n_numbers = 0, n_before = 0;
  gboolean     joined = FALSE; /* "May-23": as spreadsheets write a month */
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
          CcCalendar own;
          int        found = read_month (pack, tokens, i, &own, &n_words);

          /* March/Adar both: the same month said twice is one month. */
          if (!found || (month && (found != month || own != calendar)))
            return;
          month = found;
          calendar = own;
          n_before = n_numbers;
          i += n_words - 1;
          joined = i + 1 < tokens->len && is_separator (tokens, i + 1)
                   && cc_scan_at (tokens, i + 1)->glued;
        }
      else if (!is_separator (tokens, i))
        return;
    }
  if (!month)
    return;
  if (calendar != CC_CALENDAR_GREGORIAN && calendar != parts->said)
    {
      parts->shape = SHAPE_OTHER_CALENDAR;
      return;
    }
  if (n_numbers == 1 && numbers[0]->n_digits == 4)
    set_month (parts, (int) numbers[0]->number, month);
  else if (n_numbers == 1 && numbers[0]->n_digits == 2 && n_before == 0 && joined)
    set_month (parts, cc_date_full_year (calendar, numbers[0]->number, 2, today), month);
  else if (n_numbers == 2 && numbers[0]->n_digits == 4 && numbers[1]->n_digits <= 2)
    set_day (parts, (int) numbers[0]->number, month, (int) numbers[1]->number);
  /* "3 à 5 mai" has no year. */
  else if (n_numbers == 2 && numbers[0]->n_digits <= 2 && n_before < 2
           && (numbers[1]->n_digits == 4 || numbers[1]->n_digits == 2))
    set_day (parts, cc_date_full_year (calendar, numbers[1]->number, numbers[1]->n_digits, today),
             month, (int) numbers[0]->number);
  /* A month of one calendar in a year of another is no date. */
  if (parts->shape != SHAPE_NONE && parts->shape != SHAPE_OTHER_CALENDAR
      && parts->calendar != calendar)
    parts->shape = SHAPE_NONE;
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
read_part_of_year (CcPack *pack, const char *text, GArray *tokens, CcDateParts *parts)
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
  if (!cc_calendar_has_year (CC_CALENDAR_GREGORIAN, year) || parts->said == CC_CALENDAR_ETHIOPIAN)
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
  parts->calendar = CC_CALENDAR_GREGORIAN;
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

void
cc_date_parse (CcPack      *pack,
               const char  *text,
               CcCalendar   calendar,
               CcDay        today,
               gboolean     date_1904,
               CcDateParts *parts)
{
  g_autoptr (GArray) tokens = cc_scan (text);

  memset (parts, 0, sizeof *parts);
  parts->interval = CC_INTERVAL_UNKNOWN;
  parts->said = calendar;
  if (tokens->len > CC_SCAN_MAX_TOKENS || tokens->len == 0)
    return;
  if (is_fraction (tokens))
    g_array_set_size (tokens, 1);
  if (has_word (tokens) && read_part_of_year (pack, text, tokens, parts))
    return;
  drop_time (tokens);
  drop_idle_signs (tokens);
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

/* Whether the text calls its date an estimate. */
gboolean
cc_date_says_about (CcPack *pack, const char *text)
{
  g_autoptr (GArray) tokens = cc_scan (text);

  for (guint i = 0; i < tokens->len; i++)
    {
      const CcScanToken *token = cc_scan_at (tokens, i);

      if (token->kind == CC_SCAN_SIGN
          && (token->sign == '~' || token->sign == '?' || token->sign == 0x00B1))
        return TRUE;
      if (token->kind == CC_SCAN_WORD && cc_pack_match_token (pack, "approx", token->word))
        return TRUE;
    }
  return FALSE;
}
