/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-entry.h>

static CcPack *pack;
static CcDay   today;

typedef struct
{
  const char *text;
  CcEntryRead read;
  const char *iso;
} DateCase;

static const DateCase dates[] = {
  { NULL, CC_ENTRY_EMPTY, "" },
  { "  ", CC_ENTRY_EMPTY, "" },
  { "2023", CC_ENTRY_OK, "2023" },
  { "03/2023", CC_ENTRY_OK, "2023-03" },
  { "3/2023", CC_ENTRY_OK, "2023-03" },
  { "2023-03", CC_ENTRY_OK, "2023-03" },
  { "14/3/2023", CC_ENTRY_OK, "2023-03-14" },
  { "4/3/2023", CC_ENTRY_OK, "2023-03-04" },
  { "4.3.2023", CC_ENTRY_OK, "2023-03-04" },
  { "4-3-23", CC_ENTRY_OK, "2023-03-04" },
  { "2023-03-14", CC_ENTRY_OK, "2023-03-14" },
  { "14 mars 2023", CC_ENTRY_OK, "2023-03-14" },
  { "14 March 2023", CC_ENTRY_OK, "2023-03-14" },
  { "14 de março de 2023", CC_ENTRY_OK, "2023-03-14" },
  { "١٤/٣/٢٠٢٣", CC_ENTRY_OK, "2023-03-14" },
  { "mars 2023", CC_ENTRY_OK, "2023-03" },
  { "2023-01-01..2023-06-15", CC_ENTRY_OK, "2023-01-01..2023-06-15" },
  { "unknown", CC_ENTRY_UNKNOWN, "" },
  { "?", CC_ENTRY_UNKNOWN, "" },
  { "31/2/2023", CC_ENTRY_NO_DAY, "2023-02" },
  { "32/1/2023", CC_ENTRY_NO_DAY, "2023-01" },
  { "yesterday", CC_ENTRY_UNREADABLE, "" },
  { "1/1/2030", CC_ENTRY_FUTURE, "2030-01-01" },
  { "12/5/1444", CC_ENTRY_CALENDAR, "" },
  { "29/2/2023", CC_ENTRY_NO_DAY, "2023-02" },
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      CcInterval       date;
      CcEntryRead      read;
      g_autofree char *iso = NULL;

      read = cc_entry_read_date (pack, dates[i].text, CC_DATE_ORDER_DMY, today, &date);
      iso = cc_interval_to_iso (date);
      g_test_message ("%s", dates[i].text);
      g_assert_cmpint (read, ==, dates[i].read);
      g_assert_cmpstr (iso, ==, dates[i].iso);
    }
}

static void
test_date_order (void)
{
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  CcInterval date;

  for (guint i = 0; cc_pack_languages[i]; i++)
    g_assert_cmpint (cc_entry_get_date_order (texts, cc_pack_languages[i]), ==, CC_DATE_ORDER_DMY);
  g_assert_cmpint (cc_entry_read_date (pack, "3/4/2023", CC_DATE_ORDER_MDY, today, &date), ==,
                   CC_ENTRY_OK);
  g_assert_cmpint (date.first, ==, cc_day_from_ymd (2023, 3, 4));
}

/* What a field shows for a stored date is read as that date again, whatever the order. */
static void
test_dates_again (void)
{
  static const char *const stored[] = { "1999",
                                        "2023",
                                        "2023-01",
                                        "2023-12",
                                        "2024-02-29",
                                        "2023-04-03",
                                        "2023-11-12",
                                        "2022-02..2023-01",
                                        "2023-01-03..2023-02-07" };

  for (CcDateOrder order = CC_DATE_ORDER_DMY; order <= CC_DATE_ORDER_YMD; order++)
    for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
      {
        g_autofree char *text = NULL;
        CcInterval       date, again;

        g_assert_true (cc_interval_from_iso (stored[i], &date));
        text = cc_entry_write_date (date, order);
        g_assert_cmpint (cc_entry_read_date (pack, text, order, today, &again), ==, CC_ENTRY_OK);
        g_assert_cmpint (again.first, ==, date.first);
        g_assert_cmpint (again.last, ==, date.last);
      }
}

typedef struct
{
  const char *text;
  CcEntryRead read;
  int         min, max;
  const char *day;
} AgeCase;

