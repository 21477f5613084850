/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/report/cc-read-back.h>
#include <cc/sheet/cc-book.h>

#define META_SHEET  "_meta"
#define LISTS_SHEET "Lists"
#define MAX_CELLS   2000000 /* a workbook of ours has thousands */

typedef enum
{
  MODE_NONE,
  MODE_TABLE,
  MODE_FORM,
} Mode;

typedef struct
{
  CcReadBack *self;
  GHashTable *countries; /* label -> code, from the hidden lists */
  const char *sheet;
  Mode        mode;
  char       *table;
  GPtrArray  *codes; /* char * per column, NULL where it has none */
} ReadWork;

static void
free_cell (gpointer data)
{
  CcReadCell *cell = data;

  g_free (cell->sheet);
  g_free (cell->cell);
  g_free (cell->table);
  g_free (cell->row);
  g_free (cell->col);
  g_free (cell->period);
  g_free (cell->text);
  g_free (cell);
}

static void
free_change (gpointer data)
{
  CcReadChange *change = data;

  g_free (change->text);
  g_free (change);
}

void
cc_read_back_free (CcReadBack *self)
{
  if (self == NULL)
    return;
  g_free (self->questionnaire);
  g_free (self->checksum);
  g_free (self->language);
  g_free (self->country);
  g_free (self->head_hash);
  g_strfreev (self->periods);
  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

static const CcSheetCell *
find_cell (const CcSheetRow *row, guint column)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i].column == column)
      return &row->cells[i];
  return NULL;
}

static const char *
text_at (const CcSheetRow *row, guint column)
{
  const CcSheetCell *cell = find_cell (row, column);

  return cell != NULL ? cell->text : "";
}

typedef gboolean (*RowFunc) (const CcSheetRow *row, gpointer data, GError **error);

static gboolean
read_sheet (CcBook       *book,
            guint         index,
            RowFunc       func,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, index, error);
  const CcSheetRow *row;

  if (reader == NULL)
    return FALSE;
  for (;;)
    {
      if (!cc_sheet_reader_next (reader, &row, cancellable, error))
        return FALSE;
      if (row == NULL)
        return TRUE;
      if (!func (row, data, error))
        return FALSE;
    }
}

static int
find_sheet (CcBook *book, const char *name)
{
  for (guint i = 0; i < cc_book_get_n_sheets (book); i++)
    if (strcmp (cc_book_get_sheet (book, i)->name, name) == 0)
      return (int) i;
  return -1;
}

static gboolean
add_meta (const CcSheetRow *row, gpointer data, GError **error)
{
  g_hash_table_replace (data, g_strdup (text_at (row, 0)), g_strdup (text_at (row, 1)));
  return TRUE;
}

static gboolean
add_country (const CcSheetRow *row, gpointer data, GError **error)
{
  g_hash_table_replace (data, g_strdup (text_at (row, 1)), g_strdup (text_at (row, 0)));
  return TRUE;
}

static char *
copy_meta (GHashTable *meta, const char *key)
{
  const char *value = g_hash_table_lookup (meta, key);

  return g_strdup (value != NULL ? value : "");
}

static gboolean
load_meta (CcReadBack   *self,
           CcBook       *book,
           const char   *path,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GHashTable) meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  int              index = find_sheet (book, META_SHEET);
  g_autofree char *format = NULL;
  g_autofree char *version = NULL;
  g_autofree char *periods = NULL;

  if (index >= 0 && !read_sheet (book, (guint) index, add_meta, meta, cancellable, error))
    return FALSE;
  if (g_strcmp0 (g_hash_table_lookup (meta, "casecount"), "questionnaire") != 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                   "“%s” is no questionnaire that Casecount wrote: it lacks the hidden sheet by "
                   "which its cells are known. Nothing was read.",
                   path);
      return FALSE;
    }
  format = copy_meta (meta, "format");
  if (g_ascii_strtoll (format, NULL, 10) > CC_REPORT_FORMAT)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NEWER_VERSION,
                   "“%s” was written by a newer Casecount. Please install that version to read it.",
                   path);
      return FALSE;
    }
  version = copy_meta (meta, "questionnaire.version");
  periods = copy_meta (meta, "periods");
  self->questionnaire = copy_meta (meta, "questionnaire");
  self->version = (int) CLAMP (g_ascii_strtoll (version, NULL, 10), 0, G_MAXINT);
  self->checksum = copy_meta (meta, "questionnaire.checksum");
  self->language = copy_meta (meta, "language");
  self->country = copy_meta (meta, "country");
  self->head_hash = copy_meta (meta, "audit.head");
  self->blank = g_strcmp0 (g_hash_table_lookup (meta, "blank"), "yes") == 0;
  self->practice = g_strcmp0 (g_hash_table_lookup (meta, "practice"), "yes") == 0;
  self->periods = g_strsplit (periods, ";", -1);
  return TRUE;
}

/* "2023|1/women" apart: the period goes to *period where it is there. */
static const char *
split_code (const char *code, char **period)
{
  const char *bar = strchr (code, '|');

  if (bar == NULL)
    return code;
  if (*period == NULL)
    *period = g_strndup (code, (gsize) (bar - code));
  return bar + 1;
}

