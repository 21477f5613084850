/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-facts-private.h"

struct _CcTally
{
  char      *questionnaire;
  char      *table;
  guint      n_years;
  gboolean   row_total;
  gboolean   col_total;
  gboolean   in_use; /* rows that nobody stands in are left out */
  GPtrArray *rows;   /* char*: category codes; the total is one more */
  GPtrArray *cols;
  guint8    *marks;     /* cells in which the person at hand stands */
  guint32   *counts[2]; /* true, expected */
};

/* A table of a questionnaire. Rows and columns are added before the first person. Without a column
 * category the period is the only column. */
CcTally *
cc_tally_new (const char *questionnaire,
              const char *table,
              guint       n_years,
              gboolean    row_total,
              gboolean    col_total)
{
  CcTally *self = g_new0 (CcTally, 1);

  self->questionnaire = g_strdup (questionnaire);
  self->table = g_strdup (table);
  self->n_years = n_years;
  self->row_total = row_total;
  self->col_total = col_total;
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->cols = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cc_tally_free (CcTally *self)
{
  if (self == NULL)
    return;
  g_free (self->questionnaire);
  g_free (self->table);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->cols);
  g_free (self->marks);
  g_free (self->counts[0]);
  g_free (self->counts[1]);
  g_free (self);
}

static int
find (GPtrArray *codes, const char *code)
{
  for (guint i = 0; i < codes->len; i++)
    if (g_str_equal (codes->pdata[i], code))
      return (int) i;
  return -1;
}

void
cc_tally_add_row (CcTally *self, const char *code)
{
  if (find (self->rows, code) < 0)
    g_ptr_array_add (self->rows, g_strdup (code));
}

void
cc_tally_add_col (CcTally *self, const char *code)
{
  if (find (self->cols, code) < 0)
    g_ptr_array_add (self->cols, g_strdup (code));
}

/* The number of a category; -2 where the table has none of that code. */
int
cc_tally_find_row (CcTally *self, const char *code)
{
  int found = find (self->rows, code);

  return found < 0 ? -2 : found;
}

int
cc_tally_find_col (CcTally *self, const char *code)
{
  int found = find (self->cols, code);

  return found < 0 ? -2 : found;
}

static gsize
n_cells (CcTally *self)
{
  return (gsize) (self->n_years + 1) * (self->rows->len + 1) * (self->cols->len + 1);
}

static gsize
place (CcTally *self, int year, int row, int col)
{
  gsize y = year < 0 ? self->n_years : (gsize) year;
  gsize r = row < 0 ? self->rows->len : (gsize) row;
  gsize c = col < 0 ? self->cols->len : (gsize) col;

  return (y * (self->rows->len + 1) + r) * (self->cols->len + 1) + c;
}

static void
mark (CcTally *self, int year, int row, int col)
{
  if (self->marks == NULL)
    self->marks = g_new0 (guint8, n_cells (self));
  self->marks[place (self, year, row, col)] = 1;
  self->marks[place (self, CC_TALLY_ALL, row, col)] = 1;
}

/* The person belongs to the table in that year, whatever its row. */
void
cc_tally_base (CcTally *self, int year, int col)
{
  mark (self, year, CC_TALLY_ALL, CC_TALLY_ALL);
  if (col >= 0)
    mark (self, year, CC_TALLY_ALL, col);
}

/* The person stands in a row, and, where there is one, a column category. */
void
cc_tally_hit (CcTally *self, int year, int row, int col)
{
  cc_tally_base (self, year, col);
  if (row < 0)
    return;
  mark (self, year, row, CC_TALLY_ALL);
  if (col >= 0)
    mark (self, year, row, col);
}

/* Forgets the marks: the next person begins. */
void
cc_tally_person (CcTally *self)
{
  if (self->marks != NULL)
    memset (self->marks, 0, n_cells (self));
}

/* Counts the person at hand once in each marked cell of a side. */
void
cc_tally_close (CcTally *self, guint side)
{
  if (self->marks == NULL)
    return;
  if (self->counts[side] == NULL)
    self->counts[side] = g_new0 (guint32, n_cells (self));
  for (gsize i = 0; i < n_cells (self); i++)
    self->counts[side][i] += self->marks[i];
  cc_tally_person (self);
}

