/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-patch-private.h"

/* A cell of a new sheet. */
typedef struct
{
  guint       row, column;
  char       *text;
  CcPatchLook look;
  char       *target; /* of a link: 'Sheet'!B12; or NULL */
} Cell;

static void
free_cell (gpointer data)
{
  Cell *self = data;

  g_free (self->text);
  g_free (self->target);
  g_free (self);
}

char *
cc_patch_name_cell (guint row, guint column)
{
  char  letters[8];
  guint n = sizeof letters - 1;

  letters[n] = '\0';
  for (guint c = column + 1; c > 0 && n > 0; c = (c - 1) / 26)
    letters[--n] = (char) ('A' + (c - 1) % 26);
  return g_strdup_printf ("%s%u", letters + n, row + 1);
}

CcPatchSheet *
cc_patch_sheet_new (CcPatch *patch, const char *name, gboolean first, gboolean rtl)
{
  CcPatchSheet *self = g_new0 (CcPatchSheet, 1);

  self->patch = patch;
  self->name = g_strdup (name);
  self->first = first;
  self->right_to_left = rtl;
  self->widths = g_array_new (FALSE, TRUE, sizeof (double));
  self->cells = g_ptr_array_new_with_free_func (free_cell);
  return self;
}

void
cc_patch_sheet_free (CcPatchSheet *self)
{
  g_free (self->name);
  g_array_unref (self->widths);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

const char *
cc_patch_sheet_get_name (CcPatchSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

static Cell *
add_cell (CcPatchSheet *self, guint row, guint column, const char *text, CcPatchLook look)
{
  Cell *cell = g_new0 (Cell, 1);
  Cell *last = self->cells->len > 0 ? g_ptr_array_index (self->cells, self->cells->len - 1) : NULL;

  g_warn_if_fail (last == NULL || row > last->row || (row == last->row && column > last->column));
  cell->row = row;
  cell->column = column;
  cell->text = g_strdup (text);
  cell->look = look;
  g_ptr_array_add (self->cells, cell);
  return cell;
}

void
cc_patch_sheet_text (CcPatchSheet *self,
                     guint         row,
                     guint         column,
                     const char   *text,
                     CcPatchLook   look)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_cell (self, row, column, text, look);
}

void
cc_patch_sheet_link (CcPatchSheet *self,
                     guint         row,
                     guint         column,
                     const char   *text,
                     guint         target_sheet,
                     guint         target_row,
                     guint         target_column)
{
  g_autofree char *cell = NULL;
  g_autoptr (GString) target = g_string_new ("'");
  const CcSheetInfo *sheet;

  g_return_if_fail (self != NULL && text != NULL);

  sheet = cc_book_get_sheet (&self->patch->book->base, target_sheet);
  g_return_if_fail (sheet != NULL);
  cell = cc_patch_name_cell (target_row, target_column);
  for (const char *p = sheet->name; *p != '\0'; p++)
    {
      if (*p == '\'')
        g_string_append_c (target, '\'');
      g_string_append_c (target, *p);
    }
  g_string_append_printf (target, "'!%s", cell);
  add_cell (self, row, column, text, CC_PATCH_LINK)->target =
      g_string_free (g_steal_pointer (&target), FALSE);
}

void
cc_patch_sheet_set_width (CcPatchSheet *self, guint column, double characters)
{
  g_return_if_fail (self != NULL && column < 64);

  if (self->widths->len <= column)
    g_array_set_size (self->widths, column + 1);
  g_array_index (self->widths, double, column) = characters;
}

void
cc_patch_sheet_freeze (CcPatchSheet *self, guint row)
{
  g_return_if_fail (self != NULL);

  self->frozen = row;
}

static void
append_head (CcPatchSheet *self, GString *out)
{
  g_string_append (out,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                   "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                   "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView");
  if (self->right_to_left)
    g_string_append (out, " rightToLeft=\"1\"");
  if (self->first)
    g_string_append (out, " tabSelected=\"1\"");
  g_string_append (out, " workbookViewId=\"0\">");
  if (self->frozen > 0)
    g_string_append_printf (out,
                            "<pane ySplit=\"%u\" topLeftCell=\"A%u\" activePane=\"bottomLeft\" "
                            "state=\"frozen\"/><selection pane=\"bottomLeft\"/>",
                            self->frozen, self->frozen + 1);
  g_string_append (out, "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
  if (self->widths->len == 0)
    return;
  g_string_append (out, "<cols>");
  for (guint i = 0; i < self->widths->len; i++)
    {
      const double width = g_array_index (self->widths, double, i);
      char         number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, "%.2f", width > 0 ? width : 9.14);
      g_string_append_printf (out, "<col min=\"%u\" max=\"%u\" width=\"%s\" customWidth=\"1\"/>",
                              i + 1, i + 1, number);
    }
  g_string_append (out, "</cols>");
}

#define LINE_HEIGHT 15

/* How many lines the row takes that begins with a cell: not every program works that out when it
 * opens a workbook. Letters are counted at their usual width, generously. */
static guint
count_lines (CcPatchSheet *self, guint first)
{
  const guint row = ((Cell *) g_ptr_array_index (self->cells, first))->row;
  guint       most = 1;

  for (guint i = first; i < self->cells->len; i++)
    {
      const Cell  *cell = g_ptr_array_index (self->cells, i);
      const double width =
          cell->column < self->widths->len ? g_array_index (self->widths, double, cell->column) : 0;

      if (cell->row != row)
        break;
      if (width > 0
          && (cell->look == CC_PATCH_WRAPPED || cell->look == CC_PATCH_LINK
              || cell->look == CC_PATCH_HEADER))
        most = MAX (most, 1 + (guint) ((double) g_utf8_strlen (cell->text, -1) * 1.1 / width));
    }
  return MIN (most, 20);
}

static void
append_rows (CcPatchSheet *self, CcPatchStyles *styles, GString *out)
{
  gint64 row = -1;

  g_string_append (out, "<sheetData>");
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell      *cell = g_ptr_array_index (self->cells, i);
      g_autofree char *name = cc_patch_name_cell (cell->row, cell->column);

      if (cell->row != row)
        {
          const guint n_lines = count_lines (self, i);

          g_string_append_printf (out, "%s<row r=\"%u\"", row >= 0 ? "</row>" : "", cell->row + 1);
          if (n_lines > 1)
            g_string_append_printf (out, " ht=\"%u\" customHeight=\"1\"", n_lines * LINE_HEIGHT);
          g_string_append_c (out, '>');
        }
      row = cell->row;
      g_string_append_printf (out,
                              "<c r=\"%s\" s=\"%u\" t=\"inlineStr\"><is><t "
                              "xml:space=\"preserve\">",
                              name, cc_patch_styles_look (styles, cell->look));
      cc_patch_append_text (out, cell->text);
      g_string_append (out, "</t></is></c>");
    }
  g_string_append (out, row >= 0 ? "</row></sheetData>" : "</sheetData>");
}

char *
cc_patch_sheet_to_text (CcPatchSheet *self, CcPatchStyles *styles)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean linked = FALSE;

  styles->right_to_left = self->right_to_left;
  append_head (self, out);
  append_rows (self, styles, out);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell      *cell = g_ptr_array_index (self->cells, i);
      g_autofree char *name = NULL;

      if (cell->target == NULL)
        continue;
      name = cc_patch_name_cell (cell->row, cell->column);
      g_string_append (out, linked ? "" : "<hyperlinks>");
      linked = TRUE;
      g_string_append_printf (out, "<hyperlink ref=\"%s\" location=\"", name);
      cc_patch_append_escaped (out, cell->target, TRUE);
      g_string_append (out, "\"/>");
    }
  if (linked)
    g_string_append (out, "</hyperlinks>");
  g_string_append (out, "<pageSetup orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
