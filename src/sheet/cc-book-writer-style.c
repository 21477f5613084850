/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-writer-private.h"

/* A calm page: one blue-grey tint for headers, pale grey for what the program computed, white for
 * what a person types, hair-thin grey borders. Chosen to stay legible in a black and white print.
 */
#define COLOR_TITLE        0x1F3864
#define COLOR_HEADER       0xDCE6F1
#define COLOR_VALUE        0xF2F2F2
#define COLOR_ENTRY        0xFFFFFF
#define COLOR_FILL         0xFFF2CC
#define COLOR_QUIET        0x595959
#define COLOR_BORDER       0xBFBFBF
#define COLOR_RULE         0x7F7F7F
#define COLOR_BAND         0xEEF3FA
#define COLOR_ALARM        0x9C0006
#define COLOR_ALARM_GROUND 0xFFC7CE

#define READING_ORDER_RTL 2

#define BORDERED                                                                                   \
  (CC_STYLE_HEADER | CC_STYLE_LABEL | CC_STYLE_VALUE | CC_STYLE_ENTRY | CC_STYLE_BAND)

static void
set_font (lxw_format *format, guint style)
{
  if (style
      & (CC_STYLE_BOLD | CC_STYLE_TITLE | CC_STYLE_HEADER | CC_STYLE_TOTAL | CC_STYLE_HEADING
         | CC_STYLE_STAMP | CC_STYLE_BAND))
    format_set_bold (format);
  if (style & CC_STYLE_TITLE)
    {
      format_set_font_size (format, 16);
      format_set_font_color (format, COLOR_TITLE);
    }
  if (style & CC_STYLE_HEADING)
    {
      format_set_font_size (format, 12);
      format_set_font_color (format, COLOR_TITLE);
    }
  if (style & CC_STYLE_SMALL)
    format_set_font_size (format, 9);
  if (style & CC_STYLE_NOTE)
    {
      format_set_font_size (format, 9);
      format_set_italic (format);
    }
  if (style & (CC_STYLE_SUBTITLE | CC_STYLE_NOTE))
    format_set_font_color (format, COLOR_QUIET);
  if (style & CC_STYLE_STAMP)
    format_set_font_color (format, COLOR_ALARM);
}

static void
set_ground (lxw_format *format, guint style)
{
  if (style & CC_STYLE_FILL)
    format_set_bg_color (format, COLOR_FILL);
  else if (style & CC_STYLE_HEADER)
    format_set_bg_color (format, COLOR_HEADER);
  else if (style & CC_STYLE_BAND)
    format_set_bg_color (format, COLOR_BAND);
  else if (style & CC_STYLE_ENTRY)
    format_set_bg_color (format, COLOR_ENTRY);
  else if (style & CC_STYLE_VALUE)
    format_set_bg_color (format, COLOR_VALUE);

  if (style & BORDERED)
    {
      format_set_border (format, LXW_BORDER_THIN);
      format_set_border_color (format, COLOR_BORDER);
    }
  if (style & CC_STYLE_TOTAL)
    {
      format_set_top (format, LXW_BORDER_THIN);
      format_set_top_color (format, COLOR_RULE);
    }
  if (style & CC_STYLE_ENTRY)
    format_set_unlocked (format);
}

static void
set_alignment (lxw_format *format, guint style, gboolean right_to_left)
{
  if (style & CC_STYLE_HEADER)
    {
      format_set_align (format, LXW_ALIGN_CENTER);
      format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
    }
  else if (style & CC_STYLE_INDENT)
    {
      /* Excel indents from the left unless told otherwise. */
      if (right_to_left)
        format_set_align (format, LXW_ALIGN_RIGHT);
      format_set_indent (format, 1);
    }
  else if (style & CC_STYLE_VALUE)
    /* A masked "<5" stands under the figures it belongs to. */
    format_set_align (format, LXW_ALIGN_RIGHT);

  if (style & (CC_STYLE_HEADER | CC_STYLE_WRAP))
    format_set_text_wrap (format);
  if (style & (CC_STYLE_LABEL | CC_STYLE_VALUE))
    format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  else if ((style & CC_STYLE_WRAP) && !(style & CC_STYLE_HEADER))
    format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
}

static void
set_number_format (lxw_format *format, guint style)
{
  if (style & CC_STYLE_DATE)
    format_set_num_format (format, "yyyy-mm-dd");
  else if (style & CC_STYLE_RATE)
    format_set_num_format (format, "#,##0.00");
  else if (style & CC_STYLE_VALUE)
    format_set_num_format (format, "#,##0");
}

/* One lxw_format per combination: Excel stops at 64,000 formats in a file. */
lxw_format *
cc_book_writer_get_format (CcBookWriter *self, guint style)
{
  lxw_format *format;

  if (style == 0)
    return NULL;

  format = g_hash_table_lookup (self->formats, GUINT_TO_POINTER (style));
  if (format != NULL)
    return format;

  format = workbook_add_format (self->book);
  set_font (format, style);
  set_ground (format, style);
  set_alignment (format, style, self->right_to_left);
  set_number_format (format, style);
  if (self->right_to_left)
    format_set_reading_order (format, READING_ORDER_RTL);
  g_hash_table_insert (self->formats, GUINT_TO_POINTER (style), format);
  return format;
}

lxw_format *
cc_book_writer_get_alarm (CcBookWriter *self)
{
  if (self->alarm == NULL)
    {
      self->alarm = workbook_add_format (self->book);
      format_set_font_color (self->alarm, COLOR_ALARM);
      format_set_bg_color (self->alarm, COLOR_ALARM_GROUND);
    }
  return self->alarm;
}
