/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A spreadsheet file opened for reading: .xlsx and .csv (and, behind the same interface later, .ods
 * and .xls). Rows are streamed; a sheet is never held in memory. */
typedef struct _CcBook        CcBook;
typedef struct _CcSheetReader CcSheetReader;

typedef enum
{
  CC_CELL_BLANK,
  CC_CELL_TEXT,
  CC_CELL_NUMBER,
  CC_CELL_DATE, /* a number shown as a date; `number` is days since 1970-01-01, with a fraction */
  CC_CELL_BOOLEAN,
  CC_CELL_ERROR, /* #REF! and the like; the text says which */
} CcCellType;

typedef enum
{
  CC_CELL_BOLD = 1 << 0,
  CC_CELL_FILL = 1 << 1,
  CC_CELL_HIDDEN = 1 << 2, /* its column is hidden */
} CcCellFlags;

typedef struct
{
  CcCellType  type;
  guint       column; /* from 0 */
  guint       flags;
  double      number;
  const char *text; /* never NULL; for numbers and dates a canonical text (15, 0.5, 2024-03-02) */
} CcCell;

typedef struct
{
  guint         row; /* from 0; rows without cells are skipped, so numbers may jump */
  gboolean      hidden;
  const CcCell *cells; /* rising columns, blanks left out */
  guint         n_cells;
} CcSheetRow;

typedef struct
{
  guint first_row, last_row, first_column, last_column; /* inclusive */
} CcMerge;

typedef struct
{
  const char *name;
  gboolean    hidden;
  gboolean    right_to_left;
} CcSheetInfo;

CcBook     *cc_book_open (const char *path, GCancellable *cancellable, GError **error);
void        cc_book_free (CcBook *self);
const char *cc_book_get_format (CcBook *self);    /* "xlsx", "csv" */
const char *cc_book_get_encoding (CcBook *self);  /* csv: "UTF-8", "WINDOWS-1252" ...; else NULL */
char        cc_book_get_separator (CcBook *self); /* csv, else 0 */
gboolean    cc_book_get_date_1904 (CcBook *self);
guint       cc_book_get_n_sheets (CcBook *self);
const CcSheetInfo *cc_book_get_sheet (CcBook *self, guint index);

CcSheetReader *cc_book_open_sheet (CcBook *self, guint index, GError **error);
void           cc_sheet_reader_free (CcSheetReader *self);
gboolean       cc_sheet_reader_next (CcSheetReader     *self,
                                     const CcSheetRow **row, /* NULL at the end */
                                     GCancellable      *cancellable,
                                     GError           **error);
/* Fraction of the sheet's bytes read so far, 0 to 1. */
double cc_sheet_reader_get_fraction (CcSheetReader *self);

/* Merged ranges stand behind the rows in the file, so this reads the sheet once by itself. */
GArray *cc_book_load_merges (CcBook *self, guint index, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcBook, cc_book_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSheetReader, cc_sheet_reader_free)

G_END_DECLS
