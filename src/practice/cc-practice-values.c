/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>

static const char *const *
find_words (CcRowContext *self, const char *list, const char *code, guint *n)
{
  const CcAgencyKind *kind = self->agency->kind;

  for (guint i = 0; kind->words[i] != NULL; i++)
    {
      const char *const *words =
          cc_practice_data_words (self->world->data, kind->words[i], list, code, n);

      if (words != NULL)
        return words;
    }
  *n = 0;
  return NULL;
}

/* Writes the agency's word for a code, or for the code above it where the agency is less exact.
 * Returns the code that was written; NULL where the agency has no word. */
const CcCode *
cc_row_write_code (CcRowContext *self, const CcCode *code, GString *text)
{
  while (code != NULL)
    {
      guint              n;
      const char *const *words = find_words (self, code->list, code->code, &n);

      if (words != NULL)
        {
          /* The usual word mostly; the others now and then. */
          guint at = n > 1 && cc_practice_chance (&self->random, 2500)
                         ? 1 + cc_random_below (&self->random, n - 1)
                         : 0;

          g_string_append (text, words[at]);
          return code;
        }
      code = *code->parent != '\0'
                 ? cc_pack_find_code (self->world->data->pack, code->list, code->parent)
                 : NULL;
    }
  return NULL;
}

/* What an agency writes where it does not know: a word now and then, else nothing. */
void
cc_row_write_unknown (CcRowContext *self, CcWrittenCell *cell)
{
  guint              n;
  const char *const *words = find_words (self, "_UNKNOWN", "_U", &n);
  gboolean           says = cc_practice_chance (&self->random, 4000);
  guint              at = n > 0 ? cc_random_below (&self->random, n) : 0;

  cell->text = g_strdup (says && n > 0 ? words[at] : "");
}

/* Several codes in one cell, joined as the agency does it. */
void
cc_row_write_codes (CcRowContext    *self,
                    const char      *list,
                    const CcCodeSet *said,
                    CcCodeSet       *read,
                    CcWrittenCell   *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < said->n; i++)
    {
      g_autoptr (GString) word = g_string_new (NULL);
      const CcCode *code = cc_row_write_code (self, said->at[i], word);

      if (code == NULL || cc_code_set_has (read, code))
        continue;
      if (text->len > 0)
        g_string_append (text, self->agency->kind->separator);
      g_string_append (text, word->str);
      cc_code_set_add (read, code);
    }
  if (text->len > 0)
    cell->text = g_strdup (text->str);
  else
    cc_row_write_unknown (self, cell);
}

/* One of the ways "adjective:75;name:25" by their shares; a style without shares is itself. */
static char *
choose_way (CcRowContext *self, const char *style)
{
  g_auto (GStrv) ways = g_strsplit (style, ";", -1);
  guint at;

  if (strchr (style, ':') == NULL)
    return g_strdup (style);
  at = cc_random_below (&self->random, 100);
  for (guint i = 0; ways[i] != NULL; i++)
    {
      char *colon = strchr (ways[i], ':');
      guint share;

      *colon = '\0';
      share = (guint) g_ascii_strtoull (colon + 1, NULL, 10);
      if (at < share || ways[i + 1] == NULL)
        return g_strdup (ways[i]);
      at -= share;
    }
  return g_strdup ("name");
}

/* A country as name, adjective, ISO code, or the bare abbreviation that could mean two countries
 * (the agency's map file says which it means). */
const CcCode *
cc_row_write_country (CcRowContext *self, const CcCode *country, const char *style, GString *text)
{
  CcPracticeData     *data = self->world->data;
  const CcAgencyKind *kind = self->agency->kind;
  g_autofree char    *way = choose_way (self, style);

  if (country == data->stateless)
    return cc_row_write_code (self, country, text);
  if (g_str_equal (way, "alpha3"))
    g_string_append (text, country->code);
  else if (g_str_equal (way, "trap") && g_str_equal (country->code, "NGA"))
    g_string_append (text, "NIG");
  else
    g_string_append (text, cc_practice_data_country_word (data, country, kind->language,
                                                          !g_str_equal (way, "name")));
  return text->len > 0 ? country : NULL;
}

