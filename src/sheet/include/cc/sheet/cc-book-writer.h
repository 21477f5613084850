/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes an .xlsx workbook: the only wrapper of libxlsxwriter. The file is written beside its
 * target and renamed over it on close, so a failure leaves the old file; its temporary parts lie in
 * a private folder, on tmpfs where there is one. */
typedef struct _CcBookWriter  CcBookWriter;
typedef struct _CcSheetWriter CcSheetWriter;

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
} CcCellStyle;

CcBookWriter *cc_book_writer_new (const char *path, GError **error);
void          cc_book_writer_free (CcBookWriter *self); /* without close: nothing is left behind */
gboolean      cc_book_writer_close (CcBookWriter *self, GError **error);
void          cc_book_writer_set_title (CcBookWriter *self, const char *title);
gboolean cc_book_writer_define_name (CcBookWriter *self, const char *name, const char *formula);
CcSheetWriter *cc_book_writer_add_sheet (CcBookWriter *self, const char *name, GError **error);

void
cc_sheet_writer_text (CcSheetWriter *self, guint row, guint column, const char *text, guint style);
void
cc_sheet_writer_number (CcSheetWriter *self, guint row, guint column, double value, guint style);
void cc_sheet_writer_date (CcSheetWriter *self, guint row, guint column, gint32 day, guint style);
void cc_sheet_writer_blank (CcSheetWriter *self, guint row, guint column, guint style);
void cc_sheet_writer_formula (CcSheetWriter *self,
                              guint          row,
                              guint          column,
                              const char    *formula,
                              double         cached,
                              guint          style);
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
void     cc_sheet_writer_hide_column (CcSheetWriter *self, guint column);
void     cc_sheet_writer_hide_row (CcSheetWriter *self, guint row);
void     cc_sheet_writer_set_row_height (CcSheetWriter *self, guint row, double points);
void     cc_sheet_writer_set_right_to_left (CcSheetWriter *self);
void     cc_sheet_writer_hide (CcSheetWriter *self);
void     cc_sheet_writer_protect (CcSheetWriter *self);
void     cc_sheet_writer_freeze (CcSheetWriter *self, guint row, guint column);
void     cc_sheet_writer_print_setup (CcSheetWriter *self,
                                      const char    *footer,
                                      int            repeat_first_row,
                                      int            repeat_last_row);
gboolean cc_sheet_writer_image (CcSheetWriter *self,
                                guint          row,
                                guint          column,
                                const char    *png_path,
                                GError       **error);
gboolean cc_sheet_writer_validate_list (CcSheetWriter     *self,
                                        guint              row,
                                        guint              column,
                                        guint              last_row,
                                        guint              last_column,
                                        const char *const *values,
                                        const char        *range_name,
                                        GError           **error);
gboolean cc_sheet_writer_validate_count (CcSheetWriter *self,
                                         guint          row,
                                         guint          column,
                                         guint          last_row,
                                         guint          last_column,
                                         const char    *message);
void
cc_sheet_writer_format_when (CcSheetWriter *self, guint row, guint column, const char *formula);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcBookWriter, cc_book_writer_free)

G_END_DECLS
