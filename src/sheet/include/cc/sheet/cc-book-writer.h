/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes an .xlsx workbook: the only wrapper of libxlsxwriter. The file is written beside its
 * target and renamed over it on close, so a failure leaves the old file; its temporary parts lie in
 * a private folder, on tmpfs where there is one. */
typedef struct _CcBookWriter  CcBookWriter;
typedef struct _CcSheetWriter CcSheetWriter; /* owned by its book */

/* Rows and columns count from 0. The functions that write cells return nothing: the first thing
 * that cannot be written (a text over Excel's 32,767 characters, a row past 1,048,576, a number
 * that is not finite) is remembered and cc_book_writer_close() fails with it, naming sheet and
 * cell, and leaves no file. Invalid UTF-8 is written with replacement characters. */

typedef enum
{
  CC_STYLE_BOLD = 1 << 0,
  CC_STYLE_TITLE = 1 << 1,    /* large and bold */
  CC_STYLE_SUBTITLE = 1 << 2, /* grey text */
  CC_STYLE_HEADER = 1 << 3,   /* bold on a tint, bordered, wrapped, centred */
  CC_STYLE_LABEL = 1 << 4,    /* row label, bordered */
  CC_STYLE_VALUE = 1 << 5,    /* number, bordered, thousands by the reader's locale, locked, grey */
  CC_STYLE_ENTRY = 1 << 6,    /* for typing: white, unlocked, bordered */
  CC_STYLE_TOTAL = 1 << 7,    /* bold with a top border */
  CC_STYLE_WRAP = 1 << 8,
  CC_STYLE_DATE = 1 << 9,  /* yyyy-mm-dd */
  CC_STYLE_RATE = 1 << 10, /* two decimals */
  CC_STYLE_NOTE = 1 << 11, /* small italic */
  CC_STYLE_FILL = 1 << 12, /* a coloured fill, for practice sheets that mark rows */
  CC_STYLE_INDENT = 1 << 13,
  CC_STYLE_HEADING = 1 << 14, /* bold, between title and text in size */
  CC_STYLE_SMALL = 1 << 15,   /* small, upright: boxes under a table */
  CC_STYLE_STAMP = 1 << 16,   /* bold red: the mark of practice files */
  CC_STYLE_BAND = 1 << 17,    /* bold on a faint tint: a line that begins a part of a table */
} CcCellStyle;

/* Styles are a bitwise or of CcCellStyle; 0 is plain. All sheets print as A4 landscape, one page
 * wide. Errors: CC_ERROR_NOT_FOUND (no such folder), CC_ERROR_READ_ONLY, CC_ERROR_NO_SPACE. */
CcBookWriter *cc_book_writer_new (const char *path, GError **error);
/* The same in a few MiB of memory for large lists: rows must be written in rising order, only one
 * sheet at a time is written quickly, and a merge may span one row only. */
CcBookWriter *cc_book_writer_new_streaming (const char *path, GError **error);
void          cc_book_writer_free (CcBookWriter *self); /* without close: nothing is left behind */
/* Writes the file, reads every part of it back, and only then renames it over `path`. May be called
 * once; the writer must still be freed. CC_ERROR_NO_SPACE when disk or temporary folder is full. */
gboolean cc_book_writer_close (CcBookWriter *self, GError **error);
/* Seconds since 1970, UTC, for the file's properties. Without it the current time is written, and
 * two runs differ: whoever promises the same bytes again sets it. */
void cc_book_writer_set_created (CcBookWriter *self, gint64 created);
/* Texts of all cells run from right to left; called before the first cell. The direction of a sheet
 * is cc_sheet_writer_set_right_to_left(). */
void cc_book_writer_set_right_to_left (CcBookWriter *self);
void cc_book_writer_set_title (CcBookWriter *self, const char *title);
/* A workbook-wide name; formula such as "=Lists!$A$1:$A$250". */
gboolean cc_book_writer_define_name (CcBookWriter *self, const char *name, const char *formula);
/* CC_ERROR_INVALID_DATA for a name Excel refuses: empty, over 31 characters, one of [ ] : * ? / \,
 * an apostrophe at an end, or taken already (letter case does not count). */
CcSheetWriter *cc_book_writer_add_sheet (CcBookWriter *self, const char *name, GError **error);

/* The nearest name Excel takes for a sheet that has none of `taken` (NULL-terminated or NULL). */
char *cc_book_writer_make_sheet_name (const char *wish, const char *const *taken);

void
cc_sheet_writer_text (CcSheetWriter *self, guint row, guint column, const char *text, guint style);
void
cc_sheet_writer_number (CcSheetWriter *self, guint row, guint column, double value, guint style);
/* `day` is a CcDay. Days before 1900-01-01 have no number in Excel and are written as text. */
void cc_sheet_writer_date (CcSheetWriter *self, guint row, guint column, gint32 day, guint style);
void cc_sheet_writer_blank (CcSheetWriter *self, guint row, guint column, guint style);
/* `cached` is what a viewer that does not calculate shows. */
void cc_sheet_writer_formula (CcSheetWriter *self,
                              guint          row,
                              guint          column,
                              const char    *formula,
                              double         cached,
                              guint          style);