static gboolean
add_cell (ReadWork          *work,
          const CcSheetCell *from,
          guint              row,
          guint              column,
          const char        *row_code,
          const char        *col_code,
          GError           **error)
{
  CcReadCell *cell;

  if (work->self->cells->len >= MAX_CELLS)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                   "The workbook has more cells than a questionnaire can have. Nothing was read.");
      return FALSE;
    }
  cell = g_new0 (CcReadCell, 1);
  g_ptr_array_add (work->self->cells, cell);
  cell->sheet = g_strdup (work->sheet);
  cell->cell = cc_report_cell_name (row, column);
  cell->table = g_strdup (work->table);
  cell->row = g_strdup (split_code (row_code, &cell->period));
  cell->col = g_strdup (split_code (col_code, &cell->period));
  if (cell->period == NULL)
    cell->period = g_strdup ("");
  if (from != NULL && from->type == CC_SHEET_CELL_ERROR
      && strcmp (from->text, CC_SHEET_NOT_CALCULATED) == 0)
    {
      cell->uncomputed = TRUE;
      work->self->n_uncomputed++;
      return TRUE;
    }
  if (from == NULL || from->type == CC_SHEET_CELL_BLANK || *from->text == '\0')
    return TRUE;
  cell->known = TRUE;
  if (from->type == CC_SHEET_CELL_NUMBER)
    cell->value = from->number;
  else
    cell->text = g_strdup (from->text);
  return TRUE;
}

static void
begin_table (ReadWork *work, const CcSheetRow *row, const char *id)
{
  work->mode = MODE_TABLE;
  g_free (work->table);
  work->table = g_strdup (id);
  g_ptr_array_set_size (work->codes, 0);
  for (guint i = 0; i < row->n_cells; i++)
    {
      const CcSheetCell *cell = &row->cells[i];

      if (cell->column == 0 || *cell->text == '\0')
        continue;
      if (work->codes->len <= cell->column)
        g_ptr_array_set_size (work->codes, (int) cell->column + 1);
      g_free (work->codes->pdata[cell->column]);
      work->codes->pdata[cell->column] = g_strdup (cell->text);
    }
}

/* The country typed into an open row of a blank questionnaire; NULL where none was. */
static char *
find_open_row (ReadWork *work, const CcSheetRow *row, const char *code)
{
  const char *question = strchr (code, '?');
  const char *label = text_at (row, CC_REPORT_LABEL_COLUMN);
  const char *country = g_hash_table_lookup (work->countries, label);

  if (*label == '\0')
    return NULL;
  return g_strdup_printf ("%.*s%s", (int) (question - code), code,
                          country != NULL ? country : label);
}

static gboolean
add_table_row (ReadWork *work, const CcSheetRow *row, const char *code, GError **error)
{
  g_autofree char *resolved = NULL;

  if (strchr (code, '?') != NULL)
    {
      resolved = find_open_row (work, row, code);
      if (resolved == NULL)
        return TRUE;
      code = resolved;
    }
  for (guint column = 1; column < work->codes->len; column++)
    if (work->codes->pdata[column] != NULL
        && !add_cell (work, find_cell (row, column), row->row, column, code,
                      work->codes->pdata[column], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_row (const CcSheetRow *row, gpointer data, GError **error)
{
  ReadWork   *work = data;
  const char *code = text_at (row, 0);
  guint       value = CC_REPORT_LABEL_COLUMN + 1;

  if (*code == '\0')
    return TRUE;
  if (g_str_has_prefix (code, "#table "))
    {
      begin_table (work, row, code + strlen ("#table "));
      return TRUE;
    }
  if (g_str_has_prefix (code, "#form "))
    {
      work->mode = MODE_FORM;
      g_clear_pointer (&work->table, g_free);
      return TRUE;
    }
  if (work->mode == MODE_FORM || (work->mode == MODE_TABLE && g_str_has_prefix (code, "@meta ")))
    return add_cell (work, find_cell (row, value), row->row, value, code, "", error);
  if (work->mode == MODE_TABLE && *code != '@')
    return add_table_row (work, row, code, error);
  return TRUE;
}

static gboolean
load_cells (CcReadBack *self, CcBook *book, GCancellable *cancellable, GError **error)
{
  ReadWork work = { .self = self };
  int      lists = find_sheet (book, LISTS_SHEET);
  gboolean ok = TRUE;

  work.countries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  work.codes = g_ptr_array_new_with_free_func (g_free);
  if (lists >= 0)
    ok = read_sheet (book, (guint) lists, add_country, work.countries, cancellable, error);
  for (guint i = 0; ok && i < cc_book_get_n_sheets (book); i++)
    {
      work.sheet = cc_book_get_sheet (book, i)->name;
      work.mode = MODE_NONE;
      if (strcmp (work.sheet, META_SHEET) != 0 && (int) i != lists)
        ok = read_sheet (book, i, add_row, &work, cancellable, error);
    }
  g_hash_table_unref (work.countries);
  g_ptr_array_unref (work.codes);
  g_free (work.table);
  return ok;
}

/**
 * cc_read_back_load:
 *
 * Returns: (transfer full): the cells by their machine codes; formulas give the result stored with
 * them
 */
CcReadBack *
cc_read_back_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CcBook) book = NULL;
  g_autoptr (CcReadBack) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  book = cc_book_open (path, cancellable, error);
  if (book == NULL)
    return NULL;
  self = g_new0 (CcReadBack, 1);
  self->cells = g_ptr_array_new_with_free_func (free_cell);
  self->changes = g_ptr_array_new_with_free_func (free_change);
  if (!load_meta (self, book, path, cancellable, error)
      || !load_cells (self, book, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
