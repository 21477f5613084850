/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-entry.h>

#include <cc/base/cc-text.h>
#include <cc/intake/cc-age-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

/**
 * cc_entry_get_date_order:
 *
 * Returns: the order in which dates are written in @language, as its own way of writing a day shows
 */
CcDateOrder
cc_entry_get_date_order (CcTexts *texts, const char *language)
{
  const char *form, *day, *month, *year;

  g_return_val_if_fail (texts != NULL && language != NULL, CC_DATE_ORDER_DMY);

  form = cc_texts_get (texts, "date.day", language);
  day = strstr (form, "{day}");
  month = strstr (form, "{month}");
  year = strstr (form, "{year}");
  if (!day || !month || !year || (day < month && month < year))
    return CC_DATE_ORDER_DMY;
  return year < month ? CC_DATE_ORDER_YMD : CC_DATE_ORDER_MDY;
}

/**
 * cc_entry_read_date:
 * @text: (nullable): "2023", "03/2023", "14/3/2023", "14 mars 2023", "2023-01-01..2023-06-30"
 * @order: which of two readings is meant where both are dates
 * @today: no date lies after it
 * @date: (out): the possible days, also where the date lies in the future; the month where it has
 * no such day
 */
CcEntryRead
cc_entry_read_date (CcPack     *pack,
                    const char *text,
                    CcDateOrder order,
                    CcDay       today,
                    CcInterval *date)
{
  g_return_val_if_fail (pack != NULL && date != NULL, CC_ENTRY_UNREADABLE);

  *date = CC_INTERVAL_UNKNOWN;
  if (text && strstr (text, "..") && cc_interval_from_iso (text, date))
    return date->first > today ? CC_ENTRY_FUTURE : CC_ENTRY_OK;
  switch (cc_date_text_read (pack, text, order, today, FALSE, date))
    {
    case CC_DATE_READ_OK:
      return CC_ENTRY_OK;
    case CC_DATE_READ_BLANK:
      return CC_ENTRY_EMPTY;
    case CC_DATE_READ_UNKNOWN:
      return CC_ENTRY_UNKNOWN;
    case CC_DATE_READ_FUTURE:
      return CC_ENTRY_FUTURE;
    case CC_DATE_READ_CALENDAR:
      return CC_ENTRY_CALENDAR;
    case CC_DATE_READ_NO_DAY:
      return CC_ENTRY_NO_DAY;
    case CC_DATE_READ_AMBIGUOUS:
    case CC_DATE_READ_UNREADABLE:
    default:
      return CC_ENTRY_UNREADABLE;
    }
}

/* Cuts "17 on 14/3/2023", "17 (14/3/2023)", "17 @ 14/3/2023" behind the age; the day is set where
 * the rest is one day. */
static char *
cut_age_day (CcPack *pack, const char *text, CcDateOrder order, CcDay today, CcDay *day)
{
  g_autofree char *spaced = cc_text_collapse (text);
  g_auto (GStrv) words = NULL;
  gsize at = 0;

  *day = CC_DAY_NONE;
  for (char *p = spaced; *p; p++)
    if (*p == '(' || *p == ')' || *p == '@')
      *p = *p == ')' ? ' ' : '@';
  words = g_strsplit_set (spaced, " ", -1);
  for (guint i = 0; words[i]; i++)
    {
      const char *sign = strchr (words[i], '@');
      gboolean    cuts = sign || (i > 0 && cc_pack_match_token (pack, "age-on", words[i]));
      CcInterval  date;

      if (cuts)
        {
          gsize       end = sign ? at + (gsize) (sign - words[i]) : at;
          const char *rest = spaced + (sign ? end + 1 : at + strlen (words[i]));

          if (cc_entry_read_date (pack, rest, order, today, &date) == CC_ENTRY_OK
              && cc_interval_is_day (date))
            {
              *day = date.first;
              return g_strndup (spaced, end);
            }
        }
      at += strlen (words[i]) + 1;
    }
  return g_strdup (text);
}

/**
 * cc_entry_read_age:
 * @text: (nullable): "17", "15-17", "about 20", "18+", "17 on 14/3/2023", or a date of birth
 * @age: (out): the completed years it may mean
 */