/* One cell is written unmerged; overlapping another merge is an error (Excel calls it damaged). */
void cc_sheet_writer_merge (CcSheetWriter *self,
                            guint          row,
                            guint          column,
                            guint          last_row,
                            guint          last_column,
                            const char    *text,
                            guint          style);
void cc_sheet_writer_comment (CcSheetWriter *self, guint row, guint column, const char *text);
void
cc_sheet_writer_set_column_width (CcSheetWriter *self, guint first, guint last, double characters);
void cc_sheet_writer_hide_column (CcSheetWriter *self, guint column);
void cc_sheet_writer_hide_row (CcSheetWriter *self, guint row);
void cc_sheet_writer_set_row_height (CcSheetWriter *self, guint row, double points);
void cc_sheet_writer_set_right_to_left (CcSheetWriter *self);
void cc_sheet_writer_hide (CcSheetWriter *self);
/* Locks all cells but those of CC_STYLE_ENTRY against slips of the hand; there is no password. */
void cc_sheet_writer_protect (CcSheetWriter *self);
/* Rows above `row` and columns before `column` stay in sight. */
void cc_sheet_writer_freeze (CcSheetWriter *self, guint row, guint column);
/* Footer text stands left, page numbers right; repeat_first_row below 0: no repeated rows. */
void cc_sheet_writer_print_setup (CcSheetWriter *self,
                                  const char    *footer,
                                  int            repeat_first_row,
                                  int            repeat_last_row);
/* A new printed page begins with each of these rows (none of them row 0). Called once per sheet. */
void cc_sheet_writer_set_page_breaks (CcSheetWriter *self, const guint *rows, guint n_rows);
/* No lines between cells on the screen: for sheets that are read like a printed page. */
void cc_sheet_writer_hide_gridlines (CcSheetWriter *self);
void cc_sheet_writer_autofilter (CcSheetWriter *self,
                                 guint          row,
                                 guint          column,
                                 guint          last_row,
                                 guint          last_column);
/* The picture is read at once; the file may go. */
gboolean cc_sheet_writer_image (CcSheetWriter *self,
                                guint          row,
                                guint          column,
                                const char    *png_path,
                                GError       **error);
/* With `scale` (0.5 shows a picture drawn at double resolution in its right size) and
 * `description`, the text for readers who do not see it, or NULL. */
gboolean cc_sheet_writer_image_full (CcSheetWriter *self,
                                     guint          row,
                                     guint          column,
                                     const char    *png_path,
                                     double         scale,
                                     const char    *description,
                                     GError       **error);

typedef enum
{
  CC_SHEET_CHART_COLUMNS, /* stacked */
  CC_SHEET_CHART_BARS,    /* lying, side by side; the first row on top */
  CC_SHEET_CHART_LINES,
  CC_SHEET_CHART_PYRAMID, /* lying, back to back: values of the first series are negative */
} CcSheetChartKind;

/* A native chart over cells of the same sheet: names of the categories in one column, one column
 * per series with its name in header_row. */
typedef struct
{
  CcSheetChartKind kind;
  const char      *title; /* or NULL */
  const char      *axis;  /* what the value axis counts, or NULL */
  const char      *description;
  guint            header_row;
  guint            first_row, last_row;
  guint            names;        /* column */
  guint            first_series; /* column */
  guint            n_series;
  const guint32   *colors;        /* 0xRRGGBB per series */
  const guint32   *inks;          /* of figures on them */
  double           maximum;       /* of a pyramid: end of both halves */
  double           width, height; /* in pixels */
} CcSheetChart;

/* CC_ERROR_FAILED where the library refuses the chart. */
gboolean cc_sheet_writer_chart (CcSheetWriter      *self,
                                guint               row,
                                guint               column,
                                const CcSheetChart *chart,
                                GError            **error);
/* A drop-down. Excel takes at most 255 characters of values in a cell, and none with a comma in it:
 * such lists need `range_name`, a defined name or a range, which is used whenever it is given and
 * `values` is NULL or does not fit. CC_ERROR_LIMIT where neither serves. */
gboolean cc_sheet_writer_validate_list (CcSheetWriter     *self,
                                        guint              row,
                                        guint              column,
                                        guint              last_row,
                                        guint              last_column,
                                        const char *const *values,
                                        const char        *range_name,
                                        GError           **error);
/* Whole numbers from 0; `message` is shown when something else is typed. */
gboolean cc_sheet_writer_validate_count (CcSheetWriter *self,
                                         guint          row,
                                         guint          column,
                                         guint          last_row,
                                         guint          last_column,
                                         const char    *message);
/* Marks the cell (red on a pale ground) while `formula` is true. */
void
cc_sheet_writer_format_when (CcSheetWriter *self, guint row, guint column, const char *formula);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcBookWriter, cc_book_writer_free)

G_END_DECLS
