/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <cc/intake/cc-age-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-date-text.h>
#include <cc/intake/cc-number-text.h>

/* Cells as agencies type them: dates, ages, sexes, numbers of persons, lists of codes. */

static void
read_dates (CcPack *pack, const char *text, CcDay today)
{
  CcDateScan scan = { 0 };
  gboolean   ambiguous;

  for (CcDateOrder order = CC_DATE_ORDER_UNKNOWN; order <= CC_DATE_ORDER_YMD; order++)
    {
      CcInterval interval;
      CcDateRead read = cc_date_text_read (pack, text, order, today, FALSE, &interval);

      g_assert_true (read != CC_DATE_READ_OK || cc_interval_is_known (interval));
      g_assert_true (!cc_interval_is_known (interval) || interval.first <= interval.last);
      g_assert_true (read != CC_DATE_READ_OK || interval.first <= today);
    }
  for (CcCalendar calendar = CC_CALENDAR_UNKNOWN; calendar <= CC_CALENDAR_ETHIOPIAN; calendar++)
    {
      const CcDateForm form = { CC_DATE_ORDER_DMY, calendar, FALSE };
      CcInterval       interval;
      guint            notes;
      CcDateRead       read = cc_date_text_read_form (pack, text, &form, today, &interval, &notes);

      g_assert_true (read != CC_DATE_READ_OK || cc_interval_is_known (interval));
      g_assert_true (!cc_interval_is_known (interval) || interval.first <= interval.last);
      g_assert_true (read == CC_DATE_READ_OK || notes == 0);
    }
  cc_date_scan_add (&scan, pack, text, today, 1);
  cc_date_scan_decide (&scan, &ambiguous);
}

static void
read_age (CcPack *pack, const char *text, CcDay today)
{
  CcAgeText age;
  CcAgeRead read = cc_age_text_read (pack, text, CC_DATE_ORDER_DMY, today, &age);

  if (read == CC_AGE_READ_OK)
    {
      g_assert_cmpint (age.min, >=, 0);
      g_assert_cmpint (age.min, <=, 120);
      g_assert_true (age.max == -1 || (age.max >= age.min && age.max <= 120));
    }
  else
    g_assert_cmpint (age.min, ==, -1);
}

static void
read_number (CcPack *pack, const char *text)
{
  for (CcNumberMark mark = CC_NUMBER_MARK_UNKNOWN; mark <= CC_NUMBER_MARK_DECIMALS; mark++)
    {
      CcNumberText number;
      CcNumberRead read = cc_number_text_read (pack, text, mark, mark, &number);

      g_assert_true ((read == CC_NUMBER_READ_OK || read == CC_NUMBER_READ_MARK)
                     == (number.number >= 0));
      g_assert_true ((read == CC_NUMBER_READ_BOUND) == (number.min >= 0));
      g_assert_true (number.max == -1 || number.max >= number.min);
      g_assert_cmpint (number.number, <=, 100000);
    }
}

static void
read_codes (CcPack *pack, const char *text)
{
  static const char *const lists[] = { "EXPL", "COUNTRY", "ISIC" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) parts = cc_code_text_split (pack, lists[i], text);

      for (guint j = 0; parts[j]; j++)
        {
          CcCodeText result;
          CcCodeRead read = cc_code_text_read (pack, lists[i], parts[j], "BEN", &result);

          g_assert_true ((read == CC_CODE_READ_OK) == (result.code != NULL));
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static CcPack   *pack;
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  CcDay            today = cc_day_from_ymd (2024, 6, 30);
  g_autoptr (CcSexReader) reader = NULL;
  CcSexText sex;

  /* The readers of sheets hand on nothing else. */
  if (!g_utf8_validate (text, -1, NULL) || size > 4096)
    return 0;
  if (pack == NULL)
    pack = cc_pack_load_default (NULL);
  g_assert_nonnull (pack);
  read_dates (pack, text, today);
  read_age (pack, text, today);
  read_codes (pack, text);
  read_number (pack, text);
  g_assert_cmpint (cc_persons_text_read (pack, text), >=, -1);
  cc_tick_text_read (pack, text);
  reader = cc_sex_reader_new (pack);
  cc_sex_reader_add (reader, text);
  cc_sex_reader_decide (reader, text);
  cc_sex_reader_read (reader, text, &sex);
  return 0;
}