CcEntryRead
cc_entry_read_age (CcPack *pack, const char *text, CcDateOrder order, CcDay today, CcEntryAge *age)
{
  g_autofree char *number = NULL;
  CcAgeText        read;
  CcAgeRead        result;

  g_return_val_if_fail (pack != NULL && age != NULL, CC_ENTRY_UNREADABLE);

  *age = (CcEntryAge){ -1, -1, CC_DAY_NONE, CC_INTERVAL_UNKNOWN };
  if (cc_text_is_blank (text))
    return CC_ENTRY_EMPTY;
  number = cut_age_day (pack, text, order, today, &age->day);
  result = cc_age_text_read (pack, number, order, today, &read);
  age->min = read.min;
  age->max = read.max;
  switch (result)
    {
    case CC_AGE_READ_OK:
      return CC_ENTRY_OK;
    case CC_AGE_READ_BLANK:
      return CC_ENTRY_EMPTY;
    case CC_AGE_READ_UNKNOWN:
      return CC_ENTRY_UNKNOWN;
    case CC_AGE_READ_BIRTH:
      age->birth = read.birth;
      return CC_ENTRY_BIRTH;
    case CC_AGE_READ_SEVERAL:
      return CC_ENTRY_SEVERAL;
    case CC_AGE_READ_IMPOSSIBLE:
      return CC_ENTRY_TOO_LARGE;
    case CC_AGE_READ_UNREADABLE:
    default:
      return CC_ENTRY_UNREADABLE;
    }
}

/**
 * cc_entry_read_number:
 * @text: (nullable): digits of any script
 */
CcEntryRead
cc_entry_read_number (const char *text, gint64 *number)
{
  g_autofree char *western = NULL;
  g_autofree char *digits = NULL;

  g_return_val_if_fail (number != NULL, CC_ENTRY_UNREADABLE);

  *number = 0;
  if (cc_text_is_blank (text))
    return CC_ENTRY_EMPTY;
  western = cc_text_western_digits (text);
  digits = cc_text_collapse (western);
  if (cc_text_to_int (digits, 0, CC_ENTRY_MOST, number))
    return CC_ENTRY_OK;
  return strspn (digits, "0123456789") == strlen (digits) ? CC_ENTRY_TOO_LARGE
                                                          : CC_ENTRY_UNREADABLE;
}

static char *
write_day (CcDay value, CcDateOrder order)
{
  int year, month, day;

  cc_day_to_ymd (value, &year, &month, &day);
  if (order == CC_DATE_ORDER_YMD)
    return cc_day_to_iso (value);
  return order == CC_DATE_ORDER_MDY ? g_strdup_printf ("%d/%d/%04d", month, day, year)
                                    : g_strdup_printf ("%d/%d/%04d", day, month, year);
}

/**
 * cc_entry_write_date:
 *
 * Returns: (transfer full): "14/3/2023", "3/2023", "2023", else in ISO form; "" where not known
 */
char *
cc_entry_write_date (CcInterval date, CcDateOrder order)
{
  int        year, month;
  CcInterval whole;

  if (!cc_interval_is_known (date))
    return g_strdup ("");
  if (cc_interval_is_day (date))
    return write_day (date.first, order);
  cc_day_to_ymd (date.first, &year, &month, NULL);
  whole = cc_interval_month (year, month);
  if (whole.first == date.first && whole.last == date.last && order != CC_DATE_ORDER_YMD)
    return g_strdup_printf ("%d/%04d", month, year);
  return cc_interval_to_iso (date);
}

/**
 * cc_entry_write_age:
 * @min: completed years, -1 where open
 * @max: -1 where open
 *
 * Returns: (transfer full): "17", "15-17", "18+", "17 (14/3/2023)"; "" where nothing is known
 */
char *
cc_entry_write_age (int min, int max, CcDay day, CcDateOrder order)
{
  GString *text = g_string_new (NULL);

  if (min < 0 && max < 0)
    return g_string_free (text, FALSE);
  if (max < 0)
    g_string_printf (text, "%d+", min);
  else if (min == max)
    g_string_printf (text, "%d", min);
  else
    g_string_printf (text, "%d-%d", MAX (min, 0), max);
  if (day != CC_DAY_NONE)
    {
      g_autofree char *day_text = write_day (day, order);

      g_string_append_printf (text, " (%s)", day_text);
    }
  return g_string_free (text, FALSE);
}

