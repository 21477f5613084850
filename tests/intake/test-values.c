/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-age-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-date-text.h>

static CcPack *pack;

static CcDay
today (void)
{
  return cc_day_from_ymd (2024, 6, 30);
}

typedef struct
{
  const char *text;
  CcDateOrder order;
  CcDateRead  read;
  const char *iso;
} DateCase;

static const DateCase date_cases[] = {
  { "2024-03-02", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2024-03-02" },
  { "2024-03-02T10:20:00", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2024-03-02" },
  { "2024/1/15", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2024-01-15" },
  { "23/11/2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-11-23" },
  { "11/23/2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-11-23" },
  { "02/03/23", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2023-03-02" },
  { "02/03/23", CC_DATE_ORDER_MDY, CC_DATE_READ_OK, "2023-02-03" },
  { "02/03/23", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_AMBIGUOUS, "2023-02-03..2023-03-02" },
  { "03/03/2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03-03" },
  { "02.03.2023", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2023-03-02" },
  { "15.12.23 22:10", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-12-15" },
  { "15.12.23 22h10", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-12-15" },
  { "23-XI-2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-11-23" },
  { "1st Feb 2024", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2024-02-01" },
  { "1er mars 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03-01" },
  { "2 de março de 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03-02" },
  { "March 2, 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03-02" },
  { "mars 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03" },
  { "03/2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03" },
  { "2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023" },
  { "T1 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-01-01..2023-03-31" },
  { "1.º semestre 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-01-01..2023-06-30" },
  { "44993", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03-08" },
  { "44993.92", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03-08" },
  { "20230302", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03-02" },
  { "٠٢/٠٣/٢٠٢٣", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2023-03-02" },
  { "۲۳/۱۱/۲۰۲۳", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-11-23" },
  { "مارس ٢٠٢٣", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03" },
  { "آذار 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-03" },
  { "12/05/98", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "1998-05-12" },
  { "31/02/2023", CC_DATE_ORDER_DMY, CC_DATE_READ_NO_DAY, "2023-02" },
  { "29/02/2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_NO_DAY, "2023-02" },
  { "29/02/2024", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2024-02-29" },
  { "31/04/2024", CC_DATE_ORDER_MDY, CC_DATE_READ_NO_DAY, "2024-04" },
  { "04/31/2024", CC_DATE_ORDER_DMY, CC_DATE_READ_NO_DAY, "2024-04" },
  { "30/02/23", CC_DATE_ORDER_DMY, CC_DATE_READ_NO_DAY, "2023-02" },
  { "23/02/30", CC_DATE_ORDER_YMD, CC_DATE_READ_NO_DAY, "2023-02" },
  { "2023-02-30", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_NO_DAY, "2023-02" },
  { "20230230", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_NO_DAY, "2023-02" },
  { "31 avril 2024", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_NO_DAY, "2024-04" },
  { "00/04/2024", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2024-04" },
  { "00/00/2023", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2023" },
  { "2023-05-00", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05" },
  { "00/13/2024", CC_DATE_ORDER_DMY, CC_DATE_READ_UNREADABLE, "" },
  { "13/13/2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_UNREADABLE, "" },
  { "2025-01-01", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_FUTURE, "2025-01-01" },
  { "15/08/1444", CC_DATE_ORDER_DMY, CC_DATE_READ_CALENDAR, "" },
  { "inconnu", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_UNKNOWN, "" },
  { "-", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_UNKNOWN, "" },
  { "  ", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_BLANK, "" },
  { "dans la nuit", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_UNREADABLE, "" },
  { "12", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_UNREADABLE, "" },
  { "mars 23", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_UNREADABLE, "" },
  { "May-23", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05" },
  { "mai-23", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05" },
  { "févr.-23", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-02" },
  { "23-May", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_UNREADABLE, "" },
  { "15/05/2023 (approx.)", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15" },
  { "15/05/2023?", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15" },
  { "vers mai 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05" },
  { "début mai 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05" },
  { "fin de mayo de 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05" },
  { "15-20/05/2023", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2023-05-15..2023-05-20" },
  { "15/05/2023 - 20/05/2023", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2023-05-15..2023-05-20" },
  { "15/05/2023-20/05/2023", CC_DATE_ORDER_DMY, CC_DATE_READ_OK, "2023-05-15..2023-05-20" },
  { "entre le 15 et le 20 mai 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK,
    "2023-05-15..2023-05-20" },
  { "du 15 au 20 mai 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15..2023-05-20" },
  { "15 mai au 2 juin 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15..2023-06-02" },
  { "mai - juin 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-01..2023-06-30" },
  { "mai-juin 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-01..2023-06-30" },
  { "2022-2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2022-01-01..2023-12-31" },
  { "20/05/2023 - 15/05/2023", CC_DATE_ORDER_DMY, CC_DATE_READ_UNREADABLE, "" },
  { "3 à 5 mai", CC_DATE_ORDER_DMY, CC_DATE_READ_UNREADABLE, "" },
  { "lundi 15 mai 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15" },
  { "Monday, 15/05/2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15" },
  { "Jumatatu 15 Mei 2023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15" },
  { "15.05.2023.", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15" },
  { "15052023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_OK, "2023-05-15" },
  { "03052023", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_AMBIGUOUS, "2023-03-05..2023-05-03" },
  { "15 Ramadan 1444", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_CALENDAR, "" },
  { "١٥ شعبان ١٤٤٤", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_CALENDAR, "" },
  { "Pagumen 3 2015", CC_DATE_ORDER_UNKNOWN, CC_DATE_READ_CALENDAR, "" },
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (date_cases); i++)
    {
      const DateCase *c = &date_cases[i];
      CcInterval      interval;
      CcDateRead read = cc_date_text_read (pack, c->text, c->order, today (), FALSE, &interval);
      g_autofree char *iso = cc_interval_to_iso (interval);

      g_test_message ("%s: %d %s", c->text, read, iso);
      g_assert_cmpint (read, ==, c->read);
      g_assert_cmpstr (iso, ==, c->iso);
    }
}

/* A column of another calendar, once somebody has said so. */
static void
test_calendars (void)
{
  static const struct
  {
    const char *text;
    CcCalendar  calendar;
    CcDateRead  read;
    const char *iso;
  } cases[] = {
    { "01/01/1445", CC_CALENDAR_HIJRI, CC_DATE_READ_OK, "2023-07-19" },
    { "1445-01-01", CC_CALENDAR_HIJRI, CC_DATE_READ_OK, "2023-07-19" },
    { "15 Ramadan 1444", CC_CALENDAR_HIJRI, CC_DATE_READ_OK, "2023-04-06" },
    { "١٥ رمضان ١٤٤٤", CC_CALENDAR_HIJRI, CC_DATE_READ_OK, "2023-04-06" },
    { "Rabi al-awwal 1444", CC_CALENDAR_HIJRI, CC_DATE_READ_OK, "2022-09-27..2022-10-26" },
    { "1444", CC_CALENDAR_HIJRI, CC_DATE_READ_OK, "2022-07-30..2023-07-18" },
    { "2023-05-13", CC_CALENDAR_HIJRI, CC_DATE_READ_OK, "2023-05-13" },
    { "30/02/1444", CC_CALENDAR_HIJRI, CC_DATE_READ_NO_DAY, "2022-08-29..2022-09-26" },
    { "15 mai 1444", CC_CALENDAR_HIJRI, CC_DATE_READ_UNREADABLE, "" },
    { "01/01/2016", CC_CALENDAR_ETHIOPIAN, CC_DATE_READ_OK, "2023-09-12" },
    { "2016-01-01", CC_CALENDAR_ETHIOPIAN, CC_DATE_READ_OK, "2023-09-12" },
    { "Meskerem 1 2016", CC_CALENDAR_ETHIOPIAN, CC_DATE_READ_OK, "2023-09-12" },
    { "Pagumen 3 2015", CC_CALENDAR_ETHIOPIAN, CC_DATE_READ_OK, "2023-09-08" },
    { "6/13/2015", CC_CALENDAR_ETHIOPIAN, CC_DATE_READ_OK, "2023-09-11" },
    { "15/08/2023", CC_CALENDAR_ETHIOPIAN, CC_DATE_READ_FUTURE, "2031-04-23" },
    { "15/08/1444", CC_CALENDAR_GREGORIAN, CC_DATE_READ_CALENDAR, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CcDateForm form = { CC_DATE_ORDER_DMY, cases[i].calendar, FALSE };
      CcInterval       interval;
      guint            notes;
      CcDateRead       read =
          cc_date_text_read_form (pack, cases[i].text, &form, today (), &interval, &notes);
      g_autofree char *iso = cc_interval_to_iso (interval);

      g_test_message ("%s: %d %s", cases[i].text, read, iso);
      g_assert_cmpint (read, ==, cases[i].read);
      g_assert_cmpstr (iso, ==, cases[i].iso);
    }
}

static void
test_date_1904 (void)
{
  CcInterval       interval;
  g_autofree char *iso = NULL;

  g_assert_cmpint (cc_date_text_read (pack, "43531", CC_DATE_ORDER_UNKNOWN, today (), TRUE,
                                      &interval),
                   ==, CC_DATE_READ_OK);
  iso = cc_interval_to_iso (interval);
  g_assert_cmpstr (iso, ==, "2023-03-08");
}

static void
check_order (const char *values, CcDateOrder order, gboolean ambiguous)
{
  g_auto (GStrv) texts = g_strsplit (values, " ", -1);
  CcDateScan scan = { 0 };
  gboolean   found;

  for (guint i = 0; texts[i]; i++)
    cc_date_scan_add (&scan, pack, texts[i], today (), 1);
  g_test_message ("%s", values);
  g_assert_cmpint (cc_date_scan_decide (&scan, &found), ==, order);
  g_assert_cmpint (found, ==, ambiguous);
}

static void
test_date_order (void)
{
  check_order ("02/03/2023 23/11/2023", CC_DATE_ORDER_DMY, FALSE);
  check_order ("02/03/2023 11/23/2023", CC_DATE_ORDER_MDY, FALSE);
  check_order ("02/03/2023 04/05/2023", CC_DATE_ORDER_UNKNOWN, TRUE);
  check_order ("02/03/2023 23/11/2023 11/23/2023", CC_DATE_ORDER_UNKNOWN, TRUE);
  check_order ("2023-03-02 2023-04-05", CC_DATE_ORDER_YMD, FALSE);
  check_order ("03/03/2023 04/04/2023", CC_DATE_ORDER_UNKNOWN, FALSE);
}

static void
test_periods (void)
{
  static const struct
  {
    const char *text;
    const char *iso;
  } cases[] = {
    { "2023", "2023" },
    { "2023-05", "2023-05" },
    { "2023-01-01..2023-06-30", "2023-01-01..2023-06-30" },
    { "S1 2023", "2023-01-01..2023-06-30" },
    { "mars 2023", "2023-03" },
    { "whenever", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CcInterval       interval;
      gboolean         ok = cc_period_from_text (pack, cases[i].text, &interval);
      g_autofree char *iso = cc_interval_to_iso (interval);

      g_assert_cmpint (ok, ==, cases[i].iso[0] != '\0');
      g_assert_cmpstr (iso, ==, cases[i].iso);
    }
}

typedef struct
{
  const char *text;
  CcAgeRead   read;
  int         min, max;
  gboolean    approximate;
} AgeCase;

static const AgeCase age_cases[] = {
  { "15", CC_AGE_READ_OK, 15, 15, FALSE },
  { "15 ans", CC_AGE_READ_OK, 15, 15, FALSE },
  { "15 yrs", CC_AGE_READ_OK, 15, 15, FALSE },
  { "15 anos", CC_AGE_READ_OK, 15, 15, FALSE },
  { "١٦ سنة", CC_AGE_READ_OK, 16, 16, FALSE },
  { "miaka 15", CC_AGE_READ_OK, 15, 15, FALSE },
  { "15-17", CC_AGE_READ_OK, 15, 17, FALSE },
  { "12–14", CC_AGE_READ_OK, 12, 14, FALSE },
  { "15 à 17", CC_AGE_READ_OK, 15, 17, FALSE },
  { "15 à 17 ans", CC_AGE_READ_OK, 15, 17, FALSE },
  { "15 a 17", CC_AGE_READ_OK, 15, 17, FALSE },
  { "15 to 17", CC_AGE_READ_OK, 15, 17, FALSE },
  { "15/17", CC_AGE_READ_OK, 15, 17, FALSE },
  { "entre 15 et 17", CC_AGE_READ_OK, 15, 17, FALSE },
  { "<18", CC_AGE_READ_OK, 0, 17, FALSE },
  { "-18", CC_AGE_READ_OK, 0, 17, FALSE },
  { "< 18 ans", CC_AGE_READ_OK, 0, 17, FALSE },
  { "moins de 18", CC_AGE_READ_OK, 0, 17, FALSE },
  { "under 18", CC_AGE_READ_OK, 0, 17, FALSE },
  { "menor de 18", CC_AGE_READ_OK, 0, 17, FALSE },
  { "أقل من 18", CC_AGE_READ_OK, 0, 17, FALSE },
  { "18+", CC_AGE_READ_OK, 18, -1, FALSE },
  { "+18", CC_AGE_READ_OK, 18, -1, FALSE },
  { ">18", CC_AGE_READ_OK, 18, -1, FALSE },
  { "18 ans et plus", CC_AGE_READ_OK, 18, -1, FALSE },
  { "plus de 18 ans", CC_AGE_READ_OK, 18, -1, FALSE },
  { "mineur", CC_AGE_READ_OK, 0, 17, FALSE },
  { "mineur(e)", CC_AGE_READ_OK, 0, 17, FALSE },
  { "menor", CC_AGE_READ_OK, 0, 17, FALSE },
  { "قاصر", CC_AGE_READ_OK, 0, 17, FALSE },
  { "adulte", CC_AGE_READ_OK, 18, -1, FALSE },
  { "adult?", CC_AGE_READ_OK, 18, -1, TRUE },
  { "major", CC_AGE_READ_OK, 18, -1, FALSE },
  { "راشد", CC_AGE_READ_OK, 18, -1, FALSE },
  { "environ 15", CC_AGE_READ_OK, 15, 15, TRUE },
  { "environ 15 ans", CC_AGE_READ_OK, 15, 15, TRUE },
  { "~15", CC_AGE_READ_OK, 15, 15, TRUE },
  { "15?", CC_AGE_READ_OK, 15, 15, TRUE },
  { "6 mois", CC_AGE_READ_OK, 0, 0, FALSE },
  { "18 mois", CC_AGE_READ_OK, 1, 1, FALSE },
  { "3 semaines", CC_AGE_READ_OK, 0, 0, FALSE },
  { "3 ans 1/2", CC_AGE_READ_OK, 3, 3, FALSE },
  { "3,5", CC_AGE_READ_OK, 3, 3, FALSE },
  { "3 ans et demi", CC_AGE_READ_OK, 3, 3, FALSE },
  { "2 ans 6 mois", CC_AGE_READ_OK, 2, 2, FALSE },
  { "0-5", CC_AGE_READ_OK, 0, 5, FALSE },
  { "15 ans et 6 mois", CC_AGE_READ_OK, 15, 15, FALSE },
  { "1 year and 6 months", CC_AGE_READ_OK, 1, 1, FALSE },
  { "6 mois et 15 ans", CC_AGE_READ_SEVERAL, -1, -1, FALSE },
  { "[15-17]", CC_AGE_READ_OK, 15, 17, FALSE },
  { "quinze ans", CC_AGE_READ_OK, 15, 15, FALSE },
  { "fifteen", CC_AGE_READ_OK, 15, 15, FALSE },
  { "dix-sept ans", CC_AGE_READ_OK, 17, 17, FALSE },
  { "vingt-cinq ans", CC_AGE_READ_OK, 25, 25, FALSE },
  { "soixante-quinze", CC_AGE_READ_OK, 75, 75, FALSE },
  { "miaka kumi na tano", CC_AGE_READ_OK, 15, 15, FALSE },
  { "خمسة عشر سنة", CC_AGE_READ_OK, 15, 15, FALSE },
  { "teenager", CC_AGE_READ_OK, 13, 19, FALSE },
  { "ado", CC_AGE_READ_OK, 10, 19, FALSE },
  { "ado de 15 ans", CC_AGE_READ_OK, 15, 15, FALSE },
  { "nouveau-né", CC_AGE_READ_OK, 0, 0, FALSE },
  { "env. 20", CC_AGE_READ_OK, 20, 20, TRUE },
  { "né en 2005", CC_AGE_READ_BIRTH, -1, -1, FALSE },
  { "née en 2005", CC_AGE_READ_BIRTH, -1, -1, FALSE },
  { "born in 2005", CC_AGE_READ_BIRTH, -1, -1, FALSE },
  { "مواليد 2005", CC_AGE_READ_BIRTH, -1, -1, FALSE },
  { "né en 15", CC_AGE_READ_UNREADABLE, -1, -1, FALSE },
  { "9 e 12 anos", CC_AGE_READ_SEVERAL, -1, -1, FALSE },
  { "9 et 12", CC_AGE_READ_SEVERAL, -1, -1, FALSE },
  { "9, 12", CC_AGE_READ_SEVERAL, -1, -1, FALSE },
  { "2005", CC_AGE_READ_BIRTH, -1, -1, FALSE },
  { "01/07/2005", CC_AGE_READ_BIRTH, -1, -1, FALSE },
  { "2005-07-01", CC_AGE_READ_BIRTH, -1, -1, FALSE },
  { "150", CC_AGE_READ_IMPOSSIBLE, -1, -1, FALSE },
  { "17-15", CC_AGE_READ_UNREADABLE, -1, -1, FALSE },
  { "18-", CC_AGE_READ_UNREADABLE, -1, -1, FALSE },
  { "jeune", CC_AGE_READ_UNREADABLE, -1, -1, FALSE },
  { "ND", CC_AGE_READ_UNKNOWN, -1, -1, FALSE },
  { "?", CC_AGE_READ_UNKNOWN, -1, -1, FALSE },
  { "", CC_AGE_READ_BLANK, -1, -1, FALSE },
};

static void
test_ages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (age_cases); i++)
    {
      const AgeCase *c = &age_cases[i];
      CcAgeText      age;
      CcAgeRead      read = cc_age_text_read (pack, c->text, CC_DATE_ORDER_DMY, today (), &age);

      g_test_message ("%s: %d %d..%d", c->text, read, age.min, age.max);
      g_assert_cmpint (read, ==, c->read);
      g_assert_cmpint (age.min, ==, c->min);
      g_assert_cmpint (age.max, ==, c->max);
      if (read == CC_AGE_READ_OK)
        g_assert_cmpint (age.approximate, ==, c->approximate);
      g_assert_cmpint (cc_interval_is_known (age.birth), ==, read == CC_AGE_READ_BIRTH);
    }
}

/* "M F" -> what M and F mean in a column of these codes; "?" must be asked, "c" marks a child. */
static void
check_sexes (const char *header, const char *codes, const char *meanings)
{
  g_autoptr (CcSexReader) reader = cc_sex_reader_new (pack);
  g_auto (GStrv) texts = g_strsplit (codes, "|", -1);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; texts[i]; i++)
    cc_sex_reader_add (reader, texts[i]);
  cc_sex_reader_decide (reader, header);
  for (guint i = 0; texts[i]; i++)
    {
      CcSexText  sex;
      CcCodeRead read = cc_sex_reader_read (reader, texts[i], &sex);

      if (read == CC_CODE_READ_OK)
        g_string_append_printf (found, "%s%s", sex.sex->code,
                                sex.age_max == 17   ? "c"
                                : sex.age_min == 18 ? "a"
                                                    : "");
      else if (read == CC_CODE_READ_ASK)
        g_string_append_c (found, '?');
      else if (read == CC_CODE_READ_NO_VALUE)
        g_string_append_c (found, 'U');
      else
        g_string_append_printf (found, "#%d", sex.n_persons);
    }
  g_test_message ("%s [%s]: %s", codes, header, found->str);
  g_assert_cmpstr (found->str, ==, meanings);
}

static void
test_sexes (void)
{
  check_sexes ("Sex", "M|F", "MF");
  check_sexes ("Sexe", "H|F", "MF");
  check_sexes ("H/M", "H|M", "M?");
  check_sexes ("Sexo", "M|H|H", "?MM");
  check_sexes ("Sexe", "F|G", "FcMc");
  check_sexes ("الجنس", "ذ|أ", "MF");
  check_sexes ("الجنس", "ذكر|أنثى", "MF");
  check_sexes ("Sexe", "M", "?");
  check_sexes ("Sexe (M/F)", "M", "M");
  check_sexes ("Sex", "1|2", "??");
  check_sexes ("Sex", "0|1", "??");
  check_sexes ("Sexe", "homme|femme", "MF");
  check_sexes ("Sexe", "homme|femme|garçon|fille", "MaFaMcFc");
  check_sexes ("Gender", "Female|Male|unknown|-", "FMUU");
  check_sexes ("Sexe", "M|F|ND", "MFU");
  /* A gender that is no sex is asked about; it is in none of its words. */
  check_sexes ("Gender", "female|Transgender woman|trans man, 30|non-binary", "F???");
  check_sexes ("Genre", "homme|Femme trans|féminin (25 ans)", "M?F");
  check_sexes ("Gender", "Woman|Man|Trans/Transgender/NonConforming", "FM?");
  check_sexes ("H/M", "1H/1M|H|M", "#2M?");
  check_sexes ("Sex/Age", "M/40,F/35|M/40|F/17", "#2MF");
  check_sexes ("Sexe", "M|F|zzz", "MF#1");
}

static void
check_country (const char *text, CcCodeRead read, const char *code)
{
  CcCodeText result;
  CcCodeRead found = cc_code_text_read (pack, "COUNTRY", text, "BEN", &result);

  g_test_message ("%s: %d %s", text, found, result.code ? result.code->code : "");
  g_assert_cmpint (found, ==, read);
  g_assert_cmpstr (result.code ? result.code->code : NULL, ==, code);
}

static void
test_countries (void)
{
  check_country ("BEN", CC_CODE_READ_OK, "BEN");
  check_country ("Béninoise", CC_CODE_READ_OK, "BEN");
  check_country ("SENEGAL", CC_CODE_READ_OK, "SEN");
  check_country ("Sénégal", CC_CODE_READ_OK, "SEN");
  check_country ("nigérien", CC_CODE_READ_OK, "NER");
  check_country ("nigérienne", CC_CODE_READ_OK, "NER");
  check_country ("nigérian", CC_CODE_READ_OK, "NGA");
  check_country ("nigériane", CC_CODE_READ_OK, "NGA");
  check_country ("NIG", CC_CODE_READ_ASK, NULL);
  check_country ("Guinée", CC_CODE_READ_ASK, NULL);
  check_country ("Congo", CC_CODE_READ_ASK, NULL);
  check_country ("Sudan", CC_CODE_READ_ASK, NULL);
  check_country ("soudanaise", CC_CODE_READ_ASK, NULL);
  check_country ("South Sudan", CC_CODE_READ_OK, "SSD");
  check_country ("Mali", CC_CODE_READ_OK, "MLI");
  check_country ("Mali/Malawi", CC_CODE_READ_ASK, NULL);
  check_country ("Caribbean (Trinidad and Tobago, Barbados, etc)", CC_CODE_READ_NO_VALUE, NULL);
  check_country ("moçambicana", CC_CODE_READ_OK, "MOZ");
  check_country ("تونسية", CC_CODE_READ_OK, "TUN");
  check_country ("CÃ´te d'Ivoire", CC_CODE_READ_OK, "CIV");
  check_country ("Mumbai, India", CC_CODE_READ_OK, "IND");
  check_country ("Netherlands (own country)", CC_CODE_READ_OK, "NLD");
  check_country ("own country", CC_CODE_READ_OK, "BEN");
  check_country ("Ciudadanos de su país", CC_CODE_READ_OK, "BEN");
  check_country ("2 maliens", CC_CODE_READ_OK, "MLI");
  check_country ("N/A", CC_CODE_READ_NO_VALUE, NULL);
  check_country ("NA", CC_CODE_READ_NO_VALUE, NULL);
  check_country ("Desconocido", CC_CODE_READ_NO_VALUE, NULL);
  check_country ("Africa", CC_CODE_READ_NO_VALUE, NULL);
  check_country ("(especifique otras nacionalidades)", CC_CODE_READ_BLANK, NULL);
  check_country ("0", CC_CODE_READ_UNMAPPED, NULL);
  check_country ("Sweeedenn", CC_CODE_READ_UNMAPPED, NULL);
}

static void
check_split (const char *list, const char *text, const char *joined)
{
  g_auto (GStrv) parts = cc_code_text_split (pack, list, text);
  g_autofree char *found = g_strjoinv ("|", parts);

  g_test_message ("%s -> %s", text, found);
  g_assert_cmpstr (found, ==, joined);
}

static void
test_splits (void)
{
  check_split ("EXPL", "Sexual exploitation; Forced labour", "Sexual exploitation|Forced labour");
  check_split ("EXPL", "Sexual exploitation; Other", "Sexual exploitation|Other");
  check_split ("EXPL", "exploitation sexuelle / autre", "exploitation sexuelle|autre");
  check_split ("EXPL", "mendicité / travail forcé", "mendicité|travail forcé");
  check_split ("EXPL", "العمل القسري + تسول", "العمل القسري|تسول");
  check_split ("EXPL", "exploitation sexuelle et mendicité", "exploitation sexuelle|mendicité");
  check_split ("EXPL", "exploração sexual e trabalho forçado",
               "exploração sexual|trabalho forçado");
  check_split ("EXPL", "domestic work, no pay", "domestic work, no pay");
  check_split ("COUNTRY", "Togo, Bénin", "Togo|Bénin");
  check_split ("COUNTRY", "Togo/Bénin/Mali", "Togo|Bénin|Mali");
  check_split ("COUNTRY", "Caribbean (Trinidad and Tobago, Barbados, etc)",
               "Caribbean (Trinidad and Tobago, Barbados, etc)");
  check_split ("COUNTRY", "Mali/Malawi", "Mali/Malawi");
  check_split ("COUNTRY", "3 nigériens et 1 tunisien", "3 nigériens|1 tunisien");
  check_split ("COUNTRY", "2 NIG, 1 TOGO", "2 NIG|1 TOGO");
  check_split ("COUNTRY", "Niger and Nigeria", "Niger|Nigeria");
  check_split ("COUNTRY", "تونسية وليبية", "تونسية|ليبية");
  check_split ("ISIC", "Construction", "Construction");
  check_split ("EXPL", "", "");
}

static void
test_words (void)
{
  g_assert_true (cc_word_is_total (pack, "TOTAL GENERAL : 2"));
  g_assert_true (cc_word_is_total (pack, "S/Total"));
  g_assert_true (cc_word_is_total (pack, "المجموع"));
  g_assert_false (cc_word_is_total (pack, "Totonou"));
  g_assert_true (cc_word_is_ditto (pack, "idem"));
  g_assert_true (cc_word_is_ditto (pack, "\""));
  g_assert_true (cc_word_is_ditto (pack, "//"));
  g_assert_true (cc_word_is_ditto (pack, "(idem)"));
  g_assert_true (cc_word_is_ditto (pack, "مثله"));
  g_assert_false (cc_word_is_ditto (pack, "Idrissa"));
  g_assert_cmpint (cc_word_no_value (pack, "ND"), ==, CC_NO_VALUE_UNKNOWN);
  g_assert_cmpint (cc_word_no_value (pack, "non applicable"), ==, CC_NO_VALUE_NOT_APPLICABLE);
  g_assert_cmpint (cc_word_no_value (pack, "refused"), ==, CC_NO_VALUE_REFUSED);
  g_assert_cmpint (cc_word_no_value (pack, "_R"), ==, CC_NO_VALUE_REFUSED);
  g_assert_cmpint (cc_word_no_value (pack, "Cotonou"), ==, CC_NO_VALUE_NONE);
  g_assert_cmpint (cc_tick_text_read (pack, "O"), ==, CC_TICK_YES);
  g_assert_cmpint (cc_tick_text_read (pack, "x"), ==, CC_TICK_YES);
  g_assert_cmpint (cc_tick_text_read (pack, "1"), ==, CC_TICK_YES);
  g_assert_cmpint (cc_tick_text_read (pack, "oui (2)"), ==, CC_TICK_YES);
  g_assert_cmpint (cc_tick_text_read (pack, "yes - CNLTP"), ==, CC_TICK_YES);
  g_assert_cmpint (cc_tick_text_read (pack, "نعم"), ==, CC_TICK_YES);
  g_assert_cmpint (cc_tick_text_read (pack, "N"), ==, CC_TICK_NO);
  g_assert_cmpint (cc_tick_text_read (pack, "0"), ==, CC_TICK_NO);
  g_assert_cmpint (cc_tick_text_read (pack, "não"), ==, CC_TICK_NO);
  g_assert_cmpint (cc_tick_text_read (pack, ""), ==, CC_TICK_BLANK);
  g_assert_cmpint (cc_tick_text_read (pack, "perhaps"), ==, CC_TICK_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/intake/values/dates", test_dates);
  g_test_add_func ("/intake/values/calendars", test_calendars);
  g_test_add_func ("/intake/values/date-1904", test_date_1904);
  g_test_add_func ("/intake/values/date-order", test_date_order);
  g_test_add_func ("/intake/values/periods", test_periods);
  g_test_add_func ("/intake/values/ages", test_ages);
  g_test_add_func ("/intake/values/sexes", test_sexes);
  g_test_add_func ("/intake/values/countries", test_countries);
  g_test_add_func ("/intake/values/splits", test_splits);
  g_test_add_func ("/intake/values/words", test_words);
  result = g_test_run ();
  cc_pack_unref (pack);
  return result;
}