static void
append_eastern (GString *text, const char *digits)
{
  for (const char *p = digits; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_unichar (text, 0x0660 + (gunichar) (*p - '0'));
    else
      g_string_append_c (text, *p);
}

static CcInterval
write_month (CcRowContext *self, CcDay day, CcWrittenCell *cell)
{
  int              year, month, mday;
  guint            n;
  g_autofree char *number = NULL;
  g_autofree char *digits = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *const *words;

  cc_day_to_ymd (day, &year, &month, &mday);
  number = g_strdup_printf ("%d", month);
  digits = g_strdup_printf ("%d", year);
  words = find_words (self, "_MONTH", number, &n);
  g_string_append (text, n > 0 ? words[0] : number);
  g_string_append_c (text, ' ');
  if (self->agency->kind->eastern_digits)
    append_eastern (text, digits);
  else
    g_string_append (text, digits);
  cell->text = g_strdup (text->str);
  return cc_interval_month (year, month);
}

/* "1st Feb 2024", as English dockets are written by hand. */
static char *
format_words (CcRowContext *self, int year, int month, int day)
{
  const char        *ending = day % 10 == 1 && day != 11   ? "st"
                              : day % 10 == 2 && day != 12 ? "nd"
                              : day % 10 == 3 && day != 13 ? "rd"
                                                           : "th";
  g_autofree char   *number = g_strdup_printf ("%d", month);
  guint              n;
  const char *const *names = find_words (self, "_MONTH", number, &n);

  return g_strdup_printf ("%d%s %s %d", day, ending, n > 0 ? names[0] : number, year);
}

/* Writes a date with the precision it has and returns what can be read: dmy 02/03/2023, dash
 * 02-03-2023, short 02/03/23, words 2nd March 2023, iso 2023-03-02, cell a spreadsheet date, month
 * "mars 2023". */
CcInterval
cc_row_write_date (CcRowContext *self, CcInterval date, const char *style, CcWrittenCell *cell)
{
  int              year, month, day;
  char             mark = g_str_equal (style, "dash") ? '-' : '/';
  g_autofree char *text = NULL;

  if (!cc_interval_is_known (date))
    return CC_INTERVAL_UNKNOWN;
  if (g_str_equal (style, "month"))
    return write_month (self, date.first, cell);
  cc_day_to_ymd (date.first, &year, &month, &day);
  if (!cc_interval_is_day (date) && date.last - date.first > 31)
    text = g_strdup_printf ("%d", year);
  else if (!cc_interval_is_day (date))
    text = g_str_equal (style, "iso") ? g_strdup_printf ("%d-%02d", year, month)
                                      : g_strdup_printf ("%02d%c%d", month, mark, year);
  else if (g_str_equal (style, "iso"))
    text = g_strdup_printf ("%d-%02d-%02d", year, month, day);
  else if (g_str_equal (style, "words"))
    text = format_words (self, year, month, day);
  else if (g_str_equal (style, "short"))
    text = g_strdup_printf ("%02d/%02d/%02d", day, month, year % 100);
  else if (g_str_equal (style, "cell"))
    {
      text = g_strdup_printf ("%d-%02d-%02d", year, month, day);
      cell->is_date = TRUE;
      cell->day = date.first;
    }
  else
    text = g_strdup_printf ("%02d%c%02d%c%d", day, mark, month, mark, year);
  if (self->agency->kind->eastern_digits)
    {
      g_autoptr (GString) eastern = g_string_new (NULL);

      append_eastern (eastern, text);
      cell->text = g_strdup (eastern->str);
    }
  else
    cell->text = g_steal_pointer (&text);
  return date;
}

static void
read_age (CcRowContext *self, int min, int max)
{
  self->read->age_min = min;
  self->read->age_max = max;
}

static void
write_band (CcRowContext *self, int age, CcWrittenCell *cell)
{
  static const int from[] = { 0, 12, 18, 25, 35 };
  guint            i = G_N_ELEMENTS (from) - 1;

  while (age < from[i])
    i--;
  if (i + 1 == G_N_ELEMENTS (from))
    cell->text = g_strdup_printf ("%d+", from[i]);
  else
    cell->text = g_strdup_printf ("%d-%d", from[i], from[i + 1] - 1);
  read_age (self, from[i], i + 1 == G_N_ELEMENTS (from) ? CC_PRACTICE_AGE_OPEN : from[i + 1] - 1);
}

static void
write_class (CcRowContext *self, int age, CcWrittenCell *cell)
{
  guint              n;
  const char *const *words = find_words (self, "_AGE", age < 18 ? "C" : "A", &n);

  cell->text = g_strdup (n > 0 ? words[0] : "");
  if (n > 0)
    read_age (self, age < 18 ? 0 : 18, age < 18 ? 17 : CC_PRACTICE_AGE_OPEN);
}

/* Puts the agency's words around a number of years: "15 ans", "environ 15 ans". */
static void
write_years (CcRowContext *self, const char *way, GString *text)
{
  guint              n;
  const char *const *words = find_words (self, "_AGE", way, &n);
  g_autofree char   *digits = g_strdup (text->str);

  if (n == 0)
    return;
  g_string_assign (text, words[0]);
  g_string_replace (text, "{n}", digits, 0);
}

/* Writes an age: plain 15, years "15 ans", range "15-17", band "12-17", eastern digits; sometimes
 * only child or adult. */
void
cc_row_write_age (CcRowContext *self, const char *style, CcWrittenCell *cell)
{
  int      age = self->said->age_min;
  gboolean vague;

  if (age < 0)
    return;
  vague = cc_practice_chance (&self->random, 800);
  if (g_str_equal (style, "band"))
    write_band (self, age, cell);
  else if (vague && !g_str_equal (style, "plain"))
    write_class (self, age, cell);
  else if (g_str_equal (style, "range"))
    {
      int from = age < 18 ? age / 3 * 3 : 18 + (age - 18) / 5 * 5;
      int to = age < 18 ? from + 2 : from + 4;

      cell->text = g_strdup_printf ("%d-%d", from, to);
      read_age (self, from, to);
    }
  else
    {
      g_autofree char *digits = g_strdup_printf ("%d", age);
      g_autoptr (GString) text = g_string_new (NULL);

      if (g_str_equal (style, "eastern"))
        append_eastern (text, digits);
      else
        g_string_append (text, digits);
      /* What somebody guessed is written as a guess. */
      if (g_str_equal (style, "years"))
        write_years (self, cc_practice_chance (&self->random, 400) ? "ABOUT" : "YEARS", text);
      cell->text = g_strdup (text->str);
      if (g_str_equal (style, "plain"))
        {
          cell->is_number = TRUE;
          cell->number = age;
        }
      read_age (self, age, age);
    }
}
