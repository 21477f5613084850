/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of counts: what tells them from lists of persons or cases. */
#include "cc-suggest-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"

/* More rows than this with nothing but 0 and 1 are ticks and no counts. */
#define TICK_ROWS 5

/* What a table has that speaks for counts or against them. */
typedef struct
{
  guint    n_filled;   /* columns with values, the running number apart */
  guint    n_counts;   /* columns of numbers that could be counts */
  guint    n_values;   /* of these, under "Value", "Number of victims" */
  guint    n_classes;  /* of these, under a class of persons or a year */
  guint    n_years;    /* columns of years */
  guint    n_classing; /* columns that sort persons: sex, age, citizenship, form */
  guint    n_other;    /* columns of anything else */
  gboolean statistics; /* words of statistical tables: Value, Unit of measurement, "Total" */
  gboolean identifies; /* names, numbers of persons or cases, days */
} CountSigns;

static const char *
header_of (const CcInspectColumn *column)
{
  return column->leaf ? column->leaf : column->label ? column->label : column->header;
}

static gboolean
is_word (CcPack *pack, const char *kind, const CcInspectColumn *column)
{
  return cc_pack_match_token (pack, kind, header_of (column)) != NULL;
}

static gboolean
is_year_number (const char *text)
{
  return strlen (text) == 4
         && ((text[0] == '1' && text[1] == '9') || (text[0] == '2' && text[1] == '0'))
         && g_ascii_isdigit (text[2]) && g_ascii_isdigit (text[3]);
}

static gboolean
is_year_column (CcPack *pack, const CcInspectColumn *column)
{
  guint n = 0;

  for (guint i = 0; i < column->values->len; i++)
    n += is_year_number (((CcDistinct *) column->values->pdata[i])->text);
  return n > 0
         && (n == column->values->len
             || (is_word (pack, "year-header", column) && n * 2 > column->values->len));
}

/* "<5", ">100": small counts are often hidden so. */
static guint
count_hidden_numbers (const CcInspectColumn *column)
{
  guint n = 0;

  for (guint i = 0; i < column->values->len; i++)
    {
      const CcDistinct *value = column->values->pdata[i];

      if ((value->text[0] == '<' || value->text[0] == '>') && g_ascii_isdigit (value->text[1]))
        n += value->count;
    }
  return n;
}

