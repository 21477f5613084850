/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

#include <string.h>

/* Inhabitants of the invented country: 12 million in 2020, growing by 2.5 % of that each year; 48 %
 * are children, of whom 50.5 % boys; 49 % of the adults are men. Whole numbers throughout. */
static guint
inhabitants (int year, char sex, gboolean child)
{
  gint64 total = 12000000 + (gint64) 300000 * (year - 2020);
  gint64 children = total * 48 / 100;
  gint64 boys = children * 505 / 1000;
  gint64 men = (total - children) * 49 / 100;

  if (child)
    return (guint) (sex == 'M' ? boys : children - boys);
  return (guint) (sex == 'M' ? men : total - children - men);
}

/* Inhabitants behind a row "series;sex;age" of the rates table. */
double
cc_practice_inhabitants (int year, const char *row)
{
  g_auto (GStrv) parts = g_strsplit (row, ";", 3);
  double people = 0;

  for (const char *sex = "MF"; *sex != '\0'; sex++)
    for (int child = 0; child <= 1; child++)
      if ((*parts[1] == 'T' || *parts[1] == *sex)
          && (g_str_equal (parts[2], "all") || g_str_equal (parts[2], child ? "u18" : "o18")))
        people += inhabitants (year, *sex, child);
  return people;
}

/* The population as an office would send it: year, sex, age class, number, source. */
gboolean
cc_practice_write_population (CcWorld *world, const char *path, GError **error)
{
  static const char *const sexes[] = { "M", "F", "total" };
  static const char *const rows_sex[] = { "M", "F", "T" };
  static const char *const ages[] = { "child", "adult", "total" };
  static const char *const rows_age[] = { "u18", "o18", "all" };
  g_autoptr (GString) csv = g_string_new ("year,sex,age_class,count,source\n");

  for (int y = 0; y < world->params->n_years; y++)
    for (guint s = 0; s < G_N_ELEMENTS (sexes); s++)
      for (guint a = 0; a < G_N_ELEMENTS (ages); a++)
        {
          int              year = world->params->first_year + y;
          g_autofree char *row = g_strdup_printf ("DETV;%s;%s", rows_sex[s], rows_age[a]);

          g_string_append_printf (csv, "%d,%s,%s,%" G_GINT64_FORMAT ",Invented projection\n", year,
                                  sexes[s], ages[a], (gint64) cc_practice_inhabitants (year, row));
        }
  return g_file_set_contents (path, csv->str, (gssize) csv->len, error);
}
