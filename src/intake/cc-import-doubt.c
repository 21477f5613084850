/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows below or between the rows of a list that are none of them: summaries, signatures, counts in
 * words nobody foresaw. Such a row waits; it never becomes a person. */
#include "cc-import-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"

/* A row that fills at most two of five cells that others fill is looked at. */
#define FEW_OF      5
#define FEW         2
#define LEAST_WIDTH 3

/* Marks the columns that say which row it is. */
void
cc_import_doubt_table (CcImportTable *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      CcImportColumn *column = self->columns->pdata[i];

      column->numbers = column->serial;
      for (guint j = 0; j < column->readers->len; j++)
        {
          const CcCellReader *reader = column->readers->pdata[j];
          const CcVariable   *variable = reader->target->variable;

          if (variable->type != CC_VARIABLE_IDENTIFIER)
            continue;
          if (strstr (variable->name, "name"))
            column->names = TRUE;
          else
            column->numbers = TRUE;
        }
    }
}

/* "045/23/BPM" is "9/9/A": what the numbers of one agency have in common. */
static char *
make_shape (const char *text)
{
  GString *shape = g_string_new (NULL);
  gunichar last = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        continue;
      if (g_unichar_isdigit (c))
        c = '9';
      else if (g_unichar_isalpha (c))
        c = 'A';
      if (c != last || (c != '9' && c != 'A'))
        g_string_append_unichar (shape, c);
      last = c;
    }
  return g_string_free (shape, FALSE);
}

/* Shapes that at least a tenth of the column's texts have, and never one text alone. Where any has
 * a digit, words are none: a summary below a short list has more words than the list numbers. */
static void
learn_shapes (CcImportColumn *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       shape, count;
  guint          least;
  gboolean       digits = FALSE;

  self->shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->found->values->len; i++)
    {
      char *made = make_shape (((CcDistinct *) self->found->values->pdata[i])->text);

      digits = digits || strchr (made, '9');
      count = g_hash_table_lookup (counts, made);
      g_hash_table_replace (counts, made, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
  least = MAX (2, self->found->values->len / 10);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &shape, &count))
    if (GPOINTER_TO_UINT (count) >= least && (!digits || strchr (shape, '9')))
      g_hash_table_add (self->shapes, g_strdup (shape));
}

/* Words that stand below lists: headers, totals, nothing to report. */
static gboolean
is_word_of_lists (CcPack *pack, const char *text)
{
  return cc_word_is_total (pack, text) || cc_grid_says_nil (pack, text)
         || cc_header_count_known (pack, text) == 2;
}

static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Whether a number or name is one like those of the other rows. */
static gboolean
fits (CcImportJob *job, CcImportColumn *column, const char *text)
{
  g_autofree char *shape = NULL;

  if (is_word_of_lists (job->pack, text))
    return FALSE;
  if (column->names && !column->numbers)
    return has_letter (text);
  if (!column->shapes)
    learn_shapes (column);
  if (g_hash_table_size (column->shapes) == 0)
    return strpbrk (text, "0123456789") != NULL;
  shape = make_shape (text);
  return g_hash_table_contains (column->shapes, shape);
}

/* How many codes, ages and dates were read in the row. */
static guint
count_facts (const CcImportRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->records->len; i++)
    {
      const CcRecord *record = ((CcRowRecord *) row->records->pdata[i])->record;

      for (guint j = 0; j < record->values->len; j++)
        {
          const CcValue *value = record->values->pdata[j];

          n += value->no_value == CC_NO_VALUE_NONE
               && value->variable->type != CC_VARIABLE_IDENTIFIER
               && value->variable->type != CC_VARIABLE_TEXT;
        }
    }
  return n;
}

/* What few cells say of the row. */
typedef enum
{
  TELLS_NOTHING,
  TELLS_OF_ONE,
  TELLS_PERHAPS, /* no number and no name: the facts must decide */
} Telling;

/* A row tells of somebody by a number or a name like those of the others. */
static Telling
look_at_names (CcImportJob *job, const CcImportRow *row, guint n_filled)
{
  gboolean any = FALSE;

  for (guint i = 0; i < row->table->columns->len; i++)
    {
      CcImportColumn *column = row->table->columns->pdata[i];
      const char     *text = row->texts[i];

      if (!column->numbers && !column->names)
        continue;
      /* The others are numbered one by one. */
      if (column->serial && !text)
        return TELLS_NOTHING;
      if (column->numbers && text && !fits (job, column, text))
        return TELLS_NOTHING;
      any = any || (text && fits (job, column, text));
    }
  if (any)
    return n_filled > 1 ? TELLS_OF_ONE : TELLS_NOTHING;
  return n_filled > 1 ? TELLS_PERHAPS : TELLS_NOTHING;
}

/* Says once, at the first row of a table, which hidden names contradict the headers. */
static void
tell_contradictions (CcImportRow *row)
{
  for (guint i = 0; i < row->table->columns->len; i++)
    {
      const CcInspectColumn *found = ((CcImportColumn *) row->table->columns->pdata[i])->found;
      g_autofree char       *names = NULL;

      if (!found->machine_suggestion)
        continue;
      names = g_strdup_printf ("%s / %s", found->label, found->machine);
      cc_import_row_find (row, "intake.finding.machine-contradicts", CC_SEVERITY_WARNING, NULL,
                          names);
    }
  row->table->contradictions_told = TRUE;
}

/* Says once that the sex of all these persons comes from a column of genders, unless somebody said
 * so: what is suggested in the window is taken without a question by the command. */
static void
tell_sex (CcImportRow *row)
{
  for (guint i = 0; i < row->table->columns->len; i++)
    {
      const CcImportColumn *column = row->table->columns->pdata[i];

      for (guint j = 0; cc_column_plan_takes_sex (column->plan) && j < column->readers->len; j++)
        {
          const CcVariable *variable =
              ((CcCellReader *) column->readers->pdata[j])->target->variable;

          if (g_str_equal (variable->name, "sex"))
            cc_import_row_find (row, "intake.finding.gender-sex", CC_SEVERITY_NOTE, variable,
                                column->found->header);
        }
    }
}

static gboolean
fills_few (const CcImportRow *row, guint *n_filled)
{
  const guint width = row->table->found->usual_width;

  *n_filled = 0;
  for (guint i = 0; i < row->table->columns->len; i++)
    *n_filled += row->texts[i] != NULL;
  return width >= LEAST_WIDTH && *n_filled * FEW_OF <= width * FEW;
}

/**
 * cc_import_read_row:
 *
 * Reads the cells of a data row. A row that fills few of the cells that the others fill and tells
 * of nobody is parked, and nothing in it is asked about.
 */
void
cc_import_read_row (CcImportJob *job, CcImportRow *row)
{
  guint   n_filled;
  Telling telling = TELLS_OF_ONE;

  if (fills_few (row, &n_filled))
    telling = look_at_names (job, row, n_filled);
  if (telling == TELLS_NOTHING)
    cc_import_row_begin (row);
  else
    cc_import_row_read (job, row);
  if (telling == TELLS_NOTHING || (telling == TELLS_PERHAPS && count_facts (row) < 2))
    row->parked = "intake.parked.perhaps-no-row";
  else if (!row->table->contradictions_told)
    {
      tell_contradictions (row);
      tell_sex (row);
    }
}