static const AgeCase ages[] = {
  { "", CC_ENTRY_EMPTY, -1, -1, "" },
  { "17", CC_ENTRY_OK, 17, 17, "" },
  { "17 years", CC_ENTRY_OK, 17, 17, "" },
  { "15-17", CC_ENTRY_OK, 15, 17, "" },
  { "15 à 17 ans", CC_ENTRY_OK, 15, 17, "" },
  { "about 20", CC_ENTRY_OK, 20, 20, "" },
  { "18+", CC_ENTRY_OK, 18, -1, "" },
  { "<18", CC_ENTRY_OK, 0, 17, "" },
  { "child", CC_ENTRY_OK, 0, 17, "" },
  { "adult", CC_ENTRY_OK, 18, -1, "" },
  { "8 months", CC_ENTRY_OK, 0, 0, "" },
  { "17 on 14/3/2023", CC_ENTRY_OK, 17, 17, "2023-03-14" },
  { "15-17 (14/3/2023)", CC_ENTRY_OK, 15, 17, "2023-03-14" },
  { "17 @ 2023-03-14", CC_ENTRY_OK, 17, 17, "2023-03-14" },
  { "17 ans le 14 mars 2023", CC_ENTRY_OK, 17, 17, "2023-03-14" },
  { "unknown", CC_ENTRY_UNKNOWN, -1, -1, "" },
  { "130", CC_ENTRY_TOO_LARGE, -1, -1, "" },
  { "9 and 12", CC_ENTRY_SEVERAL, -1, -1, "" },
  { "young", CC_ENTRY_UNREADABLE, -1, -1, "" },
  { "17-15", CC_ENTRY_UNREADABLE, -1, -1, "" },
};

static void
test_ages (void)
{
  CcEntryAge age;

  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      CcEntryRead read = cc_entry_read_age (pack, ages[i].text, CC_DATE_ORDER_DMY, today, &age);
      g_autofree char *day = age.day != CC_DAY_NONE ? cc_day_to_iso (age.day) : g_strdup ("");

      g_test_message ("%s", ages[i].text);
      g_assert_cmpint (read, ==, ages[i].read);
      g_assert_cmpint (age.min, ==, ages[i].min);
      g_assert_cmpint (age.max, ==, ages[i].max);
      g_assert_cmpstr (day, ==, ages[i].day);
    }
  g_assert_cmpint (cc_entry_read_age (pack, "2006", CC_DATE_ORDER_DMY, today, &age), ==,
                   CC_ENTRY_BIRTH);
  g_assert_cmpint (cc_day_year (age.birth.first), ==, 2006);
  g_assert_cmpint (cc_entry_read_age (pack, "14/3/2006", CC_DATE_ORDER_DMY, today, &age), ==,
                   CC_ENTRY_BIRTH);
  g_assert_true (cc_interval_is_day (age.birth));
}

