/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <cc/base/cc-error.h>

#include "cc-book-writer-private.h"

#define PAPER_A4   9
#define MAX_FOOTER 255

typedef struct
{
  double width; /* below 0: the default */
  guint8 hidden;
} ColumnLook;

typedef struct
{
  double height;
  guint8 hidden;
} RowLook;

void
cc_sheet_writer_init_layout (CcSheetWriter *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (ColumnLook));
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  worksheet_set_paper (self->sheet, PAPER_A4);
  worksheet_set_landscape (self->sheet);
  worksheet_fit_to_pages (self->sheet, 1, 0);
  worksheet_set_margins (self->sheet, 0.5, 0.5, 0.6, 0.7);
}

/* Width and hiding come in separate calls but are one entry of the file. */
static ColumnLook *
get_column (CcSheetWriter *self, guint column)
{
  while (self->columns->len <= column)
    {
      ColumnLook look = { .width = LXW_DEF_COL_WIDTH };

      g_array_append_val (self->columns, look);
    }
  return &g_array_index (self->columns, ColumnLook, column);
}

static void
put_column (CcSheetWriter *self, guint column)
{
  ColumnLook         *look = get_column (self, column);
  lxw_row_col_options options = { .hidden = look->hidden };

  cc_sheet_writer_check (self, 0, column,
                         worksheet_set_column_opt (self->sheet, (lxw_col_t) column,
                                                   (lxw_col_t) column, look->width, NULL,
                                                   &options));
}

static RowLook *
get_row (CcSheetWriter *self, guint row)
{
  RowLook *look = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (row));

  if (look == NULL)
    {
      look = g_new0 (RowLook, 1);
      look->height = LXW_DEF_ROW_HEIGHT;
      g_hash_table_insert (self->rows, GUINT_TO_POINTER (row), look);
    }
  return look;
}

static void
put_row (CcSheetWriter *self, guint row)
{
  RowLook            *look = get_row (self, row);
  lxw_row_col_options options = { .hidden = look->hidden };

  cc_sheet_writer_check (self, row, 0,
                         worksheet_set_row_opt (self->sheet, row, look->height, NULL, &options));
}

void
cc_sheet_writer_set_column_width (CcSheetWriter *self, guint first, guint last, double characters)
{
  g_return_if_fail (self != NULL && first <= last && characters >= 0);

  if (!cc_sheet_writer_has_cell (self, 0, last))
    return;
  for (guint column = first; column <= last; column++)
    {
      get_column (self, column)->width = MIN (characters, 255);
      put_column (self, column);
    }
}

void
cc_sheet_writer_hide_column (CcSheetWriter *self, guint column)
{
  g_return_if_fail (self != NULL);

  if (!cc_sheet_writer_has_cell (self, 0, column))
    return;
  get_column (self, column)->hidden = TRUE;
  put_column (self, column);
}

void
cc_sheet_writer_hide_row (CcSheetWriter *self, guint row)
{
  g_return_if_fail (self != NULL);

  if (!cc_sheet_writer_has_cell (self, row, 0))
    return;
  get_row (self, row)->hidden = TRUE;
  put_row (self, row);
}

void
cc_sheet_writer_set_row_height (CcSheetWriter *self, guint row, double points)
{
  g_return_if_fail (self != NULL && points >= 0);

  if (!cc_sheet_writer_has_cell (self, row, 0))
    return;
  get_row (self, row)->height = MIN (points, 409);
  put_row (self, row);
}

void
cc_sheet_writer_set_right_to_left (CcSheetWriter *self)
{
  g_return_if_fail (self != NULL);

  worksheet_right_to_left (self->sheet);
}

void
cc_sheet_writer_hide (CcSheetWriter *self)
{
  g_return_if_fail (self != NULL);

  worksheet_hide (self->sheet);
}

void
cc_sheet_writer_protect (CcSheetWriter *self)
{
  /* Widths may be changed: a locked sheet whose figures show as #### helps nobody. */
  lxw_protection options = { .format_columns = TRUE, .format_rows = TRUE };

  g_return_if_fail (self != NULL);

  worksheet_protect (self->sheet, NULL, &options);
}

