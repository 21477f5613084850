/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-figure-private.h"

#include <string.h>

#include <cc/model/cc-data-dir.h>

/* Which chart suits a table that has none of its own. */

#define GROUP       "chart"
#define MAX_STACK   7 /* parts of a column that a reader can still tell apart */
#define MAX_LINES   5
#define MAX_GROUPED 4
#define MAX_RANKED  30

/* One side of a table: its axis without the period, and whether the period stands on it. */
typedef struct
{
  gboolean            fits; /* at most one axis besides nothing */
  gboolean            period;
  const CcResultAxis *axis;
  guint               n_used; /* categories in which somebody stands */
} Side;

static gboolean
is_used (const CcTableResult *result, guint index, gboolean of_columns)
{
  guint n = (of_columns ? result->rows : result->cols)->len;

  for (guint i = 0; i < n; i++)
    if (cc_table_result_get (result, of_columns ? i : index, of_columns ? index : i)->count != 0)
      return TRUE;
  return FALSE;
}

static Side
look_at_side (const CcTableResult *result, gboolean of_columns)
{
  GPtrArray *blocks = of_columns ? result->col_blocks : result->row_blocks;
  GPtrArray *headings = of_columns ? result->cols : result->rows;
  Side       side = { .fits = blocks->len == 1 };
  GPtrArray *axes = blocks->len > 0 ? blocks->pdata[0] : NULL;

  side.fits = side.fits && axes->len <= 1;
  for (guint i = 0; axes != NULL && i < axes->len; i++)
    {
      const CcResultAxis *axis = axes->pdata[i];

      if (axis->period)
        side.period = TRUE;
      else
        side.axis = axis;
    }
  for (guint i = 0; i < headings->len; i++)
    side.n_used += !((CcHeading *) headings->pdata[i])->total && is_used (result, i, of_columns);
  return side;
}

static void
set_ranked (CcKeyFile *definition, gboolean sum)
{
  cc_key_file_set (definition, GROUP, "kind", "ranked-bars");
  cc_key_file_set (definition, GROUP, "sort", "count");
  cc_key_file_set (definition, GROUP, "last", "other;unknown");
  cc_key_file_set (definition, GROUP, "category.other", "6");
  cc_key_file_set (definition, GROUP, "category.unknown", "6");
  if (sum)
    cc_key_file_set (definition, GROUP, "sum", "true");
}

/* Years on one side, other on the other. */
static gboolean
choose_over_years (CcKeyFile *definition, const Side *other, gboolean other_is_cols)
{
  gboolean by_year = other->axis == NULL || (other->axis->additive && other->n_used <= MAX_STACK)
                     || other->n_used <= MAX_LINES;

  if (by_year)
    {
      gboolean stacked = other->axis == NULL || other->axis->additive;

      cc_key_file_set (definition, GROUP, "kind", stacked ? "stacked-columns" : "lines");
      cc_key_file_set (definition, GROUP, "series", other_is_cols ? "cols" : "rows");
      return TRUE;
    }
  if (other->n_used > MAX_RANKED)
    return FALSE;
  set_ranked (definition, TRUE);
  cc_key_file_set (definition, GROUP, "series", other_is_cols ? "rows" : "cols");
  return TRUE;
}

static gboolean
choose_without_years (CcKeyFile *definition, const Side *rows, const Side *cols)
{
  const Side *series =
      cols->axis == NULL || (rows->axis != NULL && cols->n_used <= rows->n_used) ? cols : rows;
  const Side *other = series == cols ? rows : cols;

  if (other->n_used > MAX_RANKED || series->n_used > MAX_GROUPED)
    return FALSE;
  if (series->axis == NULL)
    set_ranked (definition, FALSE);
  else
    cc_key_file_set (definition, GROUP, "kind", "grouped-bars");
  cc_key_file_set (definition, GROUP, "series", series == cols ? "cols" : "rows");
  return TRUE;
}

/* The same colours for the same categories in all pictures. */
static gboolean
add_styles (CcKeyFile *definition, const CcResultAxis *axis, GError **error)
{
  g_autofree char *path = cc_data_dir_build ("charts", "standard.styles", NULL);
  g_autoptr (CcKeyFile) styles = cc_key_file_load (path, error);

  if (styles == NULL)
    return FALSE;
  for (guint i = 0; axis != NULL && i < cc_key_file_get_n_keys (styles, axis->name); i++)
    {
      const char      *code = cc_key_file_get_key (styles, axis->name, i);
      g_autofree char *key = g_strconcat ("style.", code, NULL);

      cc_key_file_set (definition, GROUP, key, cc_key_file_get (styles, axis->name, code));
    }
  return TRUE;
}

/* The definition of a chart for a table, or NULL: without an error where it has too many sides or
 * categories for a picture. */
CcKeyFile *
cc_report_chart_for_table (const CcTableResult *result, GError **error)
{
  g_autoptr (CcKeyFile) definition = cc_key_file_load_text ("chart", "[" GROUP "]\n", error);
  Side        rows = look_at_side (result, FALSE);
  Side        cols = look_at_side (result, TRUE);
  gboolean    good;
  const char *series;

  if (definition == NULL || !rows.fits || !cols.fits || (rows.period && cols.period))
    return NULL;
  cc_key_file_set (definition, GROUP, "unknown", "unknown");
  cc_key_file_set (definition, GROUP, "drop-empty", "true");
  if (cols.period)
    good = choose_over_years (definition, &rows, FALSE);
  else if (rows.period)
    good = choose_over_years (definition, &cols, TRUE);
  else
    good = choose_without_years (definition, &rows, &cols);
  if (!good)
    return NULL;
  series = cc_key_file_get (definition, GROUP, "series");
  if (!add_styles (definition, strcmp (series, "cols") == 0 ? cols.axis : rows.axis, error))
    return NULL;
  return g_steal_pointer (&definition);
}