static void
test_ages_again (void)
{
  static const struct
  {
    int         min, max;
    gboolean    day;
    const char *text;
  } stored[] = {
    { 17, 17, FALSE, "17" },
    { 15, 17, FALSE, "15-17" },
    { 18, -1, FALSE, "18+" },
    { 0, 17, FALSE, "0-17" },
    { 0, 0, FALSE, "0" },
    { -1, -1, FALSE, "" },
    { 17, 17, TRUE, "17 (14/3/2023)" },
    { 18, -1, TRUE, "18+ (14/3/2023)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    {
      const CcDay      day = stored[i].day ? cc_day_from_ymd (2023, 3, 14) : CC_DAY_NONE;
      g_autofree char *text =
          cc_entry_write_age (stored[i].min, stored[i].max, day, CC_DATE_ORDER_DMY);
      CcEntryAge age;

      g_assert_cmpstr (text, ==, stored[i].text);
      g_assert_cmpint (cc_entry_read_age (pack, text, CC_DATE_ORDER_DMY, today, &age), ==,
                       *text ? CC_ENTRY_OK : CC_ENTRY_EMPTY);
      g_assert_cmpint (age.min, ==, stored[i].min);
      g_assert_cmpint (age.max, ==, stored[i].max);
      g_assert_cmpint (age.day, ==, day);
    }
}

static void
test_numbers (void)
{
  gint64 number;

  g_assert_cmpint (cc_entry_read_number ("0", &number), ==, CC_ENTRY_OK);
  g_assert_cmpint (number, ==, 0);
  g_assert_cmpint (cc_entry_read_number (" 12 ", &number), ==, CC_ENTRY_OK);
  g_assert_cmpint (number, ==, 12);
  g_assert_cmpint (cc_entry_read_number ("١٢", &number), ==, CC_ENTRY_OK);
  g_assert_cmpint (number, ==, 12);
  g_assert_cmpint (cc_entry_read_number ("", &number), ==, CC_ENTRY_EMPTY);
  g_assert_cmpint (cc_entry_read_number ("-1", &number), ==, CC_ENTRY_UNREADABLE);
  g_assert_cmpint (cc_entry_read_number ("two", &number), ==, CC_ENTRY_UNREADABLE);
  g_assert_cmpint (cc_entry_read_number ("99999999", &number), ==, CC_ENTRY_TOO_LARGE);
  g_assert_cmpint (cc_entry_read_number ("999999999999999999999999", &number), ==,
                   CC_ENTRY_TOO_LARGE);
}

static const CcCode *
code (const CcVariable *variable, const char *name)
{
  const CcCode *found = cc_pack_find_code (pack, variable->list, name);

  g_assert_nonnull (found);
  return found;
}

/* "None", the others, "none of these" and the kinds of no value exclude each other. */
static void
test_lists (void)
{
  const CcVariable *online = cc_pack_find_variable (pack, "EV14");
  g_autoptr (CcValue) value = cc_value_new (online);

  g_assert_false (cc_entry_is_stated (value));
  g_assert_true (cc_entry_add_code (value, code (online, "RECR"), 0));
  g_assert_true (cc_entry_add_code (value, code (online, "PAY"), 0));
  g_assert_false (cc_entry_add_code (value, code (online, "PAY"), 0));
  g_assert_cmpuint (value->codes->len, ==, 2);
  g_assert_cmpint (value->complete, ==, -1);
  g_assert_true (cc_entry_add_code (value, code (online, "NONE"), 0));
  g_assert_cmpuint (value->codes->len, ==, 1);
  g_assert_cmpint (value->complete, ==, 1);
  g_assert_true (cc_entry_add_code (value, code (online, "PAY"), 0));
  g_assert_cmpuint (value->codes->len, ==, 1);
  g_assert_cmpint (value->complete, ==, -1);
  cc_entry_set_no_value (value, CC_NO_VALUE_REFUSED);
  g_assert_cmpuint (value->codes->len, ==, 0);
  g_assert_true (cc_entry_is_stated (value));
  g_assert_true (cc_entry_add_code (value, code (online, "PAY"), 0));
  g_assert_cmpint (value->no_value, ==, CC_NO_VALUE_NONE);
  cc_entry_remove_code (value, code (online, "PAY"));
  g_assert_false (cc_entry_is_stated (value));
  cc_entry_set_none_of_these (value);
  g_assert_true (cc_entry_is_stated (value));
  g_assert_true (cc_entry_add_code (value, code (online, "RECR"), 0));
  g_assert_cmpint (value->complete, ==, -1);
}

static void
test_list_limit (void)
{
  const CcVariable *language = cc_pack_find_variable (pack, "VI16");
  GPtrArray        *codes = cc_pack_get_list_codes (pack, language->list);
  g_autoptr (CcValue) value = cc_value_new (language);

  g_assert_true (cc_entry_add_code (value, codes->pdata[0], 2));
  g_assert_true (cc_entry_add_code (value, codes->pdata[1], 2));
  g_assert_false (cc_entry_add_code (value, codes->pdata[2], 2));
  g_assert_cmpuint (value->codes->len, ==, 2);
}

static void
test_no_value (void)
{
  g_autoptr (CcValue) date = cc_value_new (cc_pack_find_variable (pack, "VI19"));
  g_autoptr (CcValue) age = cc_value_new (cc_pack_find_variable (pack, "VI06"));

  date->date = cc_interval_year (2023);
  date->text = g_strdup ("2023");
  cc_entry_set_no_value (date, CC_NO_VALUE_NOT_APPLICABLE);
  g_assert_false (cc_interval_is_known (date->date));
  g_assert_null (date->text);
  g_assert_true (cc_entry_is_stated (date));
  cc_entry_set_no_value (date, CC_NO_VALUE_NONE);
  g_assert_false (cc_entry_is_stated (date));
  age->age_max = 17;
  g_assert_true (cc_entry_is_stated (age));
  cc_entry_set_no_value (age, CC_NO_VALUE_NONE);
  g_assert_false (cc_entry_is_stated (age));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  g_assert_nonnull (pack);
  today = cc_day_from_ymd (2024, 6, 30);
  g_test_add_func ("/intake/entry/dates", test_dates);
  g_test_add_func ("/intake/entry/date-order", test_date_order);
  g_test_add_func ("/intake/entry/dates-again", test_dates_again);
  g_test_add_func ("/intake/entry/ages", test_ages);
  g_test_add_func ("/intake/entry/ages-again", test_ages_again);
  g_test_add_func ("/intake/entry/numbers", test_numbers);
  g_test_add_func ("/intake/entry/lists", test_lists);
  g_test_add_func ("/intake/entry/list-limit", test_list_limit);
  g_test_add_func ("/intake/entry/no-value", test_no_value);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