static gboolean
is_ticks (const CcInspectColumn *column)
{
  if (column->n_filled < TICK_ROWS)
    return FALSE;
  for (guint i = 0; i < column->values->len; i++)
    {
      const char *text = ((CcDistinct *) column->values->pdata[i])->text;

      if (!g_str_equal (text, "0") && !g_str_equal (text, "1"))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_total_value (CcPack *pack, const CcInspectColumn *column)
{
  for (guint i = 0; column->n_text > 0 && i < column->values->len; i++)
    if (cc_pack_match_token (pack, "total", ((CcDistinct *) column->values->pdata[i])->text))
      return TRUE;
  return FALSE;
}

/* Men, Women, Boys, Girls, Total, 0-17, 2021: what the columns of a table of counts are called. */
static gboolean
is_class_header (CcPack *pack, const CcInspectColumn *column)
{
  static const char *const kinds[] = { "total", "male", "female", "child", "adult" };
  const char              *header = header_of (column);

  if (is_year_number (header))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (cc_pack_match_token (pack, kinds[i], header))
      return TRUE;
  return cc_pack_match_value (pack, "SEX", header, NULL) != NULL
         || cc_pack_match_value (pack, "COUNTRY", header, NULL) != NULL;
}

static const CcHeaderGuess *
best_guess (GArray *guesses)
{
  const CcHeaderGuess *best = guesses->len > 0 ? &g_array_index (guesses, CcHeaderGuess, 0) : NULL;

  return best && best->score >= CC_HEADER_ENOUGH ? best : NULL;
}

static gboolean
is_number_of_persons (const CcHeaderGuess *guess)
{
  return guess && g_str_has_suffix (guess->variable->name, "s_number");
}

/* Names and numbers of persons and cases, and days: a row tells of one of them. */
static gboolean
identifies (const CcHeaderGuess *guess, const CcInspectColumn *column)
{
  if (column->n_date > 0)
    return TRUE;
  if (!guess || guess->code)
    return FALSE;
  return guess->variable->type == CC_VARIABLE_IDENTIFIER
         || (guess->variable->type == CC_VARIABLE_DATE && column->n_number < column->n_filled);
}

static void
look_at_column (CountSigns          *signs,
                CcPack              *pack,
                CcInspectColumn     *column,
                const CcHeaderGuess *guess)
{
  gboolean numbers =
      column->n_number > 0
      && (column->n_number + count_hidden_numbers (column)) * 10 >= column->n_filled * 8;
  gboolean value = is_word (pack, "count-header", column) || is_number_of_persons (guess);

  signs->n_filled++;
  signs->identifies = signs->identifies || identifies (guess, column);
  signs->statistics = signs->statistics || is_word (pack, "statistics-header", column)
                      || has_total_value (pack, column);
  column->years = is_year_column (pack, column);
  if (column->years)
    signs->n_years++;
  else if (numbers && value)
    {
      column->counts = TRUE;
      signs->n_counts++;
      signs->n_values++;
      signs->n_classes += is_class_header (pack, column);
    }
  else if (numbers && is_class_header (pack, column) && column->n_number == column->n_filled)
    {
      column->counts = TRUE;
      signs->n_counts++;
      signs->n_classes++;
    }
  else if (numbers && column->n_number == column->n_filled && !is_ticks (column)
           && (!guess || guess->code || !cc_variable_is_personal (guess->variable)))
    {
      column->counts = TRUE;
      signs->n_counts++;
    }
  else if (guess && !guess->code
           && (cc_variable_is_personal (guess->variable) || *guess->variable->list)
           && guess->variable->type != CC_VARIABLE_IDENTIFIER)
    signs->n_classing++;
  else
    signs->n_other++;
}

/* One number to a row, sorted by years and classes. */
static gboolean
is_long_table (const CountSigns *signs)
{
  if (signs->n_values == 0 || signs->n_filled < 2)
    return FALSE;
  return signs->statistics
         || signs->n_values + signs->n_years + signs->n_classing == signs->n_filled;
}

/* One number for each class to a row. */
static gboolean
is_wide_table (const CountSigns *signs)
{
  if (signs->n_counts < 2 || signs->n_counts * 3 < signs->n_filled * 2)
    return FALSE;
  return signs->n_counts >= 3 || signs->n_classes == signs->n_counts;
}

static gboolean
counts_cases (const CcInspectTable *table, CcPack *pack)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];

      if (column->counts
          && g_strcmp0 (cc_pack_match_token (pack, "count-header", header_of (column)), "event")
                 == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * cc_suggest_counts:
 *
 * Says whether the table holds counts, and which of its columns would be the counts.
 */
void
cc_suggest_counts (CcInspectTable *table, CcPack *pack, CcHeaders *headers)
{
  CountSigns signs = { 0 };
  gboolean   is_long;

  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];

      column->counts = FALSE;
      if (column->n_filled > 0 && (int) column->column != table->serial_column)
        look_at_column (&signs, pack, column, best_guess (headers->guesses->pdata[i]));
    }
  table->identifies = signs.identifies;
  is_long = is_long_table (&signs);
  table->aggregate = !signs.identifies && (is_long || is_wide_table (&signs));
  /* Beside the value the other numbers only sort. */
  for (guint i = 0; is_long && i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];

      column->counts = column->counts
                       && (is_word (pack, "count-header", column)
                           || is_number_of_persons (best_guess (headers->guesses->pdata[i])));
    }
  /* Places and years speak of cases in a list. What a table of counts has counted is persons,
   * unless it says otherwise. */
  if (table->aggregate && g_str_equal (table->unit, "event") && !counts_cases (table, pack))
    {
      g_free (table->unit);
      table->unit = g_strdup ("victim");
    }
}