guint
cc_tally_get (CcTally *self, guint side, int year, int row, int col)
{
  return self->counts[side] == NULL ? 0 : self->counts[side][place (self, year, row, col)];
}

/* A list of countries shows those in use only. */
void
cc_tally_set_in_use (CcTally *self)
{
  self->in_use = TRUE;
}

static gboolean
is_shown (CcTally *self, int row)
{
  return !self->in_use || row == (int) self->rows->len || strlen (self->rows->pdata[row]) != 3
         || cc_tally_get (self, 0, CC_TALLY_ALL, row, CC_TALLY_ALL) > 0
         || cc_tally_get (self, 1, CC_TALLY_ALL, row, CC_TALLY_ALL) > 0;
}

static const char *
code_of (GPtrArray *codes, int i)
{
  return i < 0 ? "total" : codes->pdata[i];
}

typedef void (*WriteCell) (CcTally *self,
                           GString *csv,
                           int      first_year,
                           int      year,
                           int      row,
                           int      col,
                           gpointer data);

static void
write_all (CcTally *self, GString *csv, int first_year, WriteCell write, gpointer data)
{
  for (int year = 0; year <= (int) self->n_years; year++)
    for (int row = 0; row <= (int) self->rows->len; row++)
      for (int col = 0; col <= (int) self->cols->len; col++)
        {
          gboolean row_total = row == (int) self->rows->len;
          gboolean col_total = col == (int) self->cols->len;

          if (!is_shown (self, row) || (row_total && !self->row_total && self->rows->len > 0)
              || (col_total && !self->col_total && self->cols->len > 0))
            continue;
          write (self, csv, first_year, year == (int) self->n_years ? -1 : year,
                 row_total ? -1 : row, col_total ? -1 : col, data);
        }
}

static void
write_count (CcTally *self, GString *csv, int first_year, int year, int row, int col, gpointer data)
{
  g_autofree char *when = year < 0 ? g_strdup ("total") : g_strdup_printf ("%d", first_year + year);
  g_autofree char *truth = g_strdup_printf ("%u", cc_tally_get (self, 0, year, row, col));
  g_autofree char *expected = g_strdup_printf ("%u", cc_tally_get (self, 1, year, row, col));

  cc_practice_csv_append (csv, "cell", self->questionnaire, self->table, when,
                          code_of (self->rows, row), code_of (self->cols, col), "count", truth,
                          expected, NULL);
}

/* Appends one line for each cell, zeros and totals included. */
void
cc_tally_write (CcTally *self, GString *csv, int first_year)
{
  write_all (self, csv, first_year, write_count, NULL);
}

static void
write_rate (CcTally *self, GString *csv, int first_year, int year, int row, int col, gpointer data)
{
  CcInhabitantsFunc inhabitants = *(CcInhabitantsFunc *) data;
  g_autofree char  *when = g_strdup_printf ("%d", first_year + year);
  double            people;
  char              truth[G_ASCII_DTOSTR_BUF_SIZE], expected[G_ASCII_DTOSTR_BUF_SIZE];

  if (year < 0)
    return;
  people = inhabitants (first_year + year, code_of (self->rows, row));
  g_ascii_formatd (truth, sizeof truth, "%.6f",
                   100000.0 * cc_tally_get (self, 0, year, row, col) / people);
  g_ascii_formatd (expected, sizeof expected, "%.6f",
                   100000.0 * cc_tally_get (self, 1, year, row, col) / people);
  cc_practice_csv_append (csv, "cell", self->questionnaire, "S2", when, code_of (self->rows, row),
                          code_of (self->cols, col), "rate", truth, expected, NULL);
}

/* The same cells per 100,000 inhabitants, as table S2. */
void
cc_tally_write_rates (CcTally *self, GString *csv, int first_year, CcInhabitantsFunc inhabitants)
{
  write_all (self, csv, first_year, write_rate, &inhabitants);
}
