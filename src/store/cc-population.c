/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-population.h>

#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-kept.h>
#include <cc/base/cc-text.h>

/* "total" in sex or age class stands for everybody; the rest are handles of SEX and AGE2. */
static const char *const sexes[] = { "total", "F", "M", "O", NULL };
static const char *const age_classes[] = { "total", "child", "adult", NULL };

static const char *
get_cell (CcCsvTable *table, guint row, const char *column)
{
  return cc_csv_table_get (table, row, cc_csv_table_find_column (table, column));
}

static gboolean
check_row (CcCsvTable *table, guint row, gint64 *year, gint64 *count, GError **error)
{
  const char *problem = NULL;

  if (!cc_text_to_int (get_cell (table, row, "year"), 1900, 2200, year))
    problem = "the year must be a number such as 2023";
  else if (!g_strv_contains (sexes, get_cell (table, row, "sex")))
    problem = "the sex must be F, M, O or total";
  else if (!g_strv_contains (age_classes, get_cell (table, row, "age_class")))
    problem = "the age class must be child, adult or total";
  else if (!cc_text_to_int (get_cell (table, row, "count"), 0, G_MAXINT64, count))
    problem = "the count must be a whole number of inhabitants";
  if (!problem)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "%s, line %u: %s. No row of the file was taken over.", cc_csv_table_get_name (table),
               cc_csv_table_get_line (table, row), problem);
  return FALSE;
}

static CcPopulation *
read_row (CcCsvTable *table, guint row, GError **error)
{
  CcPopulation *figure;
  gint64        year, count;

  if (!check_row (table, row, &year, &count, error))
    return NULL;
  figure = g_new0 (CcPopulation, 1);
  figure->year = (int) year;
  figure->sex = g_strdup (get_cell (table, row, "sex"));
  figure->age_class = g_strdup (get_cell (table, row, "age_class"));
  figure->count = count;
  figure->source = g_strdup (get_cell (table, row, "source"));
  return figure;
}

static void
free_figure (gpointer data)
{
  cc_population_free (data);
}

static gboolean
import_figures (CcAct *act, gpointer user_data, GError **error)
{
  return cc_act_set_population (act, user_data, error);
}

/**
 * cc_population_load:
 * @path: comma separated, with the columns year, sex (F, M, O, total), age_class (child, adult,
 *   total), count and source
 *
 * Returns: (transfer full) (element-type CcPopulation): its figures; %NULL with an error that names
 *   the line
 */
GPtrArray *
cc_population_load (const char *path, GError **error)
{
  const char *const columns[] = { "year", "sex", "age_class", "count", "source", NULL };
  g_autoptr (CcCsvTable) table = NULL;
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (free_figure);

  g_return_val_if_fail (path != NULL, NULL);

  table = cc_csv_table_load (path, error);
  if (!table || !cc_csv_table_require (table, columns, error))
    return NULL;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      CcPopulation *figure = read_row (table, row, error);

      if (!figure)
        return NULL;
      g_ptr_array_add (figures, figure);
    }
  return g_steal_pointer (&figures);
}

/**
 * cc_population_import:
 * @path: as cc_population_load () reads it
 * @n_rows: (out) (optional): rows taken over
 *
 * Takes over a table of inhabitants in one act; rows for the same year, sex and age class replace
 * what was there.
 *
 * Returns: %FALSE with an error that names the line; nothing is then taken over
 */
gboolean
cc_population_import (CcCaseFile *file, const char *path, gint64 *n_rows, GError **error)
{
  g_autoptr (GPtrArray) figures = NULL;

  g_return_val_if_fail (file != NULL && path != NULL, FALSE);

  figures = cc_population_load (path, error);
  if (!figures)
    return FALSE;
  if (!cc_case_file_act (file, "population", import_figures, figures, NULL, error))
    return FALSE;
  if (n_rows)
    *n_rows = figures->len;
  return TRUE;
}