void
cc_sheet_writer_freeze (CcSheetWriter *self, guint row, guint column)
{
  g_return_if_fail (self != NULL);

  if (cc_sheet_writer_has_cell (self, row, column))
    worksheet_freeze_panes (self->sheet, row, (lxw_col_t) column);
}

/* An ampersand begins a code in footers. */
static char *
make_footer (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "&", -1);
  g_autofree char *left = g_strjoinv ("&&", parts);
  g_autofree char *whole = g_strdup_printf ("&L&8 %s&R&8 &P / &N", left);

  if (g_utf8_strlen (whole, -1) <= MAX_FOOTER)
    return g_steal_pointer (&whole);
  else
    {
      g_autofree char *head = g_utf8_substring (left, 0, MAX_FOOTER - 24);

      if (g_str_has_suffix (head, "&"))
        g_strdelimit (head + strlen (head) - 1, "&", ' ');
      return g_strdup_printf ("&L&8 %s…&R&8 &P / &N", head);
    }
}

void
cc_sheet_writer_print_setup (CcSheetWriter *self,
                             const char    *footer,
                             int            repeat_first_row,
                             int            repeat_last_row)
{
  g_autofree char *valid = NULL;
  g_autofree char *code = NULL;

  g_return_if_fail (self != NULL);

  valid = g_utf8_make_valid (footer != NULL ? footer : "", -1);
  code = make_footer (valid);
  cc_sheet_writer_check (self, 0, 0, worksheet_set_footer (self->sheet, code));
  if (repeat_first_row >= 0 && repeat_last_row >= repeat_first_row)
    cc_sheet_writer_check (self, (guint) repeat_first_row, 0,
                           worksheet_repeat_rows (self->sheet, (lxw_row_t) repeat_first_row,
                                                  (lxw_row_t) repeat_last_row));
}

void
cc_sheet_writer_set_page_breaks (CcSheetWriter *self, const guint *rows, guint n_rows)
{
  g_autofree lxw_row_t *breaks = g_new0 (lxw_row_t, (gsize) n_rows + 1);

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < n_rows; i++)
    breaks[i] = rows[i];
  if (n_rows > 0)
    cc_sheet_writer_check (self, rows[0], 0, worksheet_set_h_pagebreaks (self->sheet, breaks));
}

void
cc_sheet_writer_hide_gridlines (CcSheetWriter *self)
{
  g_return_if_fail (self != NULL);

  worksheet_gridlines (self->sheet, LXW_HIDE_ALL_GRIDLINES);
}

void
cc_sheet_writer_autofilter (CcSheetWriter *self,
                            guint          row,
                            guint          column,
                            guint          last_row,
                            guint          last_column)
{
  g_return_if_fail (self != NULL && row <= last_row && column <= last_column);

  if (cc_sheet_writer_has_cell (self, last_row, last_column))
    cc_sheet_writer_check (self, row, column,
                           worksheet_autofilter (self->sheet, row, (lxw_col_t) column, last_row,
                                                 (lxw_col_t) last_column));
}

gboolean
cc_sheet_writer_image (CcSheetWriter *self,
                       guint          row,
                       guint          column,
                       const char    *png_path,
                       GError       **error)
{
  return cc_sheet_writer_image_full (self, row, column, png_path, 1, NULL, error);
}

gboolean
cc_sheet_writer_image_full (CcSheetWriter *self,
                            guint          row,
                            guint          column,
                            const char    *png_path,
                            double         scale,
                            const char    *description,
                            GError       **error)
{
  static const guchar signature[] = { 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A };
  lxw_image_options   options = { .x_scale = scale, .y_scale = scale };
  g_autofree char    *bytes = NULL;
  g_autofree char    *text = g_strdup (description);
  gsize               length;

  g_return_val_if_fail (self != NULL && png_path != NULL && scale > 0, FALSE);

  if (!g_file_get_contents (png_path, &bytes, &length, error))
    return FALSE;
  options.description = text;
  if (length < 33 || memcmp (bytes, signature, sizeof signature) != 0
      || !cc_sheet_writer_has_cell (self, row, column)
      || worksheet_insert_image_buffer_opt (self->sheet, row, (lxw_col_t) column,
                                            (const unsigned char *) bytes, length, &options)
             != LXW_NO_ERROR)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "“%s” is not a picture in PNG format, so it was not put into the sheet.",
                   png_path);
      return FALSE;
    }
  return TRUE;
}