/**
 * cc_entry_is_none_code:
 *
 * Returns: whether the code says that none of the others holds
 */
gboolean
cc_entry_is_none_code (const CcCode *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  return g_str_equal (code->code, "NONE");
}

/**
 * cc_entry_add_code:
 * @most: greatest number of codes, 0 where there is no limit
 *
 * A code that says "none" and the others exclude each other, and each excludes a kind of no value.
 *
 * Returns: %FALSE where the answer has that code already or is full; it is unchanged then
 */
gboolean
cc_entry_add_code (CcValue *value, const CcCode *code, guint most)
{
  gboolean none;

  g_return_val_if_fail (value != NULL && value->codes != NULL && code != NULL, FALSE);

  none = cc_entry_is_none_code (code);
  if (g_ptr_array_find (value->codes, code, NULL))
    return FALSE;
  if (!none && value->codes->len > 0 && cc_entry_is_none_code (value->codes->pdata[0]))
    g_ptr_array_set_size (value->codes, 0);
  if (!none && most > 0 && value->codes->len >= most)
    return FALSE;
  /* "None of these" is taken back by the first of these. */
  if (value->codes->len == 0 && value->complete == 1)
    value->complete = -1;
  if (none)
    {
      g_ptr_array_set_size (value->codes, 0);
      value->complete = 1;
    }
  value->no_value = CC_NO_VALUE_NONE;
  g_ptr_array_add (value->codes, (gpointer) code);
  return TRUE;
}

/**
 * cc_entry_remove_code:
 *
 * The last one leaves no answer, not "none of these".
 */
void
cc_entry_remove_code (CcValue *value, const CcCode *code)
{
  g_return_if_fail (value != NULL && value->codes != NULL && code != NULL);

  if (!g_ptr_array_remove (value->codes, (gpointer) code))
    return;
  if (g_str_equal (code->code, "_O"))
    g_clear_pointer (&value->text, g_free);
  if (value->codes->len == 0)
    value->complete = -1;
}

/**
 * cc_entry_set_none_of_these:
 *
 * A complete list with nothing in it.
 */
void
cc_entry_set_none_of_these (CcValue *value)
{
  g_return_if_fail (value != NULL && value->codes != NULL);

  g_ptr_array_set_size (value->codes, 0);
  g_clear_pointer (&value->text, g_free);
  value->no_value = CC_NO_VALUE_NONE;
  value->complete = 1;
}

/**
 * cc_entry_set_no_value:
 *
 * Replaces whatever the value said by a kind of no value; NONE leaves an empty field.
 */
void
cc_entry_set_no_value (CcValue *value, CcNoValue no_value)
{
  g_return_if_fail (value != NULL);

  if (value->codes)
    g_ptr_array_set_size (value->codes, 0);
  g_clear_pointer (&value->text, g_free);
  value->code = NULL;
  value->complete = -1;
  value->date = CC_INTERVAL_UNKNOWN;
  value->age_min = value->age_max = -1;
  value->age_day = CC_DAY_NONE;
  value->number = 0;
  value->no_value = no_value;
}

/**
 * cc_entry_is_stated:
 *
 * Returns: whether the value says anything. Integers say what they are: a field that was emptied
 *   takes its value out of the record.
 */
gboolean
cc_entry_is_stated (const CcValue *value)
{
  g_return_val_if_fail (value != NULL, FALSE);

  if (value->no_value != CC_NO_VALUE_NONE)
    return TRUE;
  switch (value->variable->type)
    {
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      return value->code != NULL;
    case CC_VARIABLE_MULTI:
      return value->codes->len > 0 || value->complete >= 0;
    case CC_VARIABLE_DATE:
      return cc_interval_is_known (value->date) || !cc_text_is_blank (value->text);
    case CC_VARIABLE_AGE:
      return value->age_min >= 0 || value->age_max >= 0;
    case CC_VARIABLE_REF:
      return value->number != 0;
    case CC_VARIABLE_INT:
      return TRUE;
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
    default:
      return !cc_text_is_blank (value->text);
    }
}
