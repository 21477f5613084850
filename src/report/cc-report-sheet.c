/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <math.h>
#include <string.h>

/* Printable area of A4 landscape between the margins of the sheet layer, in points. */
#define PAGE_WIDTH  770.0
#define PAGE_HEIGHT 490.0
#define ROW_HEIGHT  15.0
#define SURE        0.96

/* Points of a column: 7 pixels a character and 5 of padding at 96 dpi, as Excel draws Calibri 11.
 */
#define POINTS_OF(characters) (((characters) *7 + 5) * 0.75)
#define DEFAULT_WIDTH         8.43

void
cc_report_sheet_width (CcReportSheet *self, guint column, double characters)
{
  while (self->widths->len <= column)
    {
      double width = DEFAULT_WIDTH;

      g_array_append_val (self->widths, width);
    }
  g_array_index (self->widths, double, column) = characters;
}

void
cc_report_sheet_height (CcReportSheet *self, guint row, double points)
{
  if (self->heights->len <= row)
    g_array_set_size (self->heights, row + 1);
  g_array_index (self->heights, double, row) =
      MAX (g_array_index (self->heights, double, row), points);
}

static double
get_width (CcReportSheet *self, guint column)
{
  return column < self->widths->len ? g_array_index (self->widths, double, column) : DEFAULT_WIDTH;
}

/* Width of merged columns, in characters. */
double
cc_report_span_width (CcReportSheet *self, guint first, guint last)
{
  double width = 0;

  for (guint column = first; column <= last; column++)
    width += get_width (self, column);
  return width;
}

/* Lines a text takes when it is wrapped at blanks to a width in characters. */
guint
cc_report_lines (const char *text, double width)
{
  guint lines = 1;
  glong limit = MAX ((glong) floor (width), 1);
  glong used = 0;

  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);

      if (used > 0 && used + 1 + length > limit)
        {
          lines++;
          used = 0;
        }
      used += (used > 0) + length;
      while (used > limit)
        {
          lines++;
          used -= limit;
        }
    }
  return lines;
}

static void
put_line (CcReportSheet *self, const char *text, guint style, double size, double height)
{
  guint lines;

  if (text == NULL || *text == '\0')
    return;
  lines =
      cc_report_lines (text, cc_report_span_width (self, CC_REPORT_LABEL_COLUMN, self->last_column)
                                 * 14 / size);
  cc_sheet_writer_merge (self->sheet, self->row, CC_REPORT_LABEL_COLUMN, self->row,
                         self->last_column, text, style | CC_STYLE_WRAP);
  cc_report_sheet_height (self, self->row, lines * height + 2);
  self->row++;
}

/* The head of every sheet: its title, the questionnaire, country and years; the mark of practice
 * files; what a stand-in is. */
void
cc_report_sheet_begin (CcReportSheet *self, const char *title)
{
  const CcReportContent *content = self->content;
  CcQuestionnaire       *questionnaire = content->questionnaire;
  g_autofree char       *periods = cc_report_periods (content);
  g_autofree char       *line = NULL;
  const char            *statement;
  const char            *name;

  self->row = 0;
  name = cc_questionnaire_get_title (questionnaire, content->language);
  line = g_strdup_printf ("%s%s%s%s%s", self->cover ? title : name,
                          *content->country != '\0' ? " · " : "", content->country,
                          *periods != '\0' ? " · " : "", periods);
  if (content->practice)
    put_line (self, cc_report_text (content, "report.training"), CC_STYLE_STAMP, 11, 15);
  put_line (self, self->cover ? name : title, CC_STYLE_TITLE, 16, 22);
  put_line (self, line, CC_STYLE_SUBTITLE, 11, 15);
  statement =
      cc_questionnaire_get_text (questionnaire, "questionnaire", "statement", content->language);
  if (cc_questionnaire_is_stand_in (questionnaire))
    put_line (self, statement != NULL ? statement : cc_report_text (content, "report.stand-in"),
              CC_STYLE_FILL | CC_STYLE_SMALL, 9.5, 13);
  self->row++;
}

static double
row_height (CcReportSheet *self, guint row)
{
  double height = row < self->heights->len ? g_array_index (self->heights, double, row) : 0;

  return height > 0 ? height : ROW_HEIGHT;
}

static double
height_between (CcReportSheet *self, guint from, guint to)
{
  double height = 0;

  for (guint row = from; row < to; row++)
    height += row_height (self, row);
  return height;
}

static guint
next_in (GArray *rows, guint after, guint end)
{
  guint next = end;

  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, guint, i) > after)
      next = MIN (next, g_array_index (rows, guint, i));
  return next;
}

static gboolean
contains (GArray *rows, guint row)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, guint, i) == row)
      return TRUE;
  return FALSE;
}

/* A table that the end of the page might cut begins a new page; one longer than a page is cut
 * between its years. How much a page takes depends on the reader's fonts, so a table stands below
 * another only where both fit with room to spare. The two empty rows at its end may fall off. */
static void
break_pages (CcReportSheet *self)
{
  double width = 0;
  double page, used;
  g_autoptr (GArray) breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  guint    first = next_in (self->blocks, 0, self->row);
  gboolean overran = FALSE;

  for (guint column = CC_REPORT_LABEL_COLUMN; column <= self->last_column; column++)
    width += POINTS_OF (get_width (self, column));
  page = PAGE_HEIGHT / MIN (1, PAGE_WIDTH / MAX (width, 1));
  used = height_between (self, 0, first);
  for (guint row = first, end; row < self->row; row = end)
    {
      guint    block_end = next_in (self->blocks, row, self->row);
      double   block = height_between (self, row, block_end) - 2 * ROW_HEIGHT;
      gboolean begins = contains (self->blocks, row);
      double   height;

      end = MIN (block_end, next_in (self->parts, row, self->row));
      height = height_between (self, row, end) - (end == block_end ? 2 * ROW_HEIGHT : 0);
      if (row != first
          && (used + height > page
              || (begins
                  && (overran
                      || (used + block > page * SURE && (block <= page || used > page / 3))))))
        {
          g_array_append_val (breaks, row);
          used = 0;
          overran = FALSE;
        }
      used += height_between (self, row, end);
      overran = overran || used - 2 * ROW_HEIGHT > page * SURE;
    }
  cc_sheet_writer_set_page_breaks (self->sheet, (const guint *) breaks->data, breaks->len);
}

/* Widths, heights, page set-up, protection. */
void
cc_report_sheet_finish (CcReportSheet *self, const char *footer)
{
  for (guint column = 0; column < self->widths->len; column++)
    cc_sheet_writer_set_column_width (self->sheet, column, column,
                                      g_array_index (self->widths, double, column));
  for (guint row = 0; row < self->heights->len; row++)
    if (g_array_index (self->heights, double, row) > 0)
      cc_sheet_writer_set_row_height (self->sheet, row, g_array_index (self->heights, double, row));
  cc_sheet_writer_hide_column (self->sheet, 0);
  if (cc_texts_is_rtl (self->content->language))
    cc_sheet_writer_set_right_to_left (self->sheet);
  cc_sheet_writer_hide_gridlines (self->sheet);
  cc_sheet_writer_print_setup (self->sheet, footer, -1, -1);
  break_pages (self);
  cc_sheet_writer_protect (self->sheet);
}
